"""Which sign stands between the cells of a text file."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence

from briefings.intake.layout import Layout

CANDIDATES = ",;\t|"
# Excel writes this line itself, obeys it and does not show it.
NAMED = re.compile(r'"?sep=(.)"?\s*', re.I)
ROWS_LOOKED_AT = 20


def named_delimiter(line: str) -> str | None:
    """The delimiter that the first line of an export for Excel names, as in `sep=;`."""
    match = NAMED.fullmatch(line)
    return match[1] if match and match[1] != '"' else None


def likely_delimiter(lines: Sequence[str], layout: Layout) -> str:
    """The sign that cuts the headings into several cells, and best the rows into as many.

    A comma where none does: then the table has one column.
    """
    return max(CANDIDATES, key=lambda sign: _fitness(lines, sign, layout))


def _fitness(lines: Sequence[str], sign: str, layout: Layout) -> tuple[bool, bool, int]:
    try:
        widths = [len(row) for row in csv.reader(lines, delimiter=sign)]
    except csv.Error:
        return False, False, 0
    top = layout.last_header_row or layout.first_data_row
    width = widths[top - 1] if len(widths) >= top else 0
    below = widths[layout.first_data_row - 1 :][:ROWS_LOOKED_AT]
    return width > 1, all(each in (0, width) for each in below), width
