"""Merged cells: a sheet keeps the value in the first cell only, a person sees it in all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from briefings.errors import InputError
from briefings.intake.layout import Layout
from briefings.intake.readers.limits import COLUMNS
from briefings.intake.readers.sheet_rows import Merge, put


@dataclass
class _Open:
    merge: Merge
    value: Any = None


class Merges:
    """Fills merged cells row by row.

    Headings are filled in every direction. Among data, a text stands for every row that it
    covers; a number would be counted several times and is refused.
    """

    def __init__(self, place: str, layout: Layout) -> None:
        self._place = place
        self._headings = set(layout.header_rows)
        self._first_data_row = layout.first_data_row
        self._waiting: dict[int, list[Merge]] = {}
        self._open: list[_Open] = []

    def add(self, merges: Iterable[Merge]) -> None:
        """Note merges; they must be known before their first row is filled."""
        for merge in merges:
            self._waiting.setdefault(merge.first_row, []).append(merge)

    def fill(self, row: int, cells: list[Any]) -> list[Any]:
        """The cells of a row with what merges from above, or from the left, put into them."""
        self._open = [each for each in self._open if each.merge.last_row >= row]
        begun = [_Open(merge, _cell(cells, merge)) for merge in self._waiting.pop(row, ())]
        self._open += [each for each in begun if each.value is not None]
        COLUMNS.refuse(self._place, len(self._open))  # one merge per column is the most there is
        if not self._open or not cells:
            return cells
        filled = list(cells)
        for each in self._open:
            self._fill(row, filled, each)
        return filled

    def _fill(self, row: int, cells: list[Any], each: _Open) -> None:
        merge = each.merge
        if row in self._headings:
            for column in range(merge.first_column, min(merge.last_column, COLUMNS.value) + 1):
                put(cells, column, each.value)
        elif merge.first_row < row and merge.first_row >= self._first_data_row:
            if isinstance(each.value, int | float) and not isinstance(each.value, bool):
                raise InputError(
                    f"{self._place}: column {merge.first_column} has one number merged over the "
                    f"rows {merge.first_row} to {merge.last_row}.",
                    "Unmerge the cells and write into each row what belongs to it.",
                )
            put(cells, merge.first_column, each.value)


def _cell(cells: list[Any], merge: Merge) -> Any:
    return cells[merge.first_column - 1] if merge.first_column <= len(cells) else None
