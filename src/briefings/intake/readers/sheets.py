"""Which sheets of a workbook are read, and several of them as one table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from briefings.errors import InputError
from briefings.intake.detectors import mask_strictly
from briefings.intake.layout import Layout
from briefings.intake.readers.headings import SHOWN_CHARACTERS
from briefings.intake.readers.limits import SHEET_CELLS, SHEET_CHARACTERS, SHEET_ROWS
from briefings.intake.readers.merges import Merges
from briefings.intake.readers.records import Grid, Record, tables
from briefings.intake.readers.sheet_rows import SheetRow
from briefings.intake.stated import listed, shown

SHEET_HEADING = "(sheet)"
# Added to row numbers once per sheet, so that row 7 of the third sheet is 20000007.
SHEET_STEP = 10_000_000


@dataclass(frozen=True)
class Sheet:
    """A sheet by name; `place` is where its format keeps it."""

    name: str
    place: str
    is_hidden: bool

    @property
    def shown(self) -> str:
        """Its name as an error may print it: some offices have a sheet for each official."""
        return mask_strictly(self.name[:SHOWN_CHARACTERS])


def choose(
    file: Path, sheets: Sequence[Sheet], layout: Layout, is_filled: Callable[[Sheet], bool]
) -> list[Sheet]:
    """The sheets that the layout means; InputError lists those there are.

    Where it names none, the only one that is visible and filled.
    """
    if layout.sheet is not None:
        chosen = [sheet for sheet in sheets if layout.wants_sheet(sheet.name)]
        if not chosen:
            raise InputError(f"{file}: there is no sheet {shown(layout.sheet)}.", _listed(sheets))
        return chosen
    visible = [sheet for sheet in sheets if not sheet.is_hidden] or list(sheets)
    filled = visible if len(visible) == 1 else [sheet for sheet in visible if is_filled(sheet)]
    if len(filled) > 1:
        raise InputError(
            f"{file}: {len(filled)} sheets are filled.",
            f"Name one in the layout of the profile, for a draft with --sheet. {_listed(filled)}",
        )
    if not filled:
        raise InputError(f"{file}: the file is empty.", "It needs a row of headings.")
    return filled


def tables_of_sheets(
    file: Path,
    sheets: Sequence[Sheet],
    open_rows: Callable[[Sheet], Iterator[SheetRow]],
    layout: Layout,
    rows: int,
) -> Iterator[pd.DataFrame]:
    """The table of one sheet; of several, with the sheet's name in a column of its own.

    InputError where a further sheet has other headings than the first one.
    """
    if not layout.wants_several_sheets:
        yield from tables(_grid(file, sheets[0], open_rows(sheets[0]), layout), layout, rows)
        return
    expected: list[str] = []
    for number, sheet in enumerate(sheets):
        grid = _grid(file, sheet, open_rows(sheet), layout)
        for table in tables(grid, layout, rows):
            table = table.set_axis(layout.named(list(table.columns)), axis="columns")
            expected = expected or list(table.columns)
            if set(table.columns) != set(expected):
                raise _other_headings(grid.place, table.columns, expected, sheets[0])
            named = table[expected].set_axis(table.index + number * SHEET_STEP)
            named.insert(0, SHEET_HEADING, pd.Series(sheet.name, named.index, dtype=object))
            yield named


def _grid(file: Path, sheet: Sheet, rows: Iterable[SheetRow], layout: Layout) -> Grid:
    place = f"{file}: sheet {sheet.shown!r}"
    return Grid(place, _records(place, rows, layout))


def _records(place: str, rows: Iterable[SheetRow], layout: Layout) -> Iterator[Record]:
    """Rows by number; those that the file leaves out, or only formats, are blank."""
    last = filled = characters = 0
    merges = Merges(place, layout)
    for row in rows:
        merges.add(row.merges)
        cells = merges.fill(row.number, row.cells)
        if not cells:
            continue
        filled += len(cells)
        characters += sum(len(cell) for cell in cells if isinstance(cell, str))
        SHEET_ROWS.refuse(place, row.number)
        SHEET_CELLS.refuse(place, filled)
        SHEET_CHARACTERS.refuse(place, characters)
        for number in range(last + 1, row.number):
            yield Record(number, number, ())
        yield Record(row.number, row.number, cells)
        last = row.number


def _other_headings(
    place: object, found: Iterable[str], expected: Iterable[str], first: Sheet
) -> InputError:
    other = map(mask_strictly, sorted(set(found) ^ set(expected)))
    return InputError(
        f"{place}: other headings than sheet {first.shown!r}: {', '.join(other)}.",
        "Give the sheets the same headings, or name fewer of them in the layout.",
    )


def _listed(sheets: Iterable[Sheet]) -> str:
    return f"The workbook has: {listed([sheet.shown for sheet in sheets])}."
