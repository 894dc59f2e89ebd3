"""Headings: composed, on one line, joined over several rows, and each one of its own."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import Any

from briefings.errors import InputError
from briefings.intake.detectors import mask_strictly
from briefings.intake.readers.limits import COLUMNS, HEADING_CHARACTERS
from briefings.intake.readers.tcvn3 import ADVICE, IF_NOT, is_tcvn3_text

BETWEEN = " / "
POSITION = re.compile(r"\(column \d+\)")
# Columns that readers add, and of these the one whose cells stand in the file; what is said of
# rows in the quarantine.
OURS = re.compile(r"\((?:misfit|sheet|row|file|heading|value|key|fault)\)")
DELIVERED = "(value)"
SHOWN_CHARACTERS = 60


def one_line(name: object) -> str:
    """A heading as it is compared: NFC, with single spaces."""
    return " ".join(unicodedata.normalize("NFC", str(name)).split())


def folded(name: object) -> str:
    """A text as a marker is looked for: on one line, whatever its capitals."""
    return one_line(name).casefold()


def joined(rows: Sequence[Sequence[Any]], *, spread: bool) -> list[str]:
    """One name per column from one or several heading rows, upper ones first.

    With `spread` a heading of an upper row also stands over the empty cells to its right, which
    is what is left of merged cells in a text file. A name that a column repeats is said once.
    """
    upper, lowest = rows[:-1], rows[-1:]
    levels = [_spread(row) if spread else row for row in upper]
    columns = zip_longest(*levels, *lowest)
    names = [BETWEEN.join(dict.fromkeys(filter(None, map(_text, cells)))) for cells in columns]
    return [name or numbered([n])[0] for n, name in enumerate(names, 1)]


def is_numbered(name: str) -> bool:
    """Whether it is a name for a column that has no heading."""
    return POSITION.fullmatch(name) is not None


def is_delivered(name: str) -> bool:
    """Whether cells stand under it in a file, and are not what a reader says of a row."""
    return name == DELIVERED or OURS.fullmatch(name) is None


def numbered(positions: Iterable[int]) -> list[str]:
    """The names of columns that have no heading."""
    return [f"(column {position})" for position in positions]


def refuse_unusable(place: object, names: Sequence[str], *, ours: bool = False) -> None:
    """Raise InputError where headings are too many, too long or not unique.

    Nor may a file have one of those that readers write, unless they are `ours`.
    """
    COLUMNS.refuse(place, len(names))
    for position, name in enumerate(names, 1):
        HEADING_CHARACTERS.refuse(f"{place}: column {position}", len(name))
    taken = [name for name in names if OURS.fullmatch(name)]
    if taken and not ours:
        raise InputError(
            f"{place}: a heading {taken[0]}, which means something else here.",
            "Give the column another name.",
        )
    doubles = [name for name, count in Counter(names).items() if count > 1]
    if doubles:
        shown = ", ".join(mask_strictly(name)[:SHOWN_CHARACTERS] for name in doubles)
        raise InputError(
            f"{place}: headings occur twice: {shown}.", "Every heading must be unique."
        )


def refuse_old_font(place: object, names: Iterable[str]) -> None:
    """Raise InputError where headings are Vietnamese in TCVN3, kept as the signs of Latin-1."""
    if is_tcvn3_text("\n".join(names)):
        raise InputError(
            f"{place}: headings in an old Vietnamese ABC font (TCVN3).", f"{ADVICE} {IF_NOT}"
        )


def _text(cell: Any) -> str:
    return "" if cell is None else one_line(cell)


def _spread(row: Sequence[Any]) -> list[str]:
    texts, last = [], ""
    for cell in row:
        last = _text(cell) or last
        texts.append(last)
    return texts
