"""One row of a sheet as its format gives it."""

from __future__ import annotations

from typing import Any, NamedTuple


class Merge(NamedTuple):
    """Cells that are shown as one; columns count from 1, both ends belong to it."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int


class SheetRow(NamedTuple):
    """A row: its number from 1, its cells up to the last filled one, merges that begin here."""

    number: int
    cells: list[Any]
    merges: tuple[Merge, ...] = ()


def put(cells: list[Any], column: int, value: Any) -> None:
    """Set the cell of a column, counted from 1; columns between are empty."""
    cells.extend([None] * (column - len(cells)))
    cells[column - 1] = value
