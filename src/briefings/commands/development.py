"""`briefings check`, `test` and `lab`: the tools a developer or statistician calls."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version

from briefings.commands.screen import say
from briefings.errors import SettingsError
from briefings.project import REPOSITORY

CHECKS = (
    ("format", ("ruff", "format", "--check", ".")),
    ("lint", ("ruff", "check", ".")),
    ("types", ("mypy",)),
    ("notebooks", ("pytest", "-q", "tests/notebooks", "-m", "not slow")),
)

# On all cores; the tests of a file stay together, so that what they share is made once. Slow files
# come first, as tests/conftest.py has it.
TESTS = ("pytest", "-q", "-n", "auto", "--dist", "loadfile", "--no-loadscope-reorder")


def run_checks() -> int:
    """Run every check, also after a failure; 0 only if all pass."""
    results = {name: _run(*command) for name, command in CHECKS}
    for name, code in results.items():
        say(f"{'ok    ' if code == 0 else 'FAILED'} {name}")
    return next((code for code in results.values() if code), 0)  # a killed tool has a negative one


def run_suite(*, fast: bool) -> int:
    """The whole suite, or only what takes less than a minute."""
    return _run(*TESTS, *(("-m", "not slow") if fast else ()))


def open_lab() -> int:
    """JupyterLab in the notebooks folder."""
    return _run("jupyterlab", "notebooks")


def _run(module: str, *arguments: str) -> int:
    try:
        version(module)
    except PackageNotFoundError as error:
        raise SettingsError(f"{module} is not installed.", "Run: make tools") from error
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.run(command, cwd=REPOSITORY, check=False).returncode
