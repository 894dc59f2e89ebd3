"""Numbered JSON objects as tables under all their keys: what JSON lines and arrays share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pandas as pd

from briefings.errors import InputError
from briefings.intake.layout import Layout
from briefings.intake.readers.cells import Cleaning
from briefings.intake.readers.headings import (
    numbered,
    one_line,
    refuse_old_font,
    refuse_unusable,
)
from briefings.intake.readers.limits import CHUNK_CHARACTERS, COLUMNS, rows_at_once

Objects = Iterator[tuple[int, dict[str, Any]]]


def tables_of_objects(
    file: Path, layout: Layout, rows: int, open_objects: Callable[[Path, Layout], Objects]
) -> Iterator[pd.DataFrame]:
    """The objects of a file in chunks; the index is the number that each comes with.

    Columns are the keys of all objects in the order in which they first occur; a key that an
    object lacks is an empty cell. Two passes: the first one finds the keys. InputError where
    there is none.
    """
    keys: dict[str, None] = {}
    for _, cells in open_objects(file, layout):
        keys.update(dict.fromkeys(cells))
        COLUMNS.refuse(file, len(keys))
    if not keys:
        raise InputError(f"{file}: the file is empty.", "It needs one object with a key.")
    columns = [one_line(key) or numbered([n])[0] for n, key in enumerate(keys, 1)]
    refuse_unusable(file, columns)
    if layout.encoding is None:
        refuse_old_font(file, columns)
    cleaning, objects = Cleaning(layout.empty), open_objects(file, layout)
    while batch := list(_batch(objects, rows_at_once(rows, len(columns)))):
        index = pd.Index([number for number, _ in batch], dtype="int64")
        filled = {
            column: cleaning.objects([cells.get(key) for _, cells in batch], index)
            for column, key in zip(columns, keys, strict=True)
        }
        yield pd.DataFrame(filled, index=index, columns=columns)


def _batch(objects: Objects, rows: int) -> Objects:
    characters = 0
    for number, cells in islice(objects, rows):
        yield number, cells
        characters += sum(len(cell) for cell in cells.values() if isinstance(cell, str))
        if characters > CHUNK_CHARACTERS:
            return
