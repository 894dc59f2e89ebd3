"""Two runs on one folder, and a run that is killed between two of its files."""

from __future__ import annotations

import json
import signal
from pathlib import Path

import pytest

from briefings.files import file_digest
from briefings.lock import locked
from tests.press.small_tree import SmallTree, small_tree
from tests.waiting import needs_proc_locks, until_it_waits

pytestmark = pytest.mark.slow

# Put before the driver: the process ends at the n-th time that a file gets its name.
KILLED = """
import os, signal
from pathlib import Path

replace, left = Path.replace, int(os.environ.get("RENAMES", "1000"))

def one_less(path, target):
    global left
    if not left:
        os.kill(os.getpid(), signal.SIGKILL)
    left -= 1
    return replace(path, target)

Path.replace = one_less
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> SmallTree:
    tree = small_tree(tmp_path_factory.mktemp("made") / "tree")
    tree.build()
    return tree


@pytest.fixture
def tree(made: SmallTree, tmp_path: Path) -> SmallTree:
    return made.copy(tmp_path / "tree")


def records(tree: SmallTree) -> dict[Path, dict]:
    found = (tree.folder / "reports").rglob("*.build.json")
    return {file: json.loads(file.read_text(encoding="utf-8")) for file in found}


@needs_proc_locks
def test_whoever_holds_the_folder_is_waited_for(tree: SmallTree) -> None:
    tree.edit("templates/html/briefing/style.css", "{", "{ ")
    with locked(tree.folder / "reports" / "2025-02"):
        run = tree.start()
        until_it_waits(run)
        assert len(tree.plan()) == 3
    assert run.wait() == 0
    assert tree.plan() == {}


def test_the_files_of_two_runs_at_once_fit_their_records(tree: SmallTree) -> None:
    for name in ("a", "b"):
        (tree.folder / "data" / f"{name}.json").write_text("33", encoding="utf-8")
    runs = [tree.start(), tree.start("force")]
    assert [run.wait() for run in runs] == [0, 0]
    assert len(records(tree)) == 3
    for file, record in records(tree).items():
        for name, output in record["outputs"].items():
            assert file_digest(file.parent / name) == output["sha256"]
    assert tree.plan() == {}
    assert not list((tree.folder / "reports").rglob(".*.partial"))


@pytest.mark.parametrize("renames", range(1, 6))
def test_a_run_that_is_killed_leaves_what_the_next_one_repairs(
    tree: SmallTree, renames: int
) -> None:
    """What is renamed for a report: the results, two pages, the figures, the record."""
    driver = tree.folder / "driver.py"
    driver.write_text(KILLED + driver.read_text(encoding="utf-8"), encoding="utf-8")
    (tree.folder / "data" / "b.json").write_text("33", encoding="utf-8")
    run = tree.start(RENAMES=str(renames - 1))
    assert run.wait() == -signal.SIGKILL
    assert set(tree.plan()) == {"b/vi"}
    assert set(tree.build().values()) <= {("execute", ""), ("render", ""), ("nothing", "")}
    assert tree.plan() == {}
    assert b"33 4" in tree.outputs()["reports/2025-02/b/briefing.vi.html"]
    assert not list((tree.folder / "reports").rglob(".*.partial"))
