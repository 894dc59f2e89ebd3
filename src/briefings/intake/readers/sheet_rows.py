"""One row of a sheet as its format gives it."""

from __future__ import annotations

from typing import Any, NamedTuple

from openpyxl.utils.cell import get_column_letter

LAST_LETTERS = 18_278  # ZZZ


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


def address(column: int, row: int) -> str:
    """The name of a cell, such as C7; columns and rows count from 1."""
    if column > LAST_LETTERS:
        return f"column {column} of row {row}"
    return f"{get_column_letter(column)}{row}"
