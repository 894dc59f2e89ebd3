"""Days that a spreadsheet of another country has half taken for dates, with day and month swapped.

Opened in the United States, 11/03/2025 becomes a date in November, and 13/03/2025 stays text. Saved
as CSV, the dates are written as ISO 8601 does or however that spreadsheet shows them.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd

from briefings.errors import InputError
from briefings.intake.cells import matching
from briefings.intake.detectors import mask_strictly

# From so many cells of either kind on it is no chance; texts alone say less than dates by type. Of
# either one in twenty may have been typed in later. With so many numbers of early days a column was
# not converted. Our own conventions.
LEAST_TYPED, LEAST_TEXTS, SHARE_OF_OTHERS = 3, 5, 0.05
SETTLED = 1_000
MONTHS = 12
EARLY, LATE = "(?:0?[1-9]|1[0-2])", "(?:1[3-9]|2[0-9]|3[01])"
ENDS = r"(?:\D|$)"
# Texts of a date that needs no order, by its day: 2025-11-03, 20251103, 3-Nov-25, November 3, 2025.
NAMED = (
    r"^[0-9]{{4}}[-/.]?[0-9]{{2}}[-/.]?{day}{ends}"
    r"|^{day}[- ]\pL{{3,9}}[-., ]|^\pL{{3,9}}\.? {day},"
)
# Signs in which such a date ends, also behind a clock.
DATE, WITH_CLOCK = len("September 30, "), len("08:30:00 p. m. 13/03/2025 ")
# Others: 13/03/2025, 08:30 3.13.25. They tell day from month where one of both is late.
NUMBERS = r"(?:^|\s){first}[/.-]{second}[/.-](?:[0-9]{{4}}|[0-9]{{2}}){ends}"
COUNTED = {
    "early texts": NAMED.format(day=EARLY, ends=ENDS),
    "late texts": NAMED.format(day=LATE, ends=ENDS),
    "early numbers": NUMBERS.format(first=EARLY, second=EARLY, ends=ENDS),
    "late numbers": "|".join(
        NUMBERS.format(first=first, second=second, ends=ENDS)
        for first, second in ((LATE, EARLY), (EARLY, LATE))
    ),
}
TYPED = ("early days", "late days")


class HalfConverted:
    """The cells under some headings of a file: dates and texts, of early and of later days.

    A day is early if it could be a month as well.
    """

    def __init__(self, file: Path, headings: frozenset[str]) -> None:
        self._file, self._headings = file, headings
        self._counts = {heading: pd.Series(0, [*TYPED, *COUNTED]) for heading in headings}

    def add(self, raw: pd.DataFrame) -> None:
        """The next rows; a column with numbers of early days is settled, it was not converted."""
        for heading in self._headings & set(raw.columns):
            cells, found = raw[heading], self._counts[heading]
            could_mix = isinstance(cells.dtype, pd.StringDtype) or cells.dtype == object
            if could_mix and found["early numbers"] < SETTLED:
                found += _counted(cells.dropna())

    def refuse(self) -> None:
        """InputError where dates are of early days and numbers of later ones."""
        for heading, found in self._counts.items():
            dates = found["early days"] + found["early texts"]
            late = found["late days"] + found["late texts"]
            least = LEAST_TYPED if found["early days"] else LEAST_TEXTS
            numbers, early = found["late numbers"], found["early numbers"]
            others = late <= SHARE_OF_OTHERS * dates and early <= SHARE_OF_OTHERS * numbers
            if min(dates, numbers) >= least and others:
                raise InputError(
                    f"{self._file}: column {mask_strictly(heading)!r}: the cells that are dates "
                    "have days up to the 12th, those that are numbers between signs later ones: "
                    "a spreadsheet took day for month.",
                    "Export it again as text or CSV, or open it where days are written so.",
                )


def _counted(cells: pd.Series) -> pd.Series:
    is_text = isinstance(cells.dtype, pd.StringDtype)
    days = [] if is_text else [cell.day for cell in cells if isinstance(cell, date)]
    texts = cells if is_text else pd.Series([c for c in cells if isinstance(c, str)], dtype="str")
    late = sum(day > MONTHS for day in days)
    times = _beginnings(texts)
    written = times.index.to_series()
    counts = [int(times[matching(written, pattern)].sum()) for pattern in COUNTED.values()]
    return pd.Series([len(days) - late, late, *counts], [*TYPED, *COUNTED])


def _beginnings(texts: pd.Series) -> pd.Series:
    """How often texts begin in each way, as far as the date reaches: many have one day."""
    clock_first = texts.str.slice(1, 3).str.contains(":", regex=False).any()
    beginnings: pd.Series = texts.str.slice(0, WITH_CLOCK if clock_first else DATE).value_counts()
    return beginnings
