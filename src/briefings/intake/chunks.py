"""The chunks of a raw file, as wide as the profile needs them."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from itertools import chain
from pathlib import Path

import pandas as pd

from briefings.intake.layout import FILE_HEADING, ROW_HEADING
from briefings.intake.profiles import TableProfile
from briefings.intake.readers import is_numbered, read_chunks


def chunks_of(file: Path, profile: TableProfile) -> Generator[pd.DataFrame, None, None]:
    """The raw rows of a file in order, one chunk at the least; see `read_chunks`.

    Rows of a sheet may be wider than its headings. Where the profile names such a column by its
    position, and the first chunk has none, the file is read once before to see whether any has.
    A profile that asks for the number of a row or the name of the file gets them as columns.
    """
    yield from (_named(chunk, file, profile) for chunk in _wide_enough(file, profile))


def _wide_enough(file: Path, profile: TableProfile) -> Generator[pd.DataFrame, None, None]:
    chunks = read_chunks(file, profile.layout)
    first = next(chunks)
    if all(head in first.columns for head in profile.mentioned if is_numbered(head)):
        yield from chain([first], chunks)
        return
    columns = _all_columns(file, profile)
    yield from (_widened(chunk, columns) for chunk in chain([first], chunks))


def _named(chunk: pd.DataFrame, file: Path, profile: TableProfile) -> pd.DataFrame:
    names = {ROW_HEADING: chunk.index.astype("str"), FILE_HEADING: file.name}
    asked = [name for name in names if name in profile.mentioned and name not in chunk.columns]
    return chunk.assign(
        **{name: pd.Series(names[name], chunk.index, dtype="str") for name in asked}
    )


def _all_columns(file: Path, profile: TableProfile) -> list[str]:
    chunks = read_chunks(file, profile.layout)
    return list(dict.fromkeys(name for chunk in chunks for name in chunk.columns))


def _widened(chunk: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    nothing = pd.Series(pd.NA, index=chunk.index, dtype="str")
    lacking = [name for name in columns if name not in chunk.columns]
    return chunk.assign(**dict.fromkeys(lacking, nothing))[list(columns)]
