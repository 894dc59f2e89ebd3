"""How much a raw file may ask of the machine. Every limit is our own convention.

An office that really needs more sets the variable that the message names.
"""

from __future__ import annotations

import os
from dataclasses import dataclass

from briefings.errors import InputError, SettingsError

MEBIBYTE = 1 << 20
# Of one chunk, whatever its number of rows: some hundred megabytes while it is worked on.
CHUNK_CELLS = 2_000_000
CHUNK_CHARACTERS = 64 * MEBIBYTE
GIBIBYTE = 1 << 30


@dataclass(frozen=True)
class Limit:
    """A bound with the environment variable that overrides it, and what it counts."""

    variable: str
    usual: int
    counts: str

    @property
    def value(self) -> int:
        """The bound that holds now; SettingsError where the variable is no whole number."""
        text = os.environ.get(self.variable, "")
        if not text:
            return self.usual
        if not (text.isascii() and text.isdigit() and int(text[:18]) > 0):
            raise SettingsError(f"{self.variable} is {text!r}.", "It must be a whole number.")
        return int(text[:18])

    def refuse(self, place: object, found: int) -> None:
        """Raise InputError where more was found than is allowed."""
        if found > self.value:
            raise InputError(
                f"{place}: more than {self.value:,} {self.counts}.",
                f"A usual export has far less. If it is right, set {self.variable} higher.",
            )


# A country has 150 million dossiers a year. A Parquet file of some kilobytes may claim any number.
TABLE_ROWS = Limit("BRIEFINGS_MAX_TABLE_ROWS", 200_000_000, "rows")
# 50,000 rows of 20,000 characters each.
CHUNK_BYTES = Limit("BRIEFINGS_MAX_CHUNK_BYTES", GIBIBYTE, "bytes of text in one chunk of a column")
# A long table that is made wide: ten million rows of six short texts.
SPREAD_BYTES = Limit("BRIEFINGS_MAX_SPREAD_BYTES", GIBIBYTE, "bytes in a table that is spread")
# A workbook of a million rows by 30 columns expands to about 2 GB.
EXPANDED_BYTES = Limit("BRIEFINGS_MAX_EXPANDED_BYTES", 4 * GIBIBYTE, "bytes after unpacking")
# Real sheets shrink to a tenth, very uniform ones to a hundredth; deflate itself ends at 1,032.
EXPANSION = Limit("BRIEFINGS_MAX_EXPANSION", 200, "times its packed size after unpacking")
# What the cells of a sheet say, each time they say it; a workbook keeps a repeated text once.
SHEET_CHARACTERS = Limit("BRIEFINGS_MAX_SHEET_CHARACTERS", 2 * GIBIBYTE, "characters in one sheet")
# All the texts that the cells of a workbook share are held at once.
SHARED_TEXT_BYTES = Limit("BRIEFINGS_MAX_SHARED_TEXT_BYTES", GIBIBYTE, "bytes of shared texts")
# The widest export known to us has under 200 columns.
COLUMNS = Limit("BRIEFINGS_MAX_COLUMNS", 2_000, "columns")
# A sheet of Excel ends at 1,048,576 rows.
SHEET_ROWS = Limit("BRIEFINGS_MAX_SHEET_ROWS", 1_048_576, "rows in one sheet")
# A million rows by 50 columns.
SHEET_CELLS = Limit("BRIEFINGS_MAX_SHEET_CELLS", 50_000_000, "cells in one sheet")
# Excel ends at 32,767, the csv module of Python at 131,072.
CELL_CHARACTERS = Limit("BRIEFINGS_MAX_CELL_CHARACTERS", 131_072, "characters in one cell")
# A heading is a name. A longer one means that the wrong row was taken for it.
HEADING_CHARACTERS = Limit("BRIEFINGS_MAX_HEADING_CHARACTERS", 1_000, "characters in one heading")
# A row of the widest allowed table at 2,000 characters a cell.
LINE_CHARACTERS = Limit(
    "BRIEFINGS_MAX_LINE_CHARACTERS", 4_000_000, "characters in one line or JSON object"
)
# A cell with that many line breaks is rather a quote that nobody closed.
LINES_PER_ROW = Limit("BRIEFINGS_MAX_LINES_PER_ROW", 10_000, "lines in one row")


def rows_at_once(rows: int, columns: int) -> int:
    """So many of `rows` that they are no more than CHUNK_CELLS; one at the least."""
    return max(1, min(rows, CHUNK_CELLS // max(columns, 1)))
