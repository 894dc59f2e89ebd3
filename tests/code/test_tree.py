"""Which modules a piece of code can reach: never less than Python really loads."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from briefings.code.memo import Memo
from briefings.code.tree import MAY_HIDE, SOURCE, CodeTree
from briefings.code.watch import Watch
from briefings.errors import ReportError
from briefings.press.ground import EXECUTION, RENDERING

pytestmark = pytest.mark.slow

MakeTree = Callable[..., CodeTree]

ROOTS = (
    "briefings.report",
    "briefings.press.execute",
    "briefings.press.work",
    "briefings.press.workers",
    "briefings.press.plan",
    "briefings.press.build",
    "briefings.cli",
)
TREE = {
    "office/__init__.py": "",
    "office/table.py": "from office import words\nfrom office.pens import ink\n",
    "office/words.py": "def later():\n    import office.late\n",
    "office/late.py": "WORK = 'office.named:run'\n",
    "office/named.py": "import json\n",
    "office/pens/__init__.py": "",
    "office/pens/ink.py": "from .. import paper\nfrom . import nib\n",
    "office/pens/nib.py": "",
    "office/paper.py": "",
    "office/unused.py": "import office.table\n",
}


def real_tree(memo: Path) -> CodeTree:
    return CodeTree(memo=Memo(memo), watch=Watch())


def test_every_way_to_import_is_followed(make_tree: MakeTree) -> None:
    everything = {
        "office",
        "office.table",
        "office.words",
        "office.late",
        "office.named",
        "office.pens",
        "office.pens.ink",
        "office.pens.nib",
        "office.paper",
    }
    assert set(make_tree(TREE).closure(["office.table"])) == everything


def test_a_star_reaches_all_it_could_mean(make_tree: MakeTree) -> None:
    star = TREE | {"office/all.py": "from office.pens import *\n"}
    assert "office.pens.nib" in make_tree(star).closure(["office.all"])


def test_names_from_elsewhere_are_passed_over(make_tree: MakeTree) -> None:
    assert set(make_tree(TREE).closure(["json", "office.paper.SIZE"])) == {"office", "office.paper"}


@pytest.mark.parametrize(
    "source",
    [
        "import importlib",
        "from importlib import import_module as load",
        "from importlib import util",
        "import pkgutil\npkgutil.resolve_name('a')",
        "__import__('office')",
        "exec('import office')",
        "from runpy import run_path",
    ],
)
def test_an_import_that_can_not_be_seen_is_refused(make_tree: MakeTree, source: str) -> None:
    with pytest.raises(ReportError, match=r"office/paper\.py imports by"):
        make_tree(TREE | {"office/paper.py": source}).closure(["office.table"])


def test_reading_metadata_and_files_of_packages_is_not_an_import(make_tree: MakeTree) -> None:
    source = "from importlib.metadata import version\nfrom importlib.resources import files\n"
    make_tree(TREE | {"office/paper.py": source}).closure(["office.paper"])


@pytest.mark.parametrize("root", ROOTS)
def test_the_closure_holds_whatever_python_loads(root: str, tmp_path: Path) -> None:
    script = f"import sys, {root}; print(*(n for n in sys.modules if n.split('.')[0]=='briefings'))"
    command = [sys.executable, "-c", script]
    loaded = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert root in loaded
    assert set(loaded) <= set(real_tree(tmp_path / "memo").closure([root]))


def test_the_work_of_a_worker_is_seen_though_it_is_loaded_by_name(tmp_path: Path) -> None:
    assert "briefings.press.render" in real_tree(tmp_path / "memo").closure(
        ["briefings.press.workers"]
    )


def test_nothing_else_in_the_package_imports_unseen(tmp_path: Path) -> None:
    tree = real_tree(tmp_path / "memo")
    tree.closure(tree.files)
    assert all((SOURCE / place).exists() for place in MAY_HIDE)


def test_what_is_started_by_an_entry_point_is_reached_by_import_too(tmp_path: Path) -> None:
    project = tomllib.loads((SOURCE.parent / "pyproject.toml").read_text("utf-8"))["project"]
    named = {
        target.partition(":")[0]
        for group in project.get("entry-points", {}).values()
        for target in group.values()
    }
    assert named <= set(real_tree(tmp_path / "memo").closure([*EXECUTION, *RENDERING]))


def test_a_report_reaches_no_code_that_counts(tmp_path: Path) -> None:
    reached = real_tree(tmp_path / "memo").closure(["briefings.report"])
    assert "briefings.report.sections.form" in reached
    counting = ("briefings.statistics", "briefings.gathering", "briefings.intake")
    assert not [name for name in reached if name.startswith(counting)]


def test_a_memo_that_was_tampered_with_is_not_believed(make_tree: MakeTree, tmp_path: Path) -> None:
    before = make_tree(TREE).closure(["office.table"])
    memo = Memo(tmp_path / "memo.json")
    CodeTree(tmp_path / "src", memo=memo, watch=Watch()).closure(["office.table"])
    memo.save()
    file = tmp_path / "memo.json"
    file.write_text(file.read_text("utf-8").replace("office.late", "office.gone"), "utf-8")
    assert make_tree({}).closure(["office.table"]) == before
