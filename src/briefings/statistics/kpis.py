"""Measures as data: what each KPI divides by what, from the registry file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, TypeAlias

from pydantic import StringConstraints

from briefings.facts.kpi import Kpi, Past
from briefings.project import REPOSITORY
from briefings.reference_file import Flag, read_reference

REGISTRY = REPOSITORY / "data" / "reference" / "kpis.csv"
# Measures that only the service index needs; they stand in no scorecard.
INDEX_MEASURES = REPOSITORY / "data" / "reference" / "index_measures.csv"
ComponentSum: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[a-z_]+(\+[a-z_]+)*$")]


@dataclass(frozen=True)
class KpiRow:
    """One measure of the registry; sums of components are written `a+b`."""

    id: str
    kind: Literal["count", "rate"]
    unit_of_measure: str
    numerator: ComponentSum
    denominator: ComponentSum | None
    table: str
    known: ComponentSum | None
    known_of: ComponentSum | None
    direction: Literal["higher", "lower", "none"]
    scorecard: Flag
    name_vi: str
    name_en: str
    short_vi: str
    short_en: str
    definition_vi: str
    definition_en: str
    source_vi: str
    source_en: str
    past: Past | None = None

    @property
    def kpi(self) -> Kpi:
        """The measure."""
        return Kpi(
            id=self.id,
            kind=self.kind,
            unit_of_measure=self.unit_of_measure,
            numerator=_parts(self.numerator),
            denominator=_parts(self.denominator),
            table=self.table,
            known=_parts(self.known),
            known_of=_parts(self.known_of),
            direction=self.direction,
            scorecard=self.scorecard,
            names={"vi": self.name_vi, "en": self.name_en},
            short_names={"vi": self.short_vi, "en": self.short_en},
            definitions={"vi": self.definition_vi, "en": self.definition_en},
            sources={"vi": self.source_vi, "en": self.source_en},
            past=self.past,
        )


@cache
def load_kpis(file: Path = REGISTRY) -> dict[str, Kpi]:
    """The registry by KPI id, in file order; SettingsError names a faulty cell."""
    return {row.id: row.kpi for row in read_reference(file, KpiRow, unique="id")}


def index_kpis() -> dict[str, Kpi]:
    """Every measure that an indicator of the service index may be made of, by id."""
    return {**load_kpis(), **load_kpis(INDEX_MEASURES)}


def _parts(text: str | None) -> tuple[str, ...]:
    return tuple(text.split("+")) if text else ()
