"""The cells of a notebook that a kernel gets to see."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Cell = Mapping[str, Any]


def runs(cell: Cell) -> bool:
    """Whether the cell is run: blank ones are passed over."""
    return cell["cell_type"] == "code" and bool(source_of(cell).strip())


def source_of(cell: Cell) -> str:
    """The text of a cell, which a file keeps as one text or as a list of lines."""
    source = cell["source"]
    return source if isinstance(source, str) else "".join(source)
