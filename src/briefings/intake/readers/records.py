"""Numbered rows of cells under headings, cut into chunks: what text files and sheets share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice, zip_longest
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from briefings.errors import InputError
from briefings.intake.detectors import mask_strictly
from briefings.intake.layout import FOOTER_BEGINS, MISFIT, Layout
from briefings.intake.readers.cells import Cleaning
from briefings.intake.readers.faults import CellFault
from briefings.intake.readers.headings import (
    folded,
    joined,
    numbered,
    refuse_old_font,
    refuse_unusable,
)
from briefings.intake.readers.limits import CHUNK_CHARACTERS, COLUMNS, rows_at_once
from briefings.intake.readers.lines import Lines

SHOWN_FAULTS = 10


class Record(NamedTuple):
    """One row: its number as a spreadsheet counts, the text line it ends on, its cells.

    A row without any cell is blank.
    """

    row: int
    line: int
    cells: Sequence[Any]


@dataclass(frozen=True)
class Grid:
    """The rows of a file in order, and the lines of `text` that they come from, if they do.

    Text has no merged cells, every row its full width, and no end by itself.
    """

    place: Path | str
    records: Iterator[Record]
    text: Lines | None = None

    @property
    def is_text(self) -> bool:
        """Whether its cells are all text."""
        return self.text is not None


def tables(grid: Grid, layout: Layout, rows: int) -> Iterator[pd.DataFrame]:
    """The rows of a grid under their headings, `rows` at a time, one table at the least.

    The index is the row's number. Columns beyond the headings are named by their position.
    InputError where headings or rows are not those of a table.
    """
    columns = _headings(grid, layout)
    data = _data(grid, layout, len(columns))
    if grid.is_text and layout.sets_aside_ragged_rows:
        held = [] if columns else _first(data)
        columns = columns or numbered(range(1, len(held[-1].cells) + 1 if held else 1))
        columns, data = [*columns, MISFIT], chain(held, data)
    cleaning = Cleaning(layout.empty)
    batch = _batch(grid, data, rows, len(columns))
    while True:
        yield _table(grid, batch, columns, cleaning)
        batch = _batch(grid, data, rows, len(columns))
        if not batch:
            return


def _first(data: Iterator[Record]) -> list[Record]:
    """The rows up to the first one with cells, which says how wide a table without headings is."""
    held: list[Record] = []
    while (not held or not held[-1].cells) and (record := next(data, None)):
        held.append(record)
    return held


def _batch(grid: Grid, data: Iterator[Record], rows: int, width: int) -> list[Record]:
    """The next rows; of text fewer where they are wide or long."""
    if grid.text is None:
        return list(islice(data, rows))
    batch: list[Record] = []
    rows, most = rows_at_once(rows, width), grid.text.characters + CHUNK_CHARACTERS
    while len(batch) < rows and grid.text.characters < most and (record := next(data, None)):
        batch.append(record)
    return batch


def _table(grid: Grid, batch: list[Record], columns: list[str], cleaning: Cleaning) -> pd.DataFrame:
    width = max([len(columns), *(len(record.cells) for record in batch)])
    COLUMNS.refuse(grid.place, width)
    names = columns + numbered(range(len(columns) + 1, width + 1))
    index = pd.Index([record.row for record in batch], dtype="int64")
    cells = zip_longest(*(record.cells for record in batch)) if batch else iter(())
    clean = cleaning.texts if grid.is_text else cleaning.objects
    filled = [clean(column, index) for column in cells]
    if not grid.is_text:
        _refuse_faults(grid.place, names, filled)
    filled += [clean([None] * len(batch), index) for _ in range(width - len(filled))]
    return pd.DataFrame(dict(zip(names, filled, strict=True)), index=index, columns=names)


def _refuse_faults(place: object, names: Sequence[str], columns: Sequence[pd.Series[Any]]) -> None:
    found = [
        f"{cell.address} ({mask_strictly(name)}) holds {cell.reason}"
        for name, column in zip(names, columns, strict=False)
        for cell in column
        if isinstance(cell, CellFault)
    ]
    if found:
        more = f", and {len(found) - SHOWN_FAULTS} more" if len(found) > SHOWN_FAULTS else ""
        raise InputError(
            f"{place}: {'; '.join(found[:SHOWN_FAULTS])}{more}.",
            "Correct the cells; open a workbook that a program wrote in a spreadsheet program and "
            "save it, so that it calculates. An error that means an empty cell can be listed "
            "under `empty` in the layout of the profile.",
        )


def _headings(grid: Grid, layout: Layout) -> list[str]:
    wanted, found, last = set(layout.header_rows), [], 0
    while last < layout.last_header_row and (record := next(grid.records, None)):
        last = record.row
        if record.row in wanted:
            COLUMNS.refuse(grid.place, len(record.cells))
            found.append(list(record.cells))
    if not any(cell not in (None, "") for cells in found for cell in cells) and wanted:
        _refuse_missing(grid, layout, last)
    columns = joined(found, spread=grid.is_text)
    refuse_unusable(grid.place, columns)
    if layout.encoding is None:
        refuse_old_font(grid.place, columns)
    return columns


def _refuse_missing(grid: Grid, layout: Layout, last: int) -> None:
    if last <= 1 and next(grid.records, None) is None:
        raise InputError(f"{grid.place}: the file is empty.", "It needs a row of headings.")
    rows = ", ".join(map(str, layout.header_rows))
    raise InputError(
        f"{grid.place}: there are no headings in row {rows}.",
        "Correct header_rows in the layout of the profile, or the file.",
    )


def _data(grid: Grid, layout: Layout, width: int) -> Iterator[Record]:
    """The data rows up to last row or footer; blank rows at the end are none.

    A program that saves a sheet as CSV writes a blank row above the footer as delimiters only.
    """
    blank, is_text, has_footer = 0, grid.is_text, layout.footer is not None
    for record in _until_end(grid, layout):
        if not record.cells or (has_footer and not any(record.cells)):
            blank += 1
            continue
        width = width or len(record.cells)
        if is_text and len(record.cells) != width:
            record = _misfit(grid, layout, record, width)
        if blank:
            yield from (Record(r, record.line, ()) for r in range(record.row - blank, record.row))
            blank = 0
        yield record


def _misfit(grid: Grid, layout: Layout, record: Record, width: int) -> Record:
    """A row of another width as an empty one that says so, or InputError."""
    cells = len(record.cells)
    if layout.sets_aside_ragged_rows:
        return record._replace(cells=[*[None] * width, str(cells)])
    raise InputError(
        f"{grid.place}: not a regular table: {width} headings, "
        f"but {cells} cells in line {record.line}.",
        "Every row needs as many cells as headings, or set `ragged` in the layout of the profile.",
    )


def _until_end(grid: Grid, layout: Layout) -> Iterator[Record]:
    # Asked once: there are millions of rows.
    first, last, footer = layout.first_data_row, layout.last_row, layout.footer
    for record in grid.records:
        if last is not None and record.row > last:
            return
        if record.row < first:
            continue
        if footer is not None and _is_footer(record.cells, footer):
            return
        yield record
    if layout.footer is not None:
        raise InputError(
            f"{grid.place}: the footer {layout.footer!r} was not found.",
            "The file may be cut short: export it again, or correct the layout of the profile.",
        )


def _is_footer(cells: Sequence[Any], footer: str) -> bool:
    texts = (folded(cell) for cell in cells if cell is not None)
    first = next((text for text in texts if text), "")
    wanted = folded(footer)
    return first.startswith(wanted[:-1]) if wanted.endswith(FOOTER_BEGINS) else first == wanted
