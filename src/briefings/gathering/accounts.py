"""What all units account for in one month, counted at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from briefings.facts.accountability import RULES, Judgement, Rule
from briefings.facts.funnel import Standing
from briefings.facts.observation import LEAST_KNOWN_SHARE, Observation
from briefings.facts.service_index import ServiceIndex
from briefings.gathering.indexes import index_of
from briefings.organisation import LEVELS, Unit
from briefings.rows import rows_of
from briefings.statistics.accountability.ages import overdue_by_step, unsynchronised_by_age
from briefings.statistics.accountability.complaints import complaints
from briefings.statistics.accountability.judging import Case, judge
from briefings.statistics.accountability.late_procedures import (
    announced_late,
    procedures_published_late,
)
from briefings.statistics.announcements import changes_with_dates
from briefings.statistics.tables import fetch

if TYPE_CHECKING:
    from briefings.gathering.counted import Counted, Row

# What was late → the measure of the indicator that it costs points in.
INDEX_MEASURES = {"announced": "announced_on_time", "published": "published_once_on_time"}

# Rule → the measure of the year to date whose numerator are the cases that went well.
MEASURES: dict[Rule, str] = {"on_time": "on_time", "sync": "sync"}


@dataclass(frozen=True)
class Accounts:
    """Rows of all units under the unit that answers for them now, and the judgement of each."""

    counted: Counted

    @cached_property
    def late(self) -> list[Row]:
        """Procedures announced and published late in the year, with the keys `act` and `points`.

        The points are what it costs the root in index 766.
        """
        counted, window = self.counted, self.counted.windows.year_to_date
        tables, calendar = counted.tables, counted.calendar
        if calendar is None:
            return []
        procedures = tables["procedures"]
        changes = changes_with_dates(tables, [counted.windows.period, window], calendar)
        announced = announced_late(changes, tables["decisions"], procedures, window, calendar)
        published = (
            procedures_published_late(changes, procedures, window, calendar)
            if "publications" in counted.snapshot.supplied
            else []
        )
        rows = [
            *({**row, "act": "announced"} for row in announced),
            *({**row, "act": "published"} for row in published),
        ]
        index = index_of(counted, counted.organisation.root)
        return counted.answered_for(_costed(rows, index))

    @cached_property
    def unsynchronised(self) -> list[Row]:
        """Dossiers of the year that the national portal lacks; none without its table."""
        tables, window = self.counted.tables, self.counted.windows.year_to_date
        if "portal_dossiers" not in self.counted.snapshot.supplied:
            return []
        found = unsynchronised_by_age(
            tables["dossiers"], tables["portal_dossiers"], tables["procedures"], window
        )
        return self.counted.answered_for(rows_of(fetch(found)))

    @cached_property
    def overdue(self) -> list[Row]:
        """Dossiers open and overdue at the period's end, by portal status."""
        tables, window = self.counted.tables, self.counted.windows.period
        found = overdue_by_step(tables["dossiers"], tables["procedures"], window)
        return self.counted.answered_for(rows_of(fetch(found)))

    @cached_property
    def complaints(self) -> list[Row]:
        """Petitions about delay, harassment and attitude of the year."""
        found = complaints(self.counted.tables["feedback"], self.counted.windows.year_to_date)
        return self.counted.answered_for(rows_of(fetch(found)))

    @cached_property
    def judgements(self) -> dict[Unit, tuple[Judgement, ...]]:
        """Every rule asked of every unit but the root, each level by itself."""
        found: dict[Unit, list[Judgement]] = {}
        for level in LEVELS[1:]:
            units = self.counted.organisation.at_level(level)
            for rule in RULES:
                cases = [self._case(rule, unit) for unit in units]
                for unit, judgement in zip(units, judge(rule, cases), strict=True):
                    found.setdefault(unit, []).append(judgement)
        return {unit: tuple(each) for unit, each in found.items()}

    def _case(self, rule: Rule, unit: Unit) -> Case:
        if rule == "petitions":
            return self._petitions(unit)
        if rule == "open_in_time":
            return self._open_in_time(unit)
        window = self.counted.windows.year_to_date.name
        observed = self.counted.observations.get(MEASURES[rule], window, unit.code)
        return Case(_standing(observed.numerator, observed.denominator), observed.estimate)

    def _open_in_time(self, unit: Unit) -> Case:
        pending, overdue = (self._at_end(kpi, unit) for kpi in ("pending", "pending_overdue"))
        if pending.numerator is None or overdue.numerator is None:
            return Case(None)
        good = pending.numerator - overdue.numerator
        return Case(_standing(good, pending.numerator), pending.estimate or overdue.estimate)

    def _at_end(self, kpi: str, unit: Unit) -> Observation:
        return self.counted.observations.get(kpi, self.counted.windows.period.name, unit.code)

    def _petitions(self, unit: Unit) -> Case:
        windows = self.counted.windows
        own = [row for row in self.complaints if row["unit"] == unit.code]
        if windows.year_to_date not in windows.covered:
            return Case(None)
        if not (_known(own) and _known(self.complaints)):
            return Case(None)
        estimate = self.counted.observations.is_estimate(windows.year_to_date.name, [unit.code])
        petitions = _sum(own, "petitions")
        return Case(_standing(petitions - _sum(own, "badly"), petitions), estimate)


def _costed(rows: list[Row], index: ServiceIndex | None) -> Iterable[Row]:
    """Rows with `points`: a procedure costs once, by its last late decision."""
    last = {(row["act"], row["procedure_code"]): number for number, row in enumerate(rows)}
    costs = {act: _cost(index, measure) for act, measure in INDEX_MEASURES.items()}
    for number, row in enumerate(rows):
        cost = costs[row["act"]]
        counts = last[row["act"], row["procedure_code"]] == number
        yield {**row, "points": cost if counts or cost is None else Fraction(0)}


def _cost(index: ServiceIndex | None, measure: str) -> Fraction | None:
    """What one procedure is worth in the indicator; None where it is not linear or not there."""
    for result in index.results if index else ():
        observed = result.measure
        if observed and observed.kpi == measure and result.indicator.full_at is None:
            return result.indicator.maximum / observed.denominator if observed.denominator else None
    return None


def _standing(numerator: int | None, denominator: int | None) -> Standing | None:
    return Standing(numerator, denominator) if denominator and numerator is not None else None


def _known(rows: list[Row]) -> bool:
    """Whether enough petitions carry a due date to be judged by it."""
    return _sum(rows, "known") >= LEAST_KNOWN_SHARE * _sum(rows, "petitions")


def _sum(rows: list[Row], column: str) -> int:
    return sum(int(row[column]) for row in rows)
