"""Published figures beside computed ones, with a verdict for each; nothing is bent to fit."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Annotated, TypeAlias

from pydantic import StringConstraints

from briefings.facts.published import Comparison, Published, Relation
from briefings.periods import Month, Regime
from briefings.reference_file import Number, read_reference
from briefings.statistics.observations import Observations

MonthName: TypeAlias = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}$")]


@dataclass(frozen=True)
class PublishedRow:
    """One figure that somebody printed, for a span of calendar months and one unit."""

    id: str
    period_from: MonthName
    period_to: MonthName
    unit: str
    kpi: str
    relation: Relation
    value: Number
    upper: Number | None
    decimals: int
    source: str
    note: str | None

    @property
    def published(self) -> Published:
        """The figure."""
        return Published(
            kpi=self.kpi,
            relation=self.relation,
            value=Fraction(self.value),
            upper=None if self.upper is None else Fraction(self.upper),
            decimals=self.decimals,
            source=self.source,
        )


def load_published(file: Path | None) -> list[PublishedRow]:
    """What a project has on record as published: nothing without a file."""
    return read_reference(file, PublishedRow, unique="id") if file else []


def compare(
    file: Path | None, observations: Observations, regime: Regime, month: Month, root: str
) -> tuple[Comparison, ...]:
    """The published figures for the year to date of a month, each with the computed one."""
    window = regime.year_to_date(month)
    same_days = window == Regime().year_to_date(month)
    span = (str(Month(month.year, 1)), str(month))
    return tuple(
        Comparison(row.published, observations.get(row.kpi, window.name, root), same_days)
        for row in load_published(file)
        if row.unit == root and (row.period_from, row.period_to) == span
    )
