"""JSON lines: one object per line; objects in it are taken apart, lists stay JSON text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pandas as pd

from briefings.errors import InputError
from briefings.intake.layout import Layout
from briefings.intake.readers.cells import Cleaning
from briefings.intake.readers.encodings import encoding_of, undecodable
from briefings.intake.readers.headings import BETWEEN, one_line, refuse_old_font, refuse_unusable
from briefings.intake.readers.limits import (
    CELL_CHARACTERS,
    CHUNK_CHARACTERS,
    COLUMNS,
    rows_at_once,
)
from briefings.intake.readers.lines import Lines
from briefings.intake.readers.numbers import plain_number

SURROGATE = re.compile("[\ud800-\udfff]")
HALF_CHARACTER = "half of a surrogate pair, which is no character"
NO_OBJECT = 'Every line holds one object, as in {"heading": "value"}.'


def read_json_lines(file: Path, layout: Layout, rows: int) -> Iterator[pd.DataFrame]:
    """The table of a JSON-lines file in chunks; the index is the number of the line.

    Columns are the keys of all lines in the order in which they first occur; a key that a line
    lacks is an empty cell. Two passes: the first one finds the keys. InputError names the line
    that is no object or has a key twice.
    """
    keys: dict[str, None] = {}
    for _, record in _objects(file, layout):
        keys.update(dict.fromkeys(record))
        COLUMNS.refuse(file, len(keys))
    if not keys:
        raise InputError(f"{file}: the file is empty.", "It needs one object per line.")
    columns = [one_line(key) for key in keys]
    refuse_unusable(file, columns)
    if layout.encoding is None:
        refuse_old_font(file, columns)
    cleaning, objects = Cleaning(layout.empty), _objects(file, layout)
    while batch := list(_batch(objects, rows_at_once(rows, len(columns)))):
        index = pd.Index([line for line, _ in batch], dtype="int64")
        cells = {
            column: cleaning.objects([record.get(key) for _, record in batch], index)
            for column, key in zip(columns, keys, strict=True)
        }
        yield pd.DataFrame(cells, index=index, columns=columns)


def _batch(
    objects: Iterator[tuple[int, dict[str, Any]]], rows: int
) -> Iterator[tuple[int, dict[str, Any]]]:
    characters = 0
    for line, record in islice(objects, rows):
        yield line, record
        characters += sum(len(cell) for cell in record.values() if isinstance(cell, str))
        if characters > CHUNK_CHARACTERS:
            return


def _objects(file: Path, layout: Layout) -> Iterator[tuple[int, dict[str, Any]]]:
    with file.open(encoding=encoding_of(file, layout.encoding), newline="\n") as stream:
        lines = Lines(file, stream)
        try:
            for text in lines:
                lines.of_row = 0
                if text.strip():
                    yield lines.number, _object(f"{file}: line {lines.number}", text)
        except UnicodeError as error:
            raise undecodable(file, layout.encoding, lines.number + 1) from error


def _object(place: str, text: str) -> dict[str, Any]:
    try:
        found = json.loads(
            text,
            object_pairs_hook=_unique,
            parse_constant=_refuse_constant,
            parse_int=_number,
            parse_float=_number,
        )
        _refuse_other_than_object(found)
        cells = _unique([(BETWEEN.join(keys), _cell(value)) for keys, value in _leaves(found)])
    except (ValueError, RecursionError) as error:
        reason = str(error) if isinstance(error, _UnusableError) else "no JSON"
        raise InputError(f"{place}: {reason}.", NO_OBJECT) from error
    for cell in (*cells, *cells.values()):
        if isinstance(cell, str):
            CELL_CHARACTERS.refuse(place, len(cell))
    return cells


class _UnusableError(ValueError):
    """JSON that has no single meaning."""


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _UnusableError("a key occurs twice")
    return found


def _number(text: str) -> int | float:
    number = plain_number(text)
    if number is None:
        raise _UnusableError("a number beyond all bounds")
    return number if text.lstrip("-").isdigit() else float(number)


def _refuse_constant(name: str) -> None:
    raise _UnusableError(f"{name} is no JSON")


def _refuse_other_than_object(found: object) -> None:
    if not isinstance(found, dict):
        raise _UnusableError("no object")


def _leaves(found: dict[str, Any]) -> Iterator[tuple[tuple[str, ...], Any]]:
    """The values of an object and of all objects in it, each with the keys that lead to it."""
    for key, value in found.items():
        if not _is_text(key):
            raise _UnusableError(HALF_CHARACTER)
        if isinstance(value, dict) and value:
            yield from (((key, *keys), leaf) for keys, leaf in _leaves(value))
        else:
            yield (key,), value


def _cell(value: Any) -> Any:
    """A value as a cell: lists as JSON text."""
    cell = json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value
    if isinstance(cell, str) and not _is_text(cell):
        raise _UnusableError(HALF_CHARACTER)
    return cell


def _is_text(text: str) -> bool:
    """Whether no half of a surrogate pair stands alone."""
    return text.isascii() or not SURROGATE.search(text)
