"""Days that a spreadsheet of another country has half taken for dates, with day and month swapped.

Opened in the United States, 11/03/2025 becomes a date in November, and 13/03/2025 stays text. Saved
as CSV, the dates are written as ISO 8601 does or however that spreadsheet shows them.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd

from briefings.errors import InputError
from briefings.intake.detectors import mask_strictly

# From so many cells of either kind on it is no chance; of the dates one in twenty may have been
# typed in later. Our own conventions.
LEAST_CELLS, SHARE_OF_OTHERS = 3, 0.05
MONTHS = 12
COUNTED = ["early dates", "late dates", "early texts", "late texts"]
ISO = r"^\s*\d{4}-\d{2}-(\d{2})(?!\d)"
NUMBERS = r"^\s*(\d{1,2})[/.-](\d{1,2})[/.-]\d{2,4}(?!\d)"


class HalfConverted:
    """The cells under some headings of a file: dates and texts, of early and of later days.

    A day is early if it could be a month as well.
    """

    def __init__(self, file: Path, headings: frozenset[str]) -> None:
        self._file, self._headings = file, headings
        self._counts = {heading: pd.Series(0, COUNTED) for heading in self._headings}

    def add(self, raw: pd.DataFrame) -> None:
        """The next rows."""
        for heading in self._headings & set(raw.columns):
            self._counts[heading] += _counted(raw[heading].dropna().astype(object))

    def refuse(self) -> None:
        """InputError where dates are of early days and texts of later ones."""
        for heading, found in self._counts.items():
            dates, texts = found["early dates"], found["late texts"]
            others = found["late dates"] <= SHARE_OF_OTHERS * dates and not found["early texts"]
            if min(dates, texts) >= LEAST_CELLS and others:
                raise InputError(
                    f"{self._file}: column {mask_strictly(heading)!r}: the cells that are dates "
                    "have days up to the 12th, those that are texts later ones: a spreadsheet "
                    "took day for month.",
                    "Export it again as text or CSV, or open it where days are written so.",
                )


def _counted(cells: pd.Series) -> pd.Series:
    days = pd.Series([cell.day for cell in cells if isinstance(cell, date)], dtype="int64")
    texts = pd.Series([cell for cell in cells if isinstance(cell, str)], dtype="str")
    days = pd.concat([days, texts.str.extract(ISO)[0].dropna().astype("int64")])
    written = texts.str.extract(NUMBERS).dropna().astype("int64").max(axis="columns")
    late, late_texts = int((days > MONTHS).sum()), int((written > MONTHS).sum())
    return pd.Series([len(days) - late, late, len(written) - late_texts, late_texts], COUNTED)
