"""Any raw file as a table of raw cells, at once or in chunks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd

from briefings.errors import InputError
from briefings.intake.layout import Layout
from briefings.intake.readers.delimited import read_delimited
from briefings.intake.readers.json_lines import read_json_lines
from briefings.intake.readers.kinds import JSON_LINES, ODS, PARQUET, TEXT, XLSX, kind_of
from briefings.intake.readers.limits import TABLE_BYTES
from briefings.intake.readers.ods import read_ods
from briefings.intake.readers.parquet import read_parquet
from briefings.intake.readers.place import refuse_unreadable
from briefings.intake.readers.turned import turned
from briefings.intake.readers.xlsx import read_xlsx

CHUNK_ROWS = 50_000
USUAL = Layout()

READERS: dict[str, Callable[[Path, Layout, int], Iterator[pd.DataFrame]]] = {
    TEXT: read_delimited,
    JSON_LINES: read_json_lines,
    XLSX: read_xlsx,
    ODS: read_ods,
    PARQUET: read_parquet,
}


def read_raw(file: Path, layout: Layout = USUAL) -> pd.DataFrame:
    """The file's cells under its own headings; the index is the row's number in the file.

    Text is NFC and trimmed, empty cells are missing. Cells of text files are text; those of
    workbooks, JSON lines and Parquet keep their types. All chunks of the file together.
    InputError names a file that is missing, empty, unreadable, unknown or beyond a limit.
    """
    chunks, size = [], 0
    try:
        for chunk in read_chunks(file, layout):
            chunks.append(chunk)
            size += int(chunk.memory_usage(index=False).sum())
            TABLE_BYTES.refuse(file, size)
        return pd.concat(chunks) if len(chunks) > 1 else chunks[0]
    except MemoryError as error:
        raise InputError(
            f"{file}: larger than the memory that is free.",
            "Deliver it in parts, for example one file a month.",
        ) from error


def read_chunks(
    file: Path, layout: Layout = USUAL, rows: int = CHUNK_ROWS
) -> Iterator[pd.DataFrame]:
    """The same in tables of at most `rows` rows, one at the least; holds one of them at a time."""
    refuse_unreadable(file)
    try:
        tables = READERS[kind_of(file)](file, layout, rows)
        yield from turned(file, tables, layout.turn) if layout.turn else tables
    except OSError as error:
        raise InputError(
            f"{file}: cannot be read: {error.strerror or error}.",
            "Is the disk or the network share still there?",
        ) from error
