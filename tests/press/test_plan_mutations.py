"""One edit at a time: exactly the reports that depend on it are made again, and not more of them.

The reports are a/vi and a/en of the first notebook, and b/vi of the second one.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.another_year import YEARS, another_year, years_of
from tests.press.small_tree import FIRST, PARAMETERS, SmallTree, small_tree

pytestmark = pytest.mark.slow

Edit = Callable[[SmallTree], object]
ALL = ("a/vi", "a/en", "b/vi")
FIRST_ONLY = ("a/vi", "a/en")
REPORT = "reports/2025-02/a/briefing.vi"


def edit(place: str, old: str, new: str) -> Edit:
    return lambda tree: tree.edit(place, old, new)


def cell(index: int, source: str) -> Edit:
    return lambda tree: tree.edit_cell("notebooks/first.ipynb", index, source)


def job(index: int, **fields: object) -> Edit:
    return lambda tree: tree.edit_job(index, **fields)


def delete(place: str) -> Edit:
    return lambda tree: (tree.folder / place).unlink()


def append(place: str, more: bytes = b" ") -> Edit:
    def edit(tree: SmallTree) -> None:
        with (tree.folder / place).open("ab") as stream:
            stream.write(more)

    return edit


def lock(pattern: str, text: str) -> Edit:
    def edit(tree: SmallTree) -> None:
        file = tree.folder / "requirements.lock"
        content, count = re.subn(pattern, text, file.read_text("utf-8"), flags=re.M)
        assert count == 1
        file.write_text(content, encoding="utf-8")

    return edit


def new_file(place: str, text: str) -> Edit:
    return lambda tree: (tree.folder / place).write_text(text, encoding="utf-8")


def touch_everything(tree: SmallTree) -> None:
    for path in tree.folder.rglob("*"):
        os.utime(path, (0, 0))


def reformat(tree: SmallTree) -> None:
    tree.edit("src/office/rates.py", "(month, unit, language):", "(\n    month,unit,language\n):")
    tree.edit("src/office/rates.py", '"A rate in a sentence."', "'A rate in a sentence.'")


def results(tree: SmallTree) -> Iterator[Path]:
    yield from (path for path in (tree.folder / "cache").iterdir() if path.name != ".lock")


def forget_results(tree: SmallTree) -> None:
    for path in results(tree):
        path.unlink()


def damage_results(tree: SmallTree) -> None:
    for path in results(tree):
        content = path.read_bytes()
        path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))


def mix_up_results(tree: SmallTree) -> None:
    """Each under the name of the next: whole, but of another report."""
    paths = sorted(results(tree))
    contents = [path.read_bytes() for path in paths]
    for path, content in zip(paths, contents[1:] + contents[:1], strict=True):
        path.write_bytes(content)


def both(*edits: Edit) -> Edit:
    return lambda tree: [edit(tree) for edit in edits]


FAILED = new_file(f"{REPORT}.failure.json", '{"message": "m", "advice": "", "failed_at": ""}')
OUTPUT_GONE = delete(f"{REPORT}.html")

NOTHING: dict[str, Edit] = {
    "no edit": lambda tree: None,
    "a comment": edit("src/office/rates.py", "# three quarters", "# a share"),
    "a docstring": edit("src/office/rates.py", "A rate in a sentence.", "A share in a sentence."),
    "formatting": reformat,
    "blank lines": edit("src/office/rates.py", "\n\n\ndef", "\n\n\n\n\n\ndef"),
    "a new module that nobody imports": new_file("src/office/new.py", "import office.rates\n"),
    "a module that nobody imports": edit("src/office/unused.py", "office.rates", "office.words"),
    "code that only plans": append("src/briefings/press/plan.py", b"\nEXTRA = 1\n"),
    "the editor": lock(r"^jupyterlab==\S+", "jupyterlab==99.1"),
    "hashes and comments of the lock": lock(r"\A", "# renewed\n"),
    "a default of a parameter": cell(1, PARAMETERS.replace("2025-01", "2024-12")),
    "a comment in a code cell": cell(4, f"# why\n{FIRST}  # and how"),
    "a note to the reader": cell(0, "# For another reader"),
    "the times of all files": touch_everything,
    "the index page": append("templates/html/index.html.j2"),
    "results nobody needs": forget_results,
    "damaged results nobody needs": damage_results,
    "one format instead of both": job(0, formats=["html"]),
}

# The edit, the reports, and how the first reason begins.
RENDER: dict[str, tuple[Edit, tuple[str, ...], str]] = {
    "a page template": (
        append("templates/html/briefing/index.html.j2", b"\n"),
        ALL,
        "template html/briefing/index.html.j2 changed",
    ),
    "a style": (
        edit("templates/html/briefing/style.css", "{", "{ "),
        ALL,
        "template html/briefing/style.css changed",
    ),
    "the PDF template": (
        append("templates/pdf/briefing.typ", b"\n// more\n"),
        ALL,
        "template pdf/briefing.typ changed",
    ),
    "a font of pages": (
        append("site/fontpkg_be_vietnam_pro/files/BeVietnamPro-SemiBold.ttf", b"\0"),
        ALL,
        "font BeVietnamPro-SemiBold.ttf changed",
    ),
    "code that prints": (
        append("src/briefings/press/exporters/html.py", b"\nEXTRA = 1\n"),
        ALL,
        "code: briefings.press.exporters.html changed",
    ),
    "text in both languages": (
        cell(5, "In every language."),
        FIRST_ONLY,
        "notebook first.ipynb: text changed",
    ),
    "text in one language": (cell(2, "## Tóm tắt"), ("a/vi",), "notebook first.ipynb: text"),
    "a title": (job(2, title="On b"), ("b/vi",), "title: Report on b → On b"),
    "a label": (job(2, label="Draft"), ("b/vi",), "label:  → Draft"),
    "another format": (
        job(0, formats=["html", "pdf", "ipynb"]),
        ("a/vi",),
        "output briefing.vi.ipynb was not asked for before",
    ),
    "an output that is gone": (
        OUTPUT_GONE,
        ("a/vi",),
        "output briefing.vi.html was altered or is missing",
    ),
    "an output with one byte more": (
        append(f"{REPORT}.pdf"),
        ("a/vi",),
        "output briefing.vi.pdf was altered or is missing",
    ),
    "the figures of a unit": (
        append("reports/2025-02/a/figures.csv"),
        FIRST_ONLY,
        "output figures.csv was altered or is missing",
    ),
    "a record that is gone": (delete(f"{REPORT}.build.json"), ("a/vi",), "its record is missing"),
    "a damaged record": (
        new_file(f"{REPORT}.build.json", '{"report": "a/vi"'),
        ("a/vi",),
        "its record is damaged",
    ),
    "a failure in print": (FAILED, ("a/vi",), "failed last time: m"),
}

EXECUTE: dict[str, tuple[Edit, tuple[str, ...], str]] = {
    "a helper": (
        edit("src/office/rates.py", "sentence(language, 3)", "sentence(language, 5)"),
        FIRST_ONLY,
        "code: office.rates changed",
    ),
    "a helper of both notebooks": (
        edit("src/office/words.py", "{number}", "{number}!"),
        ALL,
        "code: office.words changed",
    ),
    "a new import": (
        edit("src/office/rates.py", "def show", "import office.unused\n\n\ndef show"),
        FIRST_ONLY,
        "code: office.rates changed",
    ),
    "code that runs notebooks": (
        append("src/briefings/press/environment.py", b"\nEXTRA = 1\n"),
        ALL,
        "code: briefings.press.environment changed",
    ),
    "a word": (
        edit("templates/narrative/vi/words.yaml", "index:\n", "index:\n  more: thêm\n"),
        ("a/vi", "b/vi"),
        "words vi changed",
    ),
    "a sentence": (
        append("templates/narrative/en/method.j2"),
        ("a/en",),
        "sentences en/method.j2 changed",
    ),
    "a package": (lock(r"^pandas==\S+", "pandas==99.1"), ALL, "package pandas: "),
    "a package that others need": (
        lock(r"^tornado==\S+", "tornado==99.1"),
        ALL,
        "package tornado: ",
    ),
    "the font of charts": (
        append("site/fontpkg_be_vietnam_pro/files/BeVietnamPro-Regular.ttf", b"\0"),
        ALL,
        "font BeVietnamPro-Regular.ttf changed",
    ),
    "a code cell": (
        cell(4, FIRST.replace("unit,", "unit.upper(),")),
        FIRST_ONLY,
        "notebook first.ipynb: code changed",
    ),
    "a semicolon that silences a cell": (
        cell(4, f"{FIRST};"),
        FIRST_ONLY,
        "notebook first.ipynb: code changed",
    ),
    "an input of one report": (
        new_file("data/b.json", "23"),
        ("b/vi",),
        "data: counts changed",
    ),
    "a parameter": (
        job(2, parameters={"month": "2025-03", "unit": "b", "language": "vi"}),
        ("b/vi",),
        "parameter month: 2025-02 → 2025-03",
    ),
    "an output and all results gone": (
        both(forget_results, OUTPUT_GONE),
        ("a/vi",),
        "output briefing.vi.html was altered or is missing",
    ),
    "an output gone, results damaged": (
        both(damage_results, OUTPUT_GONE),
        ("a/vi",),
        "output briefing.vi.html was altered or is missing",
    ),
    "an output gone, results mixed up": (
        both(mix_up_results, OUTPUT_GONE),
        ("a/vi",),
        "output briefing.vi.html was altered or is missing",
    ),
    "a failure of the notebook": (both(FAILED, forget_results), ("a/vi",), "failed last time: m"),
    "a failure nobody can read": (
        both(new_file(f"{REPORT}.failure.json", "{"), forget_results),
        ("a/vi",),
        "failed last time: the file that tells why is damaged",
    ),
    "everything gone": (
        lambda tree: [shutil.rmtree(tree.folder / name) for name in ("reports", "cache")],
        ALL,
        "never made",
    ),
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> SmallTree:
    tree = small_tree(tmp_path_factory.mktemp("made") / "tree")
    assert set(tree.build().values()) == {("execute", "")}
    return tree


@pytest.fixture
def tree(made: SmallTree, tmp_path: Path) -> SmallTree:
    return made.copy(tmp_path / "elsewhere")


@pytest.mark.parametrize("edit", NOTHING.values(), ids=NOTHING)
def test_what_changes_no_report_makes_none_again(tree: SmallTree, edit: Edit) -> None:
    edit(tree)
    assert tree.plan() == {}


@pytest.mark.parametrize(("edit", "names", "reason"), RENDER.values(), ids=RENDER)
def test_what_changes_the_page_alone_starts_no_kernel(
    tree: SmallTree, edit: Edit, names: tuple[str, ...], reason: str
) -> None:
    edit(tree)
    plan = tree.plan()
    assert {name: action for name, (action, _) in plan.items()} == dict.fromkeys(names, "render")
    assert all(reasons[0].startswith(reason) for _, reasons in plan.values()), plan


@pytest.mark.parametrize(("edit", "names", "reason"), EXECUTE.values(), ids=EXECUTE)
def test_what_changes_the_figures_or_their_words_is_executed(
    tree: SmallTree, edit: Edit, names: tuple[str, ...], reason: str
) -> None:
    edit(tree)
    plan = tree.plan()
    assert {name: action for name, (action, _) in plan.items()} == dict.fromkeys(names, "execute")
    assert all(reasons[0].startswith(reason) for _, reasons in plan.values()), plan


def test_zone_locale_and_hash_seed_change_nothing(tree: SmallTree) -> None:
    elsewhere = {"TZ": "Asia/Ho_Chi_Minh", "LC_ALL": "C", "PYTHONHASHSEED": "7", "HOME": "/"}
    assert tree.plan(**elsewhere) == {}


def test_years_later_there_is_nothing_to_do_and_everything_comes_out_the_same(
    tree: SmallTree, tmp_path: Path
) -> None:
    before, now = tree.outputs(), datetime.now(UTC).year
    later = another_year(tmp_path / "later", tree.path)
    assert tree.plan(**later) == {}
    assert set(tree.build(**later).values()) == {("nothing", "")}
    assert set(tree.build("force", **later).values()) == {("execute", "")}
    assert tree.outputs() == before
    # The clock was really another: in the command, the workers, the kernels, and so on record.
    for program in ("driver.py build", "multiprocessing.forkserver", "forkserver.zygote"):
        years = years_of(tmp_path / "later", program)
        assert len(years) > 1
        assert set(years) == {f"{now + YEARS} {now + YEARS}"}
    record = json.loads((tree.folder / f"{REPORT}.build.json").read_text("utf-8"))
    assert record["built_at"].startswith(str(now + YEARS))


def test_one_format_leaves_the_other_to_be_made_later(tree: SmallTree) -> None:
    tree.edit("templates/html/briefing/style.css", "{", "{ ")
    append("src/briefings/press/exporters/cells.py", b"\nEXTRA = 1\n")(tree)
    for index in range(3):
        tree.edit_job(index, formats=["html"])
    assert set(tree.build().values()) == {("render", "")}
    assert tree.plan() == {}
    tree.edit_job(0, formats=["html", "pdf"])
    reasons = ["output briefing.vi.pdf was not made by the last run"]
    assert tree.plan() == {"a/vi": ("render", reasons)}


def test_a_run_after_edits_gives_the_bytes_of_a_run_from_nothing(
    tree: SmallTree, tmp_path: Path
) -> None:
    before = tree.outputs()
    tree.edit("templates/html/briefing/style.css", "{", "{ ")
    tree.edit("templates/narrative/en/words.yaml", 'title: "', 'title: "Revised ')
    tree.edit_cell("notebooks/second.ipynb", 2, "## Tóm tắt")
    anew = tree.copy(tmp_path / "anew")
    assert tree.build() == {
        "a/vi": ("render", ""),
        "a/en": ("execute", ""),
        "b/vi": ("render", ""),
    }
    assert set(anew.build("force").values()) == {("execute", "")}
    assert tree.outputs() == anew.outputs() != before
    assert tree.plan() == {}
