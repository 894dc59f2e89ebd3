"""Whatever a real run opens is a declared dependency, or is named here with its reason.

Every process of the run but the first, which plans and publishes, reports the files that it
opens. Kernels are ordinary ones here, each of which reads for itself: a forked one finds the words
of all languages in memory. What a library opens without Python's knowledge is not seen: Typst the
fonts, DuckDB and Arrow the tables of the snapshot.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from pypdf import PdfReader

from briefings.press.exporters.font_files import font_file, symbol_folder
from briefings.project import REPOSITORY as ROOT

pytestmark = pytest.mark.slow

HOOK = """
import os, sys
del os.pidfd_open  # so that no kernel can be forked
if "OPENED" in os.environ and sys.orig_argv[1:3] != ["-m", "briefings"]:
    log = os.open(os.environ["OPENED"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    def hook(event, arguments):
        if event == "open" and isinstance(arguments[0], (str, bytes)):
            os.write(log, os.path.abspath(os.fsdecode(arguments[0])).encode() + b"\\n")
    sys.addaudithook(hook)
"""
COMPILED = re.compile(r"(.*)/__pycache__/([^/]*)\.cpython-\d+(\.opt-\d)?\.pyc(\.\d+)?")
UNITS = "H23,X-STNMT"


@pytest.fixture(scope="module")
def opened(office, first_run, tmp_path_factory) -> set[Path]:
    """The files opened while two briefings are executed and rendered."""
    folder = tmp_path_factory.mktemp("hook")
    (folder / "sitecustomize.py").write_text(HOOK, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(folder))
        patch.setenv("OPENED", str(folder / "opened"))
        run = office.run(
            "report", "--month", "2025-02", "--unit", UNITS, "--language", "en", "--force"
        )
    assert run.code == 0, run.screen
    lines = (folder / "opened").read_text(encoding="utf-8").splitlines()
    return {Path(COMPILED.sub(r"\1/\2.py", line)) for line in lines}


@pytest.fixture(scope="module")
def declared(office, opened) -> set[Path]:
    """The files behind the names in the records."""
    names: set[str] = set()
    for unit in UNITS.split(","):
        record = office.file(unit, "briefing.en.build.json").read_text(encoding="utf-8")
        names |= set(json.loads(record)["dependencies"])
    return {file for name in names for file in files_of(name)}


def files_of(name: str) -> list[Path]:
    kind, _, rest = name.partition(" ")
    narrative, templates = ROOT / "templates" / "narrative", ROOT / "templates"
    module = (ROOT / "src").joinpath(*rest.split("."))
    return {
        "code:": [module.with_suffix(".py"), module / "__init__.py"],
        "words": [narrative / rest / "words.yaml"],
        "sentences": [narrative / rest],
        "template": [templates / rest],
        "notebook": [ROOT / "notebooks" / rest.partition(":")[0]],
        "font": [font_file("Regular").parent / rest, symbol_folder() / rest],
    }.get(kind, [])


def covered_by_data(office) -> list[Path]:
    """What the input `data` tells of: the rows, the reference files and the project file."""
    return [office.folder, ROOT / "data" / "reference" / "kpis.csv"]


# Notes keyed by the content that they were made from, so that they can not be out of date.
NOTES = ROOT / ".briefings"


def is_ours(file: Path) -> bool:
    environment = ROOT / ".venv"
    is_font = file.suffix in (".ttf", ".otf")
    return (ROOT in file.parents and environment not in file.parents) or is_font


def test_every_file_that_is_opened_is_declared(office, opened, declared):
    places = [*covered_by_data(office), NOTES]
    strangers = {
        file
        for file in opened - declared
        if is_ours(file) and file.is_file() and not any(file.is_relative_to(p) for p in places)
    }
    assert sorted(strangers) == []


def test_the_trace_saw_the_notebook_the_page_and_the_charts(opened):
    for place in (
        "src/briefings/report/briefing.py",
        "src/briefings/press/execute.py",
        "templates/narrative/en/words.yaml",
        "templates/html/briefing/style.css",
        "templates/pdf/briefing.typ",
        "notebooks/province_briefing.ipynb",
    ):
        assert ROOT / place in opened, place
    assert font_file("Regular") in opened


def test_no_words_of_another_language_are_opened(opened):
    assert not [file for file in opened if "narrative/vi/" in file.as_posix()]


def test_the_pdf_holds_no_other_font(office, opened):
    reader = PdfReader(office.file("H23", "briefing.en.pdf"))
    names = {
        str(font["/BaseFont"]).partition("+")[2].partition("-")[0]
        for page in reader.pages
        for font in (entry.get_object() for entry in page["/Resources"]["/Font"].values())
    }
    assert names <= {"BeVietnamPro", "DejaVuSans"}
