"""A disk with room for small files only: what fails is named, noted, and red in the index."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from tests import tiny

pytestmark = pytest.mark.slow

COMMAND = [sys.executable, "-m", "briefings", "report", "--month", tiny.FEBRUARY]
ASKED = ["--unit", "D1,D2", "--language", "vi", "--format", "html"]
ALTERED = b"not what was made"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    tiny.write_project(folder)
    done = run(folder)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def office(made: Path, tmp_path: Path) -> Path:
    """Two briefings, of which one was altered afterwards and has to be printed again."""
    office = shutil.copytree(made, tmp_path / "office")
    page(office).write_bytes(ALTERED)
    return office


def run(office: Path, room: int = resource.RLIM_INFINITY) -> subprocess.CompletedProcess[str]:
    """The command; no file of more than `room` bytes can be written."""
    return subprocess.run(
        [*COMMAND, *ASKED],
        cwd=office,
        env={k: v for k, v in os.environ.items() if k != "BRIEFINGS_PROJECT"},
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=partial(resource.setrlimit, resource.RLIMIT_FSIZE, (room, room)),
    )


def page(office: Path, unit: str = "D1") -> Path:
    return office / "reports" / tiny.FEBRUARY / unit / "briefing.vi.html"


def test_a_page_that_does_not_fit_fails_and_the_index_says_so(office: Path) -> None:
    index = office / "reports/index.html"
    room = page(office, "D2").stat().st_size - 1
    assert index.stat().st_size < room
    done = run(office, room)
    assert done.returncode == 5
    assert "File too large" in done.stderr
    assert "1 of 2 briefings failed" in done.stderr
    assert "Traceback" not in done.stderr
    assert page(office).read_bytes() == ALTERED
    assert page(office).with_name("briefing.vi.failure.json").exists()
    assert 'class="failed"' in index.read_text(encoding="utf-8")

    assert run(office).returncode == 0
    assert not page(office).with_name("briefing.vi.failure.json").exists()
    assert 'class="failed"' not in index.read_text(encoding="utf-8")


def test_where_not_even_the_index_fits_the_screen_still_names_what_failed(office: Path) -> None:
    done = run(office, (office / "reports/index.html").stat().st_size // 2)
    assert done.returncode == 5
    assert "failed: 2025-02/D1/vi" in done.stderr
    assert "The index does not show it" in done.stderr
    assert "Traceback" not in done.stderr
