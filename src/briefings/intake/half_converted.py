"""Days that a spreadsheet of another country has half taken for dates, with day and month swapped.

Opened in the United States, 11/03/2025 becomes a date in November, and 13/03/2025 stays text.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd

from briefings.errors import InputError
from briefings.intake.written_dates import DateReading, read_moments

# From so many cells of either kind on it is no chance. Our own convention.
LEAST_CELLS = 3
MONTHS = 12


class HalfConverted:
    """The cells of one column: how many are dates or texts, of days up to the twelfth or later."""

    def __init__(self) -> None:
        self._days = {"dates": [0, 0], "texts": [0, 0]}

    def add(self, cells: pd.Series, reading: DateReading) -> None:
        """The next cells; only a column of both kinds is looked at."""
        if cells.dtype != object:
            return
        dates = cells[cells.map(lambda cell: isinstance(cell, date))]
        texts = cells[cells.map(lambda cell: isinstance(cell, str))]
        self._count("dates", dates.map(lambda cell: cell.day))
        if len(dates):
            self._count("texts", read_moments(texts, reading).dt.day.dropna())

    def refuse(self, file: Path, heading: str) -> None:
        """InputError where all dates are of days that are months as well, and no text is."""
        (early, late), (early_text, late_text) = self._days["dates"], self._days["texts"]
        if min(early, late_text) >= LEAST_CELLS and not late and not early_text:
            raise InputError(
                f"{file}: column {heading!r}: the cells that are dates have days up to the 12th "
                "only, those that are texts later ones only: a spreadsheet took day for month.",
                "Export it again as text or CSV, or open it where days are written as in the file.",
            )

    def _count(self, kind: str, days: pd.Series) -> None:
        late = int((days > MONTHS).sum())
        self._days[kind][0] += len(days) - late
        self._days[kind][1] += late
