"""One JSON object as cells: objects in it are taken apart, lists stay JSON text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any

from briefings.errors import InputError
from briefings.intake.readers.headings import BETWEEN
from briefings.intake.readers.limits import CELL_CHARACTERS, COLUMNS
from briefings.intake.readers.numbers import plain_number

SURROGATE = re.compile("[\ud800-\udfff]")
HALF_CHARACTER = "half of a surrogate pair, which is no character"


def object_cells(found: object) -> dict[str, Any]:
    """The cells of a decoded object by their headings; UnusableJsonError where it is none."""
    if not isinstance(found, dict):
        raise UnusableJsonError("no object")
    # One beyond the limit is enough for a refusal.
    leaves = islice(_leaves(found), COLUMNS.value + 1)
    return _unique([(BETWEEN.join(keys), _cell(value)) for keys, value in leaves])


def refuse_long_cells(place: str, cells: dict[str, Any]) -> None:
    """Raise InputError where a heading or a text is longer than a cell may be."""
    for cell in (*cells, *cells.values()):
        if isinstance(cell, str):
            CELL_CHARACTERS.refuse(place, len(cell))


@contextmanager
def refusing(place: str, advice: str) -> Iterator[None]:
    """Say of JSON that cannot be used where it stands and why, and nothing of what it holds."""
    try:
        yield
    except (ValueError, RecursionError) as error:
        raise InputError(f"{place}: {_reason(error)}.", advice) from error


class UnusableJsonError(ValueError):
    """JSON that has no single meaning."""


def _reason(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "nested too deep"
    return str(error) if isinstance(error, UnusableJsonError) else "no JSON"


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise UnusableJsonError("a key occurs twice")
    return found


def _number(text: str) -> int | float:
    number = plain_number(text)
    if number is None:
        raise UnusableJsonError("a number beyond all bounds")
    return number if text.lstrip("-").isdigit() else float(number)


def _refuse_constant(name: str) -> None:
    raise UnusableJsonError(f"{name} is no JSON")


DECODER = json.JSONDecoder(
    object_pairs_hook=_unique,
    parse_constant=_refuse_constant,
    parse_int=_number,
    parse_float=_number,
)


def _leaves(found: dict[str, Any]) -> Iterator[tuple[tuple[str, ...], Any]]:
    """The values of an object and of all objects in it, each with the keys that lead to it."""
    for key, value in found.items():
        if not _is_text(key):
            raise UnusableJsonError(HALF_CHARACTER)
        if isinstance(value, dict) and value:
            yield from (((key, *keys), leaf) for keys, leaf in _leaves(value))
        else:
            yield (key,), value


def _cell(value: Any) -> Any:
    """A value as a cell: lists as JSON text."""
    cell = json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value
    if isinstance(cell, str) and not _is_text(cell):
        raise UnusableJsonError(HALF_CHARACTER)
    return cell


def _is_text(text: str) -> bool:
    """Whether no half of a surrogate pair stands alone."""
    return text.isascii() or not SURROGATE.search(text)
