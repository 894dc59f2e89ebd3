"""`briefings check`, `test` and `lab`: the tools a developer or statistician calls."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable

from briefings.commands.screen import say
from briefings.project import REPOSITORY

CHECKS = (
    ("format", ("ruff", "format", "--check", ".")),
    ("lint", ("ruff", "check", ".")),
    ("types", ("mypy",)),
    ("notebooks", ("pytest", "-q", "tests/notebooks", "-m", "not slow")),
)


# Files side by side; the slow tests come one by one, because they start pools of their own.
FAST = ("-m", "not slow", "-q", "-n", "auto", "--dist", "loadfile")
SLOW = ("-m", "slow")


def run_checks() -> int:
    """Run every check, also after a failure; 0 only if all pass."""
    results = {name: _run(*command) for name, command in CHECKS}
    for name, code in results.items():
        say(f"{'ok    ' if code == 0 else 'FAILED'} {name}")
    return _first_failure(results.values())


def run_suite(*, fast: bool) -> int:
    """The whole suite, or only what takes less than a minute."""
    results = [_run("pytest", *parts) for parts in ((FAST,) if fast else (FAST, SLOW))]
    return _first_failure(results)


def open_lab() -> int:
    """JupyterLab in the notebooks folder."""
    return _run("jupyterlab", "notebooks")


def _first_failure(codes: Iterable[int]) -> int:
    """0 if all are; a tool that was killed has a negative one."""
    return next((code for code in codes if code), 0)


def _run(module: str, *arguments: str) -> int:
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.run(command, cwd=REPOSITORY, check=False).returncode
