"""The same data for statisticians: tables to sort, filter and plot, down to the dossier."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import ibis.expr.types as ir
import pandas as pd

from briefings.facts import Facts
from briefings.gathering.counted import Counted, open_month
from briefings.gathering.gather import gather
from briefings.organisation import Unit
from briefings.periods import Month, Window
from briefings.project import Project, current_project
from briefings.statistics.details import overdue_dossiers, received_dossiers, unsynced_dossiers
from briefings.statistics.tables import fetch, of_units

MOST_ROWS = 1_000


def explore(
    month: str, unit: str, language: str = "en", project: Project | None = None
) -> Exploration:
    """The data of a unit and month as pandas tables; ParameterError if one does not exist."""
    counted = open_month(project or current_project(), Month.parse(month))
    return Exploration(counted, counted.organisation.unit(unit), language)


@dataclass(frozen=True)
class Exploration:
    """Tables of one unit in one month; every method returns a new pandas table."""

    counted: Counted
    unit: Unit
    language: str

    @cached_property
    def facts(self) -> Facts:
        """What the briefing of the unit reads."""
        (facts,) = gather(self.counted, [self.unit])
        return facts

    def months(self) -> list[Month]:
        """The months with data."""
        return list(self.counted.snapshot.months)

    def units(self) -> pd.DataFrame:
        """Grain: unit. Columns: code, name, level, parent."""
        rows = [
            (unit.code, unit.name(self.language), unit.level, unit.parent)
            for unit in self.counted.organisation.units
        ]
        return pd.DataFrame(rows, columns=["code", "name", "level", "parent"])

    def scorecard(self) -> pd.DataFrame:
        """Grain: measure. Columns: kpi, name, actual, target, variance, status, year_to_date."""
        rows = [
            {
                "kpi": row.kpi.id,
                "name": row.kpi.names[self.language],
                "actual": _float(row.period.observation.value),
                "target": _float(row.period.target.value if row.period.target else None),
                "variance": _float(row.period.variance),
                "status": row.period.status,
                "year_to_date": _float(row.year_to_date.observation.value),
            }
            for row in self.facts.scorecard()
        ]
        return pd.DataFrame(rows).set_index("kpi")

    def observations(self) -> pd.DataFrame:
        """Grain: window × unit × kpi, all units; columns numerator, denominator, value, status."""
        return self.counted.observations.table()

    def received(self, rows: int = MOST_ROWS) -> pd.DataFrame:
        """Dossiers received in the period, newest first. Grain: dossier."""
        return self._fetch(received_dossiers(self._dossiers, self._window), rows)

    def overdue(self, rows: int = MOST_ROWS) -> pd.DataFrame:
        """Dossiers open and past their due date at the end of the period, oldest first."""
        return self._fetch(overdue_dossiers(self._dossiers, self._window), rows)

    def unsynchronised(self, rows: int = MOST_ROWS) -> pd.DataFrame:
        """Dossiers received in the period that the national portal lacks at its end."""
        portal = self.counted.tables["portal_dossiers"]
        return self._fetch(unsynced_dossiers(self._dossiers, portal, self._window), rows)

    @property
    def _dossiers(self) -> ir.Table:
        is_root = self.unit == self.counted.organisation.root
        codes = None if is_root else self.counted.codes_of(self.unit)
        return of_units(self.counted.tables["dossiers"], codes)

    @property
    def _window(self) -> Window:
        return self.counted.windows.period

    def _fetch(self, expression: ir.Table, rows: int) -> pd.DataFrame:
        return fetch(expression.limit(rows))


def _float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
