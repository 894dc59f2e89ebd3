"""Parquet: columns with their types, read in batches."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from briefings.errors import InputError
from briefings.intake.layout import Layout
from briefings.intake.readers.cells import Cleaning
from briefings.intake.readers.headings import one_line, refuse_unusable

FIRST_DATA_ROW = 2  # as if the headings stood in row 1


def read_parquet(file: Path, layout: Layout, rows: int) -> Iterator[pd.DataFrame]:
    """The table of a Parquet file in chunks; InputError where it is damaged."""
    try:
        with pq.ParquetFile(file) as source:
            names = [one_line(name) for name in source.schema_arrow.names]
            if not names:
                raise InputError(f"{file}: the file is empty.", "It needs columns.")
            refuse_unusable(file, names)
            row = FIRST_DATA_ROW
            for batch in source.iter_batches(rows):
                yield _table(batch, names, Cleaning(layout.empty), row)
                row += len(batch)
            if row == FIRST_DATA_ROW:
                empty = source.schema_arrow.empty_table().combine_chunks()
                yield _table(empty, names, Cleaning(layout.empty), row)
    except (pa.ArrowException, OSError) as error:
        raise InputError(
            f"{file}: not a readable Parquet file: {error}.", "Export it again."
        ) from error


def _table(batch: pa.RecordBatch, names: list[str], clean: Cleaning, first: int) -> pd.DataFrame:
    index = pd.RangeIndex(first, first + batch.num_rows)
    columns = [_column(column, clean, index) for column in batch.columns]
    return pd.DataFrame(dict(zip(names, columns, strict=True)), index=index, columns=names)


def _column(cells: pa.Array, clean: Cleaning, index: pd.RangeIndex) -> pd.Series:
    if pa.types.is_string(cells.type) or pa.types.is_large_string(cells.type):
        return clean.arrow_text(cells, index)
    column = cells.to_pandas(integer_object_nulls=True).set_axis(index)
    return clean.objects(list(column), index) if column.dtype == object else column
