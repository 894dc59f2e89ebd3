"""A build in surroundings that are against it: places, processes, time and edits."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from briefings.press.build import build
from briefings.press.job import Job
from tests.press.small_tree import SmallTree, small_tree

pytestmark = pytest.mark.slow

MakeJob = Callable[..., Job]

# The template never comes to an end, and Typst has no limit of its own for this.
ENDLESS = "#for a in range(9000) { for b in range(9000) { for c in range(9000) [] } }\n"
CELL_SECONDS = "MOST_CELL_SECONDS = 300"
SHORT_LIMIT = "MOST_CELL_SECONDS = 8"

# An edit between two builds of one process.
TWO_BUILDS = """
from briefings.errors import ReportError
from briefings.press.build import build as build_once

def build(jobs, **options):
    outcomes = build_once(jobs, **options)
    words = Path("src/office/words.py")
    words.write_text(words.read_text("utf-8").replace("{number}", "{number}!"), encoding="utf-8")
    try:
        build_once(jobs, **options)
    except ReportError as error:
        Path("refusal").write_text(error.message, encoding="utf-8")
    return outcomes

if __name__ ==
"""

# Once the first job is with its worker, this process may open nothing more for the second one.
NO_MORE = """
import os, pickle, resource, sys
from pathlib import Path
from briefings.press.workers import produce_all

def forbid(job):
    highest = max(int(entry) for entry in os.listdir("/proc/self/fd"))
    resource.setrlimit(resource.RLIMIT_NOFILE, (highest, usual[1]))

if __name__ == "__main__":
    usual = resource.getrlimit(resource.RLIMIT_NOFILE)
    jobs = pickle.loads(Path(sys.argv[1]).read_bytes())
    for product in produce_all(jobs, workers=2, on_start=forbid):
        resource.setrlimit(resource.RLIMIT_NOFILE, usual)
        print(product.job.name, type(product.result).__name__)
"""


@pytest.fixture
def tree(tmp_path: Path) -> SmallTree:
    return small_tree(tmp_path / "tree")


def test_a_page_that_is_never_finished_is_given_up_and_the_others_are_made(
    tree: SmallTree,
) -> None:
    tree.edit("src/briefings/press/job.py", CELL_SECONDS, SHORT_LIMIT)
    template = tree.folder / "templates/pdf/briefing.typ"
    template.write_text(template.read_text("utf-8") + ENDLESS, encoding="utf-8")
    tree.edit_job(0, formats=["html"])
    tree.edit_job(1, formats=["html"])
    assert tree.build("2") == {
        "a/vi": ("execute", ""),
        "a/en": ("execute", ""),
        "b/vi": ("execute", "its pages took longer than 8 seconds to print"),
    }
    assert set(tree.plan()) == {"b/vi"}


def test_a_deep_temporary_folder_holds_nobody_up(tree: SmallTree, tmp_path: Path) -> None:
    deep = tmp_path / "the-temporary-folder-of-a-batch-system" / "of-which-the-name-is-long"
    deep.mkdir(parents=True)
    assert len(str(deep)) > 75
    assert set(tree.build(TMPDIR=str(deep)).values()) == {("execute", "")}


def test_without_a_temporary_folder_every_report_says_so(
    make_job: MakeJob, cache: Path, prose: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs = [make_job(f"job{n}", prose) for n in range(2)]
    monkeypatch.setattr("tempfile.tempdir", "/nowhere")
    for outcome in build(jobs, workers=2, cache=cache):
        assert "no process could be started for it" in str(outcome.error)
        assert "/nowhere" in str(outcome.error)
        assert outcome.job.folder.joinpath("briefing.vi.failure.json").exists()
    monkeypatch.undo()
    assert all(outcome.succeeded for outcome in build(jobs, workers=2, cache=cache))


def test_a_worker_that_can_not_be_started_is_done_without(
    make_job: MakeJob, prose: str, tmp_path: Path
) -> None:
    jobs = [make_job(f"job{n}", prose) for n in range(3)]
    (tmp_path / "jobs").write_bytes(pickle.dumps(jobs))
    (tmp_path / "driver.py").write_text(NO_MORE, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "driver.py", "jobs"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    made = sorted(line.split() for line in done.stdout.splitlines())
    assert made == [[f"job{n}", "Made"] for n in range(3)]


def test_a_process_builds_nothing_more_after_an_edit_of_code_it_has_loaded(
    tree: SmallTree,
) -> None:
    tree.edit("driver.py", "if __name__ ==", TWO_BUILDS.rstrip("\n"))
    assert set(tree.build().values()) == {("execute", "")}
    assert "words.py was written to" in (tree.folder / "refusal").read_text("utf-8")
    assert {action for action, _ in tree.plan().values()} == {"execute"}
