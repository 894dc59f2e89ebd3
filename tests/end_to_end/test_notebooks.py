"""Every notebook runs from top to bottom as it is committed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_the_defaults_of_every_notebook_run(office, first_run):
    environment = {**os.environ, "BRIEFINGS_PROJECT": str(office.folder / "briefings.toml")}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "--nbmake", "-q", "-p", "no:cacheprovider", "notebooks"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    notebooks = len([*(ROOT / "notebooks").glob("*.ipynb")])
    assert f"{notebooks} passed" in done.stdout
