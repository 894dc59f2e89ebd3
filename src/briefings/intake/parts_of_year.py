"""Quarters and half-years of the calendar: 2024-Q3, Quý III/2024, H1 2024, 2H2024, S2-2024."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

YEAR = "(?P<year>[0-9]{4})"
ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}


@dataclass(frozen=True)
class PartOfYear:
    """How many months it has, the pattern of its name, and that of its number."""

    months: int
    name: str
    number: str

    @property
    def ways(self) -> tuple[str, ...]:
        """The patterns of the ways in which it is written: 2024-Q3, Q3 2024, 3Q 2024."""
        name, number = f"(?:{self.name})", f"(?P<number>{self.number})"
        return (
            f"(?i)^{YEAR}[ -]?{name}{number}$",
            f"(?i)^{name}{number}[ ,/-]{{1,2}}{YEAR}$",
            f"(?i)^{number}{name}[ ,/-]{{0,2}}{YEAR}$",
        )


PARTS = {
    "quarter": PartOfYear(3, "Q|Quý |Quarter ", "[1-4]|IV|I{1,3}"),
    "half-year": PartOfYear(6, "H|S|Semestre |Semester ", "[12]"),
}


def first_days(text: pd.Series, word: str) -> pd.Series:
    """The first day of each as ISO 8601 writes it; it has no clock, and so no zone."""
    part = PARTS[word]
    found = text.str.extract(part.ways[0])
    for way in part.ways[1:]:
        found = found.fillna(text.str.extract(way))
    numbers = pd.to_numeric(found["number"].str.lower().replace(ROMAN), errors="coerce")
    months = ((numbers - 1) * part.months + 1).astype("Int64").astype("str")
    return found["year"] + "-" + months.str.zfill(2) + "-01"
