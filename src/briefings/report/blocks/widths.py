"""The room a printed table needs, judged by what stands in it: widths of columns, lines of rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from math import ceil

from briefings.report.blocks.inline import Inline, to_plain
from briefings.report.blocks.status import Status
from briefings.report.figures import Figure

# Rough widths of Be Vietnam Pro in em; exact ones would need the font file.
NARROW, LETTER, BROAD = 0.3, 0.56, 0.72
PUNCTUATION = " .,:;'!|()/-"
PADDING = 0.9
CHIP_PADDING = 1.0

# A cell this long may as well be broken into lines.
LONGEST_USEFUL_LINE = 40.0


def column_weights(
    headings: Sequence[str], rows: Sequence[Sequence[Inline]], *, capacity: float
) -> tuple[float, ...]:
    """One relative width per column: its longest word, and of the rest of the line a fair share.

    `capacity` is the width of the line in em of the table's type size.
    """
    columns = [[row[column] for row in rows] for column in range(len(headings))]
    needs = [_need(heading, cells) for heading, cells in zip(headings, columns, strict=True)]
    wants = [
        max(need, _want(heading, cells))
        for need, heading, cells in zip(needs, headings, columns, strict=True)
    ]
    wish = sum(wants) - sum(needs)
    granted = min(max((capacity - sum(needs)) / wish, 0.0), 1.0) if wish else 0.0
    return tuple(
        round(need + granted * (want - need), 2) for need, want in zip(needs, wants, strict=True)
    )


def printed_lines(
    rows: Sequence[Sequence[Inline]], weights: Sequence[float], *, capacity: float
) -> Iterator[int]:
    """About how many lines each row takes in columns of these relative widths."""
    widths = [weight / sum(weights) * capacity - PADDING for weight in weights]
    for row in rows:
        yield max(_lines(cell, width) for cell, width in zip(row, widths, strict=True))


def _lines(cell: Inline, width: float) -> int:
    return sum(max(ceil(_ems(line) / width), 1) for line in to_plain(cell).split("\n"))


def _need(heading: str, cells: Sequence[Inline]) -> float:
    return max(map(_longest_word, (heading, *cells))) + PADDING


def _want(heading: str, cells: Sequence[Inline]) -> float:
    longest = max([_ems(heading) / 2, *(_ems(to_plain(cell)) for cell in cells)])
    return min(longest, LONGEST_USEFUL_LINE) + PADDING


def _longest_word(inline: Inline) -> float:
    match inline:
        case str():
            return max(map(_ems, inline.split()), default=0.0)
        case Figure(value=None):
            return _longest_word(inline.text)
        case Figure():
            return _ems(to_plain(inline))
        case Status():
            return _ems(to_plain(inline)) + CHIP_PADDING
        case tuple():
            unbroken = map(_ems, to_plain(inline).replace("\n", " ").split(" "))
            return max([*map(_longest_word, inline), *unbroken])


def _ems(text: str) -> float:
    return sum(map(_em, text))


@cache
def _em(character: str) -> float:
    if character in PUNCTUATION:
        return NARROW
    return BROAD if character.isdigit() or character.isupper() or character == "%" else LETTER
