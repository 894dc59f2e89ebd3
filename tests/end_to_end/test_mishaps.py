"""Three briefings of one run come to grief in their kernels, each in its way; nobody else does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import tiny
from tests.program import copy_of_program

pytestmark = pytest.mark.slow

UNITS = tiny.UNITS + "".join(
    f"D{n},Sở {n},Department {n},department,T1,,,synthetic,test\n" for n in (3, 4)
)
CELL_SECONDS = "MOST_CELL_SECONDS = 300"
SHORT_LIMIT = "MOST_CELL_SECONDS = 10"
# Nothing that a briefing depends on, so that the next run knows of no change.
MISHAP = """
import os, resource, signal, time
if os.environ.get("MISHAP") and unit == "D1": time.sleep(3600)
if os.environ.get("MISHAP") and unit == "D2": (
    resource.setrlimit(resource.RLIMIT_AS, (2**31, 2**31)), b"x" * 2**33)
if os.environ.get("MISHAP") and unit == "D3": os.kill(os.getpid(), signal.SIGKILL)
""".strip()
FAULTS = {
    "D1": "it took longer than 10 seconds",
    "D2": "MemoryError",
    "D3": "the kernel died",
}


@dataclass(frozen=True)
class Ran:
    office: Path
    code: int
    screen: str

    def unit(self, name: str) -> Path:
        return self.office / "reports" / tiny.FEBRUARY / name


def run(office: Path, program: Path, **environment: str) -> Ran:
    command = [sys.executable, "-m", "briefings", "report", "--month", tiny.FEBRUARY]
    done = subprocess.run(
        [*command, "--language", "vi", "--format", "html", "--workers", "3"],
        cwd=office,
        env={**os.environ, "PYTHONPATH": str(program / "src"), **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    return Ran(office, done.returncode, done.stdout + done.stderr)


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    program = copy_of_program(tmp_path_factory.mktemp("program"))
    job = program / "src/briefings/press/job.py"
    text = job.read_text(encoding="utf-8")
    assert CELL_SECONDS in text
    job.write_text(text.replace(CELL_SECONDS, SHORT_LIMIT), encoding="utf-8")
    notebook = program / "notebooks/department_briefing.ipynb"
    content = json.loads(notebook.read_text(encoding="utf-8"))
    cell = {"cell_type": "code", "id": "mishap", "metadata": {}, "source": MISHAP}
    content["cells"].insert(4, cell | {"outputs": [], "execution_count": None})
    notebook.write_text(json.dumps(content), encoding="utf-8")
    return program


@pytest.fixture(scope="module")
def first(program: Path, tmp_path_factory: pytest.TempPathFactory) -> Ran:
    office = tmp_path_factory.mktemp("office")
    tiny.write(tiny.write_project(office).units, UNITS)
    return run(office, program, MISHAP="1")


def test_the_screen_names_each_and_the_exit_code_tells(first: Ran) -> None:
    assert first.code == 5, first.screen
    assert "3 of 6 briefings failed" in first.screen
    assert "Traceback" not in first.screen
    for unit, fault in FAULTS.items():
        assert f"2025-02/{unit}/vi" in first.screen
        assert fault in first.screen


def test_the_others_are_finished(first: Ran) -> None:
    for unit in ("T1", "D4"):
        assert (first.unit(unit) / "briefing.vi.html").exists()
    assert not list((first.office / "reports").rglob(".*.partial"))


@pytest.mark.parametrize("unit", FAULTS)
def test_the_notebook_is_kept_as_evidence_with_the_failing_cell_marked(
    first: Ran, unit: str
) -> None:
    assert sorted(path.name for path in first.unit(unit).iterdir()) == [
        "briefing.vi.failed.ipynb",
        "briefing.vi.failure.json",
    ]
    text = (first.unit(unit) / "briefing.vi.failed.ipynb").read_text(encoding="utf-8")
    cells = json.loads(text)["cells"]
    marked = next(n for n, cell in enumerate(cells) if cell["id"] == "failed-here")
    assert cells[marked + 1]["id"] == "mishap"


def test_the_index_shows_three_red_rows(first: Ran) -> None:
    index = (first.office / "reports/index.html").read_text(encoding="utf-8")
    assert index.count('class="failed"') == len(FAULTS)


def test_the_next_run_makes_only_what_is_missing(first: Ran, program: Path) -> None:
    pages = [first.unit(unit) / "briefing.vi.html" for unit in ("T1", "D4")]
    before = [page.stat().st_mtime_ns for page in pages]
    again = run(first.office, program)
    assert again.code == 0, again.screen
    assert "3 unchanged" in " ".join(again.screen.split())
    assert [page.stat().st_mtime_ns for page in pages] == before
    assert all((first.unit(unit) / "briefing.vi.html").exists() for unit in FAULTS)
    assert not list((first.office / "reports").rglob("*.fail*"))
    index = (first.office / "reports/index.html").read_text(encoding="utf-8")
    assert 'class="failed"' not in index
