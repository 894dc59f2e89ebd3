"""The same data for statisticians: tables to sort, filter and plot, down to the dossier."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import ibis.expr.types as ir
import pandas as pd

from briefings.periods import Month, Window
from briefings.report.material import Material, open_material
from briefings.report.sections.scorecard import score_rows
from briefings.statistics.details import overdue_dossiers, received_dossiers, unsynced_dossiers
from briefings.statistics.tables import fetch

MOST_ROWS = 1_000


def explore(month: str, unit: str, language: str = "en") -> Exploration:
    """The data of a unit and month as pandas tables; ParameterError if one does not exist."""
    return Exploration(open_material(month, unit, language))


@dataclass(frozen=True)
class Exploration:
    """Tables of one unit in one month; every method returns a new pandas table."""

    material: Material

    def months(self) -> list[Month]:
        """The months with data."""
        return list(self.material.snapshot.months)

    def units(self) -> pd.DataFrame:
        """Grain: unit. Columns: code, name, level, parent."""
        language = self.material.language
        rows = [
            (unit.code, unit.name(language), unit.level, unit.parent)
            for unit in self.material.organisation.units
        ]
        return pd.DataFrame(rows, columns=["code", "name", "level", "parent"])

    def scorecard(self) -> pd.DataFrame:
        """Grain: measure. Columns: kpi, name, actual, target, variance, status, year_to_date."""
        rows = [
            {
                "kpi": row.kpi.id,
                "name": row.kpi.names[self.material.language],
                "actual": _float(row.month.observation.value),
                "target": _float(row.month.target.value if row.month.target else None),
                "variance": _float(row.month.variance),
                "status": row.month.status,
                "year_to_date": _float(row.year_to_date.observation.value),
            }
            for row in score_rows(self.material)
        ]
        return pd.DataFrame(rows).set_index("kpi")

    def observations(self) -> pd.DataFrame:
        """Grain: window × unit × kpi, all units; columns numerator, denominator, value, status."""
        return self.material.observations.table()

    def received(self, rows: int = MOST_ROWS) -> pd.DataFrame:
        """Dossiers received in the month, newest first. Grain: dossier."""
        return self._fetch(received_dossiers(self.material.dossiers, self._window), rows)

    def overdue(self, rows: int = MOST_ROWS) -> pd.DataFrame:
        """Dossiers open and past their due date at the end of the month, oldest first."""
        return self._fetch(overdue_dossiers(self.material.dossiers, self._window), rows)

    def unsynchronised(self, rows: int = MOST_ROWS) -> pd.DataFrame:
        """Dossiers received in the month that the national portal lacks at its end."""
        portal = self.material.tables["portal_dossiers"]
        return self._fetch(unsynced_dossiers(self.material.dossiers, portal, self._window), rows)

    @property
    def _window(self) -> Window:
        return self.material.month_window

    def _fetch(self, expression: ir.Table, rows: int) -> pd.DataFrame:
        return fetch(expression.limit(rows))


def _float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
