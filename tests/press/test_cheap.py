"""Planning, and a run in which nothing changed, load nothing heavy."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = {
    "pandas", "numpy", "ibis", "duckdb", "matplotlib", "nbformat", "nbconvert", "nbclient",
    "papermill", "jupyter_client", "jupyter_core", "traitlets", "fontTools", "typst", "pikepdf",
    "scipy",
}  # fmt: skip
MODULES = ("briefings.press.plan", "briefings.press.build", "briefings.press.record")


def loaded_by(script: str) -> set[str]:
    script = f"{script}\nimport sys; print(*{{name.split('.')[0] for name in sys.modules}})"
    command = [sys.executable, "-c", script]
    return set(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())


@pytest.mark.parametrize("module", MODULES)
def test_nothing_heavy_is_imported(module: str) -> None:
    assert loaded_by(f"import {module}") & HEAVY == set()
