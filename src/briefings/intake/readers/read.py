"""Any raw file as tables of raw cells, chunk by chunk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd

from briefings.errors import InputError
from briefings.intake.layout import Layout
from briefings.intake.readers.delimited import read_delimited
from briefings.intake.readers.headings import refuse_unusable
from briefings.intake.readers.json_array import read_json
from briefings.intake.readers.json_lines import read_json_lines
from briefings.intake.readers.kinds import JSON, JSON_LINES, ODS, PARQUET, TEXT, XLSX, kind_of
from briefings.intake.readers.limits import TABLE_ROWS
from briefings.intake.readers.ods import read_ods
from briefings.intake.readers.parquet import read_parquet
from briefings.intake.readers.place import refuse_unreadable
from briefings.intake.readers.spread_rows import spread_rows
from briefings.intake.readers.turned import turned
from briefings.intake.readers.xlsx import read_xlsx

CHUNK_ROWS = 50_000
USUAL = Layout()

READERS: dict[str, Callable[[Path, Layout, int], Iterator[pd.DataFrame]]] = {
    TEXT: read_delimited,
    JSON_LINES: read_json_lines,
    JSON: read_json,
    XLSX: read_xlsx,
    ODS: read_ods,
    PARQUET: read_parquet,
}


def read_chunks(
    file: Path, layout: Layout = USUAL, rows: int | None = None
) -> Iterator[pd.DataFrame]:
    """The file's cells under its own headings in tables of at most `rows` rows, one at the least.

    The index is the row's number in the file. Text is NFC and trimmed, empty cells are missing.
    Cells of text files are text; those of workbooks, JSON and Parquet keep their types. One
    table is held at a time; of a file without a bound of its own, such as text, it is shorter
    where rows are wide. InputError names a file that is missing, empty, unreadable, unknown or
    beyond a limit.
    """
    refuse_unreadable(file)
    read = 0
    try:
        for chunk in _tables(file, layout, rows or CHUNK_ROWS):
            read += len(chunk)
            TABLE_ROWS.refuse(file, read)
            yield chunk
    except MemoryError as error:
        raise InputError(
            f"{file}: a chunk of it is larger than the memory that is free.",
            "Deliver it with fewer or shorter cells in a row.",
        ) from error
    except OSError as error:
        raise InputError(
            f"{file}: cannot be read: {error.strerror or error}.",
            "Is the disk or the network share still there?",
        ) from error


def _named(file: Path, tables: Iterator[pd.DataFrame], layout: Layout) -> Iterator[pd.DataFrame]:
    """Tables whose headings have the names that the profile gives them."""
    for table in tables:
        names = layout.named(list(table.columns))
        if len(set(names)) < len(names):
            refuse_unusable(file, names, ours=True)
        yield table.set_axis(names, axis="columns")


def _tables(file: Path, layout: Layout, rows: int) -> Iterator[pd.DataFrame]:
    tables = READERS[kind_of(file)](file, layout, rows)
    if layout.headings:
        tables = _named(file, tables, layout)
    if layout.spread is not None:
        return spread_rows(file, tables, layout.spread, rows)
    return turned(file, tables, layout.turn) if layout.turn else tables
