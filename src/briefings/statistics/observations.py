"""Observations: what each measure came to, per window and unit, with both of its parts."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

import pandas as pd

from briefings.facts.kpi import Kpi
from briefings.facts.observation import LEAST_KNOWN_SHARE, DataStatus, Observation
from briefings.rows import rows_of
from briefings.statistics.series import Caveats

NO_CAVEATS = Caveats()


class Observations:
    """Every observation of some windows and units, computed from their components when asked.

    `components` is the table of count_components; `root` is the unit that totals all others:
    where the whole organisation lacks an input, no single unit is judged on chance rows of it.
    `caveats` say where components were estimated, and which units did not exist.
    """

    def __init__(
        self,
        components: pd.DataFrame,
        kpis: Iterable[Kpi],
        supplied: Collection[str],
        root: str,
        caveats: Caveats = NO_CAVEATS,
    ) -> None:
        self._rows: dict[tuple[str, str], dict[str, int]] = dict(
            zip(components.index, rows_of(components), strict=True)
        )
        self._kpis = {kpi.id: kpi for kpi in kpis}
        self._supplied = supplied
        self._root = root
        self._caveats = caveats

    def get(self, kpi: str, window: str, unit: str) -> Observation:
        """One observation; a window outside the data, or before the unit, has status `no_data`."""
        row = self._rows.get((window, unit))
        there = not self._caveats.is_absent(window, unit)
        observed = self._observe(kpi, window, unit, row if there else None)
        return self._marked(observed, [unit])

    def together(self, kpi: str, window: str, units: Collection[str], name: str) -> Observation:
        """One observation of some units together, under a name; judged on their sums."""
        rows = [self._rows.get((window, unit)) for unit in units]
        found = [row for row in rows if row is not None]
        row = {part: sum(each[part] for each in found) for part in found[0]} if found else None
        observed = self._observe(kpi, window, name, row if len(found) == len(rows) else None)
        return self._marked(observed, units)

    def _marked(self, observed: Observation, units: Collection[str]) -> Observation:
        if not self.is_estimate(observed.window, units):
            return observed
        return replace(observed, estimate=True)

    def is_estimate(self, window: str, units: Collection[str]) -> bool:
        """Whether what some units did together was estimated; the total never is."""
        return self._root not in units and self._caveats.is_estimate(window, units)

    def has_counts(self, window: str, unit: str) -> bool:
        """Whether anything at all was counted for a unit in a window."""
        return any(self._rows.get((window, unit), {}).values())

    def _observe(self, kpi: str, window: str, unit: str, row: dict[str, int] | None) -> Observation:
        measure = self._kpis[kpi]
        status = self._status(measure, window, row)
        key = (kpi, window, unit, measure.unit_of_measure)
        if status != "measured" or row is None:
            return Observation(*key, None, None, status)
        numerator, denominator = _sum(row, measure.numerator), _sum(row, measure.denominator)
        return Observation(*key, numerator, denominator if measure.kind == "rate" else None, status)

    def covers(self, window: str, unit: str) -> bool:
        """Whether the data reach over the whole window."""
        return (window, unit) in self._rows

    def component(self, names: Iterable[str], window: str, unit: str) -> int:
        """The sum of some components, for tables that print them as they are."""
        return _sum(self._rows[window, unit], names)

    def table(self) -> pd.DataFrame:
        """All observations. Grain: window × unit × kpi; columns numerator, denominator, value
        (a float), status."""
        rows = [self.get(kpi, window, unit) for window, unit in self._rows for kpi in self._kpis]
        return pd.DataFrame(
            {
                "window": [row.window for row in rows],
                "unit": [row.unit for row in rows],
                "kpi": [row.kpi for row in rows],
                "numerator": pd.array([row.numerator for row in rows], dtype="Int64"),
                "denominator": pd.array([row.denominator for row in rows], dtype="Int64"),
                "value": [None if row.value is None else float(row.value) for row in rows],
                "status": [row.status for row in rows],
            }
        )

    def _status(self, kpi: Kpi, window: str, row: dict[str, int] | None) -> DataStatus:
        if kpi.table not in self._supplied:
            return "not_measurable"
        if row is None:
            return "no_data"
        if not all(_is_known(part, kpi) for part in (row, self._rows[window, self._root])):
            return "not_measurable"
        if kpi.kind == "rate" and _sum(row, kpi.denominator) == 0:
            return "no_data"
        return "measured"


def _is_known(row: dict[str, int], kpi: Kpi) -> bool:
    if not kpi.known_of:  # most measures need nothing else; a share of nothing is slow to ask for
        return True
    return _sum(row, kpi.known) >= LEAST_KNOWN_SHARE * _sum(row, kpi.known_of)


def _sum(row: dict[str, int], names: Iterable[str]) -> int:
    return sum(int(row[name]) for name in names)
