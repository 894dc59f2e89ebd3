"""A tree of a few lines, to be read without importing it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from briefings.code.memo import Memo
from briefings.code.tree import CodeTree
from briefings.code.watch import Watch

MakeTree = Callable[..., CodeTree]


@pytest.fixture
def make_tree(tmp_path: Path) -> MakeTree:
    """The tree of the files given by place and source; a second call changes the files."""

    def make(files: dict[str, str]) -> CodeTree:
        for place, source in files.items():
            file = tmp_path / "src" / place
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(source, encoding="utf-8")
        memo = Memo(tmp_path / "memo.json")
        return CodeTree(tmp_path / "src", memo=memo, watch=Watch())

    return make
