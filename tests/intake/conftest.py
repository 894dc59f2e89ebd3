"""The tiny project, with the dossiers only unless a test says otherwise."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from briefings.project import Project
from tests import tiny

MakeProject = Callable[..., Project]


@pytest.fixture
def make_project(tmp_path: Path) -> MakeProject:
    """The tiny project in the test's own folder; see tests/tiny.py."""

    def make(*only: str, **tables: tiny.Raw) -> Project:
        return tiny.write_project(tmp_path, only=only or ("dossiers",), **tables)

    return make
