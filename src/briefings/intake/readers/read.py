"""Any raw file as a table of raw cells, at once or in chunks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd

from briefings.errors import InputError
from briefings.intake.layout import Layout
from briefings.intake.readers.delimited import read_delimited
from briefings.intake.readers.limits import TABLE_BYTES
from briefings.intake.readers.parquet import read_parquet
from briefings.intake.readers.xlsx import read_xlsx

CHUNK_ROWS = 50_000
USUAL = Layout()

READERS: dict[str, Callable[[Path, Layout, int], Iterator[pd.DataFrame]]] = {
    ".csv": read_delimited,
    ".tsv": read_delimited,
    ".txt": read_delimited,
    ".xlsx": read_xlsx,
    ".parquet": read_parquet,
}


def read_raw(file: Path, layout: Layout = USUAL) -> pd.DataFrame:
    """The file's cells under its own headings; the index is the row's number in the file.

    Text is NFC and trimmed, empty cells are missing. CSV cells are text; XLSX and Parquet cells
    keep their types. InputError names a file that is missing, empty, unreadable or unknown.
    """
    chunks, size = [], 0
    for chunk in read_chunks(file, layout):
        chunks.append(chunk)
        size += int(chunk.memory_usage(index=False).sum())
        TABLE_BYTES.refuse(file, size)
    return pd.concat(chunks) if len(chunks) > 1 else chunks[0]


def read_chunks(
    file: Path, layout: Layout = USUAL, rows: int = CHUNK_ROWS
) -> Iterator[pd.DataFrame]:
    """The same in tables of at most `rows` rows, one at the least; holds one of them at a time."""
    reader = READERS.get(file.suffix.lower())
    if reader is None:
        raise InputError(
            f"{file}: files of type {file.suffix or '(none)'} cannot be read.",
            f"Deliver one of {', '.join(READERS)}.",
        )
    if not file.is_file():
        raise InputError(f"{file}: there is no such file.", "Deliver it, or correct its path.")
    yield from reader(file, layout, rows)
