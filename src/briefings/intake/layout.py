"""Where the table lies in a raw file, and how its text is written."""

from __future__ import annotations

import fnmatch
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from briefings.errors import SettingsError

ENCODINGS = (
    "utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp1258", "cp1252", "iso-8859-1", "iso-8859-15",
    "cp1250", "iso-8859-2", "cp1251", "cp1253", "cp1254", "cp1257", "gb18030", "big5",
    "shift_jis", "euc-kr",
)  # fmt: skip
PATTERN_SIGNS = "*?"
FOOTER_BEGINS = "*"
RAGGED = ("refuse", "set_aside")
# The column in which a reader says how many cells a row has that is set aside for their number.
MISFIT = "(misfit)"
# What a profile may take where rows have no name of their own.
ROW_HEADING, FILE_HEADING = "(row)", "(file)"


@dataclass(frozen=True)
class Spread:
    """How a long table becomes a wide one.

    The cells under `names` become headings, those under `values` stand under them. Raw rows that
    are alike under `same` become one row; without any, those alike under all other headings.
    """

    names: str
    values: str
    same: tuple[str, ...] = ()

    @property
    def headings(self) -> tuple[str, ...]:
        """Every heading that it mentions."""
        return (self.names, self.values, *self.same)


@dataclass(frozen=True)
class Layout:
    """How one raw file is laid out; the default is one heading row, then data to the end.

    Rows are counted as a spreadsheet shows them, from 1. `sheet` is the name of a sheet, or a
    pattern with `*` or `?` for several. `header_rows` are joined with " / "; without any, columns
    are named by position. Data run from `first_row` (the row below the headings) to `last_row`,
    or up to the row whose first filled cell reads `footer`; a footer that ends in `*` need only
    begin so. `empty` lists texts that stand for an empty cell.
    A text file with a row of another width than its headings is refused, or with `ragged` the
    row alone is set aside. `turn` is a pattern of headings whose columns become rows, `spread`
    says which cells become headings. `headings` has the name of a column and what other files or
    sheets call it. What does not apply to a format, such as a delimiter in a workbook, is not
    looked at.
    """

    sheet: str | None = None
    header_rows: tuple[int, ...] = (1,)
    first_row: int | None = None
    last_row: int | None = None
    footer: str | None = None
    delimiter: str | None = None
    encoding: str | None = None
    empty: tuple[str, ...] = ()
    ragged: str = RAGGED[0]
    turn: str = ""
    headings: tuple[tuple[str, tuple[str, ...]], ...] = ()
    spread: Spread | None = None

    def __post_init__(self) -> None:
        heads = self.header_rows
        _refuse(list(heads) != sorted(set(heads)), "header_rows", heads, "ascending row numbers")
        _refuse(any(row < 1 for row in heads), "header_rows", heads, "row numbers from 1")
        _refuse(self.first_data_row <= self.last_header_row, "first_row", self.first_row,
                "a row below the headings")  # fmt: skip
        _refuse(self.last_row is not None and self.last_row < self.first_data_row, "last_row",
                self.last_row, "a row at or below the first data row")  # fmt: skip
        _refuse(self.footer in ("", FOOTER_BEGINS), "footer", self.footer, "a text")
        _refuse(self.delimiter is not None and not _can_delimit(self.delimiter), "delimiter",
                self.delimiter, "one character, neither quote nor line break")  # fmt: skip
        _refuse(self.encoding is not None and self.encoding not in ENCODINGS, "encoding",
                self.encoding, f"one of {', '.join(ENCODINGS)}")  # fmt: skip
        _refuse(self.ragged not in RAGGED, "ragged", self.ragged, f"one of {', '.join(RAGGED)}")
        _refuse(bool(self.turn) and self.spread is not None, "turn", self.turn,
                "left out beside `spread`: a table is turned or spread")  # fmt: skip

    @property
    def last_header_row(self) -> int:
        """The lowest row of headings; 0 where there are none."""
        return self.header_rows[-1] if self.header_rows else 0

    @property
    def first_data_row(self) -> int:
        """The row with which data begin."""
        return self.last_header_row + 1 if self.first_row is None else self.first_row

    @property
    def sets_aside_ragged_rows(self) -> bool:
        """Whether a row of another width is set aside, and does not stop the file."""
        return self.ragged == RAGGED[1]

    @property
    def wants_several_sheets(self) -> bool:
        """Whether `sheet` is a pattern."""
        return self.sheet is not None and any(sign in self.sheet for sign in PATTERN_SIGNS)

    def named(self, headings: Sequence[str]) -> list[str]:
        """The headings of a file by the names that the profile has for them."""
        names = {other: name for name, others in self.headings for other in others}
        return [
            names[head] if head in names and names[head] not in headings else head
            for head in headings
        ]

    def wants_sheet(self, name: str) -> bool:
        """Whether a sheet of this name is meant."""
        if self.sheet is None or self.sheet == name:
            return True
        return self.wants_several_sheets and fnmatch.fnmatchcase(name, self.sheet)


def _can_delimit(text: str) -> bool:
    return len(text) == 1 and text not in '"\r\n\0'


def _refuse(wrong: bool, name: str, value: Any, wanted: str) -> None:
    if wrong:
        raise SettingsError(f"The layout's {name} is {value!r}.", f"It must be {wanted}.")
