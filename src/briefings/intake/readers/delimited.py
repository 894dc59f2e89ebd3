"""Delimited text (CSV, TSV): its encoding and delimiter found, its rows in order."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pandas as pd

from briefings.errors import InputError
from briefings.intake.layout import Layout
from briefings.intake.readers.delimiters import likely_delimiter, named_delimiter
from briefings.intake.readers.encodings import encoding_of, undecodable
from briefings.intake.readers.limits import CELL_CHARACTERS
from briefings.intake.readers.lines import Lines
from briefings.intake.readers.records import Grid, Record, tables

SNIFFED_CHARACTERS, SNIFFED_LINES = 65_536, 1_000


def read_delimited(file: Path, layout: Layout, rows: int) -> Iterator[pd.DataFrame]:
    """The table of a text file in chunks; all cells are text.

    InputError names the line of bytes that cannot be decoded, of a row of another width than the
    headings, of an unfinished quote and of a zero byte.
    """
    csv.field_size_limit(CELL_CHARACTERS.value)
    encoding = encoding_of(file, layout.encoding)
    with file.open(encoding=encoding, newline="") as stream:
        lines = Lines(file, stream)
        try:
            records = _records(file, lines, layout)
            yield from tables(Grid(file, records, text=lines), layout, rows)
        except UnicodeError as error:
            raise undecodable(file, layout.encoding, lines.number + 1) from error


def _records(file: Path, lines: Lines, layout: Layout) -> Iterator[Record]:
    """The rows; the line in which an export for Excel names its delimiter is none."""
    text = iter(lines)
    head = _head(lines, text)
    named = named_delimiter(head[0]) if head else None
    shown = head[1:] if named else head
    delimiter = layout.delimiter or named or likely_delimiter(shown, layout)
    reader = csv.reader(chain(shown, text), delimiter=delimiter, strict=True)
    hidden = 1 if named else 0
    try:
        for row, cells in enumerate(reader, 1):
            lines.of_row = 0
            yield Record(row, reader.line_num + hidden, cells)
    except csv.Error as error:
        raise InputError(
            f"{file}: not a regular table: {error} (line {reader.line_num + hidden}).",
            "Cells that hold a delimiter, a quote or a line break must stand in quotes, "
            "and quotes in them must be doubled.",
        ) from error


def _head(lines: Lines, text: Iterator[str]) -> list[str]:
    """The lines that tell the delimiter: a few dozen rows, however many lines a cell has."""
    head: list[str] = []
    size = 0
    while size < SNIFFED_CHARACTERS and len(head) < SNIFFED_LINES and (line := next(text, "")):
        lines.of_row = 0  # which rows they make is not known yet
        head.append(line)
        size += len(line)
    return head
