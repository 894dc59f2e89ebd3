"""Parquet: columns with their types, read in batches."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pyarrow.types as types

from briefings.errors import InputError
from briefings.intake.detectors import mask_strictly
from briefings.intake.layout import Layout
from briefings.intake.readers.cells import Cleaning
from briefings.intake.readers.headings import BETWEEN, one_line, refuse_old_font, refuse_unusable
from briefings.intake.readers.limits import (
    CELL_CHARACTERS,
    CHUNK_BYTES,
    COLUMNS,
    TABLE_ROWS,
    rows_at_once,
)

FIRST_DATA_ROW = 2  # as if the headings stood in row 1
TEXT_KINDS = (types.is_string, types.is_large_string, types.is_binary, types.is_large_binary)
BY_DICTIONARY = {"PLAIN_DICTIONARY", "RLE_DICTIONARY"}


def read_parquet(file: Path, layout: Layout, rows: int) -> Iterator[pd.DataFrame]:
    """The table of a Parquet file in chunks.

    Dictionaries are resolved, bytes are read as UTF-8, whole decimals are integers, structs are
    taken apart, lists and maps become JSON text, times keep their zone. InputError where the file
    is damaged.
    """
    try:
        with pq.ParquetFile(file) as source:
            _refuse_too_large(file, source)
            repeated = _repeated_texts(source)
        with pq.ParquetFile(file, read_dictionary=repeated) as source:
            yield from _tables(file, source, Cleaning(layout.empty), rows)
    except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise InputError(
            f"{file}: not a readable Parquet file: {reason}.", "Export it again."
        ) from error


def _tables(
    file: Path, source: pq.ParquetFile, clean: Cleaning, rows: int
) -> Iterator[pd.DataFrame]:
    empty = pa.RecordBatch.from_pylist([], schema=source.schema_arrow)
    names = [one_line(name) for name, _ in _leaves(empty)]
    if not names:
        raise InputError(f"{file}: the file is empty.", "It needs columns.")
    refuse_unusable(file, names)
    refuse_old_font(file, names)
    row = FIRST_DATA_ROW
    for batch in source.iter_batches(rows_at_once(rows, len(names))):
        yield _table(file, batch, names, clean, row)
        row += len(batch)
    if row == FIRST_DATA_ROW:
        yield _table(file, empty, names, clean, row)


def _leaves(parts: pa.RecordBatch | pa.StructArray) -> Iterator[tuple[str, pa.Array]]:
    """The columns, a struct as one for each of its fields; named as objects in JSON lines are."""
    fields = parts.schema if isinstance(parts, pa.RecordBatch) else parts.type
    columns = parts.columns if isinstance(parts, pa.RecordBatch) else parts.flatten()
    for field, cells in zip(fields, columns, strict=True):
        if types.is_struct(field.type):
            inner = _leaves(cells)
            yield from ((BETWEEN.join((field.name, name)), leaf) for name, leaf in inner)
        else:
            yield field.name, cells


def _refuse_too_large(file: Path, source: pq.ParquetFile) -> None:
    about = source.metadata
    COLUMNS.refuse(file, about.num_columns)
    TABLE_ROWS.refuse(file, about.num_rows)


def _repeated_texts(source: pq.ParquetFile) -> list[str]:
    """The text columns that keep every value once: they are measured before they are multiplied."""
    about, found = source.metadata, set()
    for group in range(about.num_row_groups):
        for number in range(about.num_columns):
            column = about.row_group(group).column(number)
            if column.physical_type == "BYTE_ARRAY" and BY_DICTIONARY & set(column.encodings):
                found.add(column.path_in_schema)
    names = [field.name for field in source.schema_arrow if _is_text(field.type)]
    return [name for name in names if name in found]


def _is_text(kind: pa.DataType) -> bool:
    return any(is_kind(kind) for is_kind in TEXT_KINDS)


def _table(
    file: Path, batch: pa.RecordBatch, names: list[str], clean: Cleaning, first: int
) -> pd.DataFrame:
    index = pd.RangeIndex(first, first + batch.num_rows)
    columns = {}
    for name, (_, cells) in zip(names, _leaves(batch), strict=True):
        columns[name] = _column(
            _resolved(f"{file}: column {mask_strictly(name)!r}", cells), clean, index
        )
    return pd.DataFrame(columns, index=index, columns=names)


def _resolved(place: str, cells: pa.Array) -> pa.Array:
    """The cells without dictionary or extension, bytes as text; too long ones are refused."""
    if isinstance(cells, pa.ExtensionArray):
        cells = cells.storage
    texts = cells.dictionary if types.is_dictionary(cells.type) else cells
    if _is_text(texts.type):
        lengths = pc.binary_length(texts)
        CELL_CHARACTERS.refuse(place, pc.max(lengths).as_py() or 0)
        if texts is not cells:
            lengths = lengths.take(cells.indices)
        CHUNK_BYTES.refuse(place, pc.sum(lengths).as_py() or 0)
    if texts is not cells:
        cells = cells.dictionary_decode()
    return cells.cast(pa.large_string()) if _is_text(cells.type) else cells


def _column(cells: pa.Array, clean: Cleaning, index: pd.RangeIndex) -> pd.Series[Any]:
    if types.is_large_string(cells.type):
        return clean.arrow_text(cells, index)
    if types.is_nested(cells.type):
        return clean.objects([_as_json(cell) for cell in cells.to_pylist()], index)
    column = cells.to_pandas(integer_object_nulls=True).set_axis(index)
    return clean.objects(list(column), index) if column.dtype == object else clean.typed(column)


def _as_json(cell: Any) -> str | None:
    return None if cell is None else json.dumps(cell, ensure_ascii=False, default=str)
