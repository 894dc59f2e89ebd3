"""A copy of the program in another place, as another checkout would be."""

from __future__ import annotations

import shutil
from pathlib import Path

from briefings.project import REPOSITORY

PARTS = ("src", "notebooks", "templates", "data/reference", "requirements.lock", "pyproject.toml")


def copy_of_program(folder: Path) -> Path:
    """All of it that makes a report, in `folder`."""
    for name in PARTS:
        source, target = REPOSITORY / name, folder / name
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)
    return folder
