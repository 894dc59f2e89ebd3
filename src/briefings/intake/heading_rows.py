"""Which rows of a file are its headings, found by what a person sees: titles, words, numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from briefings.errors import InputError
from briefings.intake.cells import cell_text
from briefings.intake.layout import MISFIT, RAGGED, Layout
from briefings.intake.readers import read_chunks
from briefings.intake.readers.headings import is_numbered

HIGHEST_HEADINGS = 12  # rows above the data that a file may begin with
MOST_LEVELS = 3  # rows of headings, one above another
MOST_STARTS = 4  # rows that might be the headings, of which known ones are looked for
PEEKED_ROWS = 50
# Headings fill at least this share of the cells that the fullest of the first rows has, and have
# so many different texts; a title that is merged over all columns is one text. Our own convention.
SHARE_OF_WIDTH = 0.5
LEAST_TEXTS = 3
LETTER = re.compile(r"[^\W\d_]")
COLUMN_NUMBER = re.compile(r"[(\[]?([0-9]{1,3})[)\]]?(?:=.*)?")
LEAST_NUMBERED = 3
DAY = re.compile(
    r"[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{2}|[0-9]{4}[-/][0-9]{1,2}[-/][0-9]"
    r"|(?:19|20)[0-9]{2}[01][0-9][0-3][0-9](?![0-9])|[0-9]{1,2}[- ][A-Za-z]{3,9}[- ][0-9]{2}"
)
# What stands in no heading: a number that is no year, and a code such as H01 or HS-2025/1.
YEAR = r"(?:19|20)[0-9]{2}"
IN_DATA = re.compile(rf"(?!{YEAR}$)[-+]?[0-9]+(?:[.,][0-9]+)*|[^\W\d_]+[-./]?[0-9]{{2,}}\S*")
SHAPES = ((re.compile(r"[^\W\d_]+"), "a"), (re.compile("[0-9]+"), "9"))

Row = tuple[str, ...]


def find_headings(file: Path, layout: Layout, is_known: Callable[[pd.DataFrame], bool]) -> Layout:
    """The layout with the rows of the headings, and the first row of data if it is not the next.

    A file that has only data has none: its columns are named by position, so that no cell is
    taken for a heading and shown. `is_known` says whether the headings of a table are those of a
    contract: then row 1 needs no further look. InputError of row 1 where no row can be read as
    headings.
    """
    usual = _readable(file, layout)
    if usual is not None and is_known(begin(file, usual, PEEKED_ROWS)):
        return usual
    rows = first_rows(file, layout)
    likely = starts(rows)[:MOST_STARTS]
    attempts = (_from_start(file, layout, rows, start) for start in likely)
    known = (each for each in attempts if each and is_known(begin(file, each, PEEKED_ROWS)))
    best = next(known, None) or _by_shape(file, layout, rows, likely[:1]) or usual
    if best is None:
        begin(file, layout, PEEKED_ROWS)  # says what is wrong with it
        raise InputError(f"{file}: no table was found in it.")
    below = best.last_header_row
    if below and below < len(rows) and numbers_columns(rows[below]):
        return replace(best, first_row=below + 2)
    return best


def begin(file: Path, layout: Layout, rows: int) -> pd.DataFrame:
    """The first rows of the data."""
    return next(iter(read_chunks(file, layout, rows)))


def first_rows(file: Path, layout: Layout) -> list[Row]:
    """What fills the first rows; none of a file whose format has its headings by itself.

    Those of a text file are read one by one: a title does not tell the delimiter of the table.
    """
    try:
        table = begin(file, _without_headings(layout, 1), HIGHEST_HEADINGS)
    except InputError:
        table = pd.DataFrame({MISFIT: []})  # a later row may be readable
    if MISFIT not in table:
        bare = all(map(is_numbered, table.columns))
        return [_filled(table, row) for row in range(1, HIGHEST_HEADINGS + 1)] if bare else []
    return [_row_alone(file, layout, row) for row in range(1, HIGHEST_HEADINGS + 1)]


def _without_headings(layout: Layout, row: int) -> Layout:
    return replace(layout, header_rows=(), first_row=row, ragged=RAGGED[1])


def _row_alone(file: Path, layout: Layout, row: int) -> Row:
    try:
        return _filled(begin(file, _without_headings(layout, row), 1), row)
    except InputError:
        return ()


def _filled(table: pd.DataFrame, row: int) -> Row:
    if row not in table.index:
        return ()
    cells = table.drop(columns=MISFIT, errors="ignore").loc[row].dropna()
    return tuple(text for cell in cells if (text := cell_text(cell).strip()))


def starts(rows: Sequence[Row]) -> list[int]:
    """Rows, from 1, that may be headings: full for this table, and words rather than numbers."""
    widths = [_width(row) for row in rows]
    fullest = max(widths, default=0)
    full = [n for n, width in enumerate(widths, 1) if 0 < SHARE_OF_WIDTH * fullest <= width]
    return [number for number in full if is_worded(rows[number - 1])] or full[:1]


def is_worded(row: Row) -> bool:
    """Whether at least half of the cells have a letter."""
    return 2 * sum(LETTER.search(text) is not None for text in row) >= len(row)


def are_data(rows: Sequence[Row]) -> bool:
    """Whether the first row is data, as the next ones are.

    Both have a day of a year, or some figures stand among words or signs in the same way.
    """
    if len(rows) < 2:
        return False
    if all(any(map(DAY.match, row)) for row in rows[:2]):
        return True
    shapes = [tuple(map(_shape, row)) for row in rows[:3] if row]
    return len({len(row) for row in shapes}) == 1 and any(
        len(set(cells)) == 1 and "9" in cells[0] and len(cells[0]) > 1
        for cells in zip(*shapes, strict=True)
    )


def _shape(text: str) -> str:
    """A text with `a` for each word and `9` for each number."""
    for pattern, sign in SHAPES:
        text = pattern.sub(sign, text)
    return text


def numbers_columns(row: Row) -> bool:
    """Whether a row under the headings only counts them: (1), (2), (3), or A, B, 1, 2, 3."""
    found = [COLUMN_NUMBER.fullmatch(text.replace(" ", "")) for text in row]
    numbers = [int(match[1]) for match in found if match]
    others = (text for text, match in zip(row, found, strict=True) if not match)
    counts = numbers == list(range(1, len(numbers) + 1))
    return len(numbers) >= LEAST_NUMBERED and counts and all(len(text) == 1 for text in others)


def _width(row: Row) -> int:
    different = len(set(row))
    return len(row) if different >= LEAST_TEXTS else different


def _by_shape(
    file: Path, layout: Layout, rows: Sequence[Row], first: Sequence[int]
) -> Layout | None:
    """The headings at the first row that may be some, or none where that is a row of data."""
    for start in first:
        if not are_data(rows[start - 1 :]):
            return _from_start(file, layout, rows, start)
        bare = replace(layout, header_rows=(), first_row=start if start > 1 else None)
        return _readable(file, bare)
    return None


def _from_start(file: Path, layout: Layout, rows: Sequence[Row], start: int) -> Layout | None:
    """The fewest rows around a start that together name the columns, each in its own way."""
    for heads in _levels(start, rows):
        found = _readable(file, replace(layout, header_rows=heads))
        if found is not None and _names_most(begin(file, found, 1)):
            return found
    return None


def _levels(start: int, rows: Sequence[Row]) -> Iterator[tuple[int, ...]]:
    for count in range(1, MOST_LEVELS + 1):
        for first in range(start, start - count, -1):
            heads = tuple(range(first, first + count))
            if first >= 1 and heads[-1] <= len(rows) and _are_headings(heads, rows):
                yield heads


def _are_headings(heads: Sequence[int], rows: Sequence[Row]) -> bool:
    """One row alone may be anything; more of them are words, neither a title nor a row of data."""
    several = [rows[number - 1] for number in heads]
    if len(several) == 1:
        return True
    named = all(is_worded(row) and len(set(row)) > 1 for row in several)
    return named and not any(
        DAY.match(text) or IN_DATA.fullmatch(text) for row in several[1:] for text in row
    )


def _names_most(table: pd.DataFrame) -> bool:
    names = [name for name in table.columns if name != MISFIT]
    return 2 * sum(map(is_numbered, names)) <= len(names)


def _readable(file: Path, layout: Layout) -> Layout | None:
    """The layout, with rows of another width set aside if need be; None if it can not be read."""
    for ragged in RAGGED:
        attempt = replace(layout, ragged=ragged)
        try:
            begin(file, attempt, PEEKED_ROWS)
        except InputError:
            continue
        return attempt
    return None
