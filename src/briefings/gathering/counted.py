"""Everything that is counted for one month, over all units at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, TypeAlias

import ibis.expr.types as ir
import pandas as pd

from briefings.facts.gate import GateResult
from briefings.facts.intake import Intake
from briefings.facts.kpi import Kpi
from briefings.gathering.accounts import Accounts
from briefings.gathering.gates.results import gate_results
from briefings.gathering.table_rows import table_rows
from briefings.gathering.windows import Windows
from briefings.intake.contracts import CONTRACTS
from briefings.intake.snapshot import Snapshot, open_snapshot
from briefings.lineage import Lineage
from briefings.lineage.reading import load_lineage
from briefings.lineage.succession import Succession
from briefings.organisation import Organisation, Unit
from briefings.periods import Month, Regime, Window, require_data
from briefings.project import Project
from briefings.reference import load_calendar, load_organisation, load_unit_codes
from briefings.rows import rows_of
from briefings.statistics.accountability.replies import Replies
from briefings.statistics.announcements import changes_with_dates
from briefings.statistics.components import count_components
from briefings.statistics.details import (
    decisions_in,
    latest_event,
    overdue_by_age,
    processed_by_procedure,
    published_late,
)
from briefings.statistics.fields import count_fields
from briefings.statistics.index_components import count_index_components
from briefings.statistics.kpis import index_kpis, load_kpis
from briefings.statistics.lunar_year import LunarYears, load_lunar_years
from briefings.statistics.observations import Observations
from briefings.statistics.orphans import payment_orphans, portal_orphans
from briefings.statistics.rebasings import Rebasings
from briefings.statistics.series import read_series
from briefings.statistics.service_index import IndexRules
from briefings.statistics.tables import Tables, fetch, open_tables, superseded_rows
from briefings.statistics.targets import Targets
from briefings.working_days import WorkingCalendar

Row: TypeAlias = dict[str, Any]


@dataclass(frozen=True)
class Counted:
    """One month of a project; each part is queried when first asked for, and then kept.

    Rows are those of all units; their columns are those of the function that counts them, and
    `unit_then`.
    """

    project: Project
    organisation: Organisation
    snapshot: Snapshot
    month: Month

    def count(self) -> None:
        """Count everything now, so that what cannot be counted at all is found before any unit."""
        for name, part in vars(Counted).items():
            if isinstance(part, cached_property):
                getattr(self, name)

    @property
    def windows(self) -> Windows:
        """The windows that are counted."""
        return Windows(self.regime, self.month, self.snapshot.months[0])

    @cached_property
    def tables(self) -> Tables:
        """The snapshot's tables as expressions."""
        return open_tables(self.snapshot, self.project.engine, self.project.overflow)

    @cached_property
    def kpis(self) -> tuple[Kpi, ...]:
        """The registry of measures."""
        return tuple(load_kpis().values())

    @cached_property
    def lineage(self) -> Lineage:
        """What became of the units."""
        return load_lineage(self.project.units, self.project.lineage)

    @cached_property
    def reorganised(self) -> list[tuple[Succession, frozenset[str]]]:
        """What happened to units in the months shown, and which units of today it touches."""
        day = self.windows.period.end
        first = min((window.start for window in self.windows.covered), default=day)
        steps = (each for each in self.lineage.successions if first < each.on <= day)
        return [(each, self.lineage.touched(each, day)) for each in steps]

    @property
    def reading(self) -> Lineage:
        """The lineage that figures are read by: none where each unit is read as it was then."""
        return self.lineage if self.project.series == "as_now" else self.lineage.as_then()

    @cached_property
    def components(self) -> pd.DataFrame:
        """What is counted of every unit in the windows of the scorecard and the charts."""
        return count_components(self.tables, self.windows.covered, self.organisation, self.calendar)

    @cached_property
    def observations(self) -> Observations:
        """Every measure of every unit in those windows."""
        return self._observations(self.components, self.windows.covered, self.kpis)

    @cached_property
    def index_observations(self) -> Observations | None:
        """What the service index is made of, in the year to date if the data cover it.

        None where the project has no rules of the index.
        """
        if self.project.index is None:
            return None
        window = self.windows.year_to_date
        if window not in self.windows.covered:
            return self.observations
        own = count_index_components(self.tables, window, self.organisation, self.calendar)
        components = self.components.loc[[window.name]].join(own)
        return self._observations(components, [window], index_kpis().values())

    def _observations(
        self, components: pd.DataFrame, windows: Sequence[Window], kpis: Iterable[Kpi]
    ) -> Observations:
        day, root = self.windows.period.end, self.organisation.root.code
        read, caveats = read_series(components, windows, self.reading, day, root)
        return Observations(read, kpis, self.snapshot.supplied, root, caveats)

    @cached_property
    def index_rules(self) -> IndexRules:
        """The rules of the service index of the project."""
        return IndexRules(self.project.index)

    @cached_property
    def fields(self) -> pd.DataFrame:
        """The components of dossiers by level and field, in the windows of the form."""
        form = {self.windows.period, self.windows.year_to_date}
        needed = form | {self.windows.before(window) for window in form}
        windows = [window for window in self.windows.covered if window in needed]
        return count_fields(self.tables, windows, self.organisation)

    @cached_property
    def targets(self) -> Targets:
        """The targets of the project."""
        return Targets(self.project.targets, self._unit_codes)

    @cached_property
    def calendar(self) -> WorkingCalendar | None:
        """The working-day calendar, if the project has one."""
        return load_calendar(self.project.calendar) if self.project.calendar else None

    def working_days(self, window: Window) -> int | None:
        """The working days of a window; None where no calendar covers it."""
        if self.calendar is None or not self.calendar.covers(window.start, window.end):
            return None
        return self.calendar.count(window.start, window.end)

    @cached_property
    def lunar_years(self) -> LunarYears:
        """The lunar new years on record."""
        return load_lunar_years(self.project.lunar_new_year)

    @cached_property
    def rebasings(self) -> Rebasings:
        """The recorded reasons to begin a control chart anew."""
        return Rebasings(self.project.baselines, self._unit_codes)

    @cached_property
    def data_until(self) -> date | None:
        """The last day up to the period's end on which any dossier was received or finished."""
        return latest_event(self.tables["dossiers"], self.windows.period)

    @cached_property
    def procedures(self) -> list[Row]:
        """The year's processed dossiers by unit and procedure."""
        dossiers, procedures = self.tables["dossiers"], self.tables["procedures"]
        return self._rows(processed_by_procedure(dossiers, procedures, self.windows.year_to_date))

    @cached_property
    def overdue(self) -> list[Row]:
        """The overdue dossiers of the period's end by unit, procedure and age band."""
        dossiers, procedures = self.tables["dossiers"], self.tables["procedures"]
        return self._rows(overdue_by_age(dossiers, procedures, self.windows.period))

    @cached_property
    def decisions(self) -> list[Row]:
        """The year's announcement decisions."""
        changes, window = self.tables["procedure_changes"], self.windows.year_to_date
        return self._rows(decisions_in(self.tables["decisions"], changes, window))

    @cached_property
    def late(self) -> list[Row]:
        """The decisions published late; none where lateness cannot be judged."""
        if "publications" not in self.snapshot.supplied or self.calendar is None:
            return []
        period, year = self.windows.period, self.windows.year_to_date
        changes = changes_with_dates(self.tables, [period, year], self.calendar)
        return self._rows(published_late(changes, year))

    @cached_property
    def intake(self) -> Intake:
        """What became of the raw rows."""
        supplied = [table for table in CONTRACTS if table in self.snapshot.supplied]
        superseded = superseded_rows(self.snapshot)
        return Intake(
            tables=tuple(
                table_rows(self.snapshot.intake, table, superseded.get(table, 0))
                for table in supplied
            ),
            portal_orphans=portal_orphans(self.tables),
            payment_orphans=payment_orphans(self.tables),
        )

    @cached_property
    def accounts(self) -> Accounts:
        """What the units account for."""
        return Accounts(self)

    @cached_property
    def gates(self) -> tuple[GateResult, ...]:
        """What must hold of the data before anything official is published."""
        return gate_results(self)

    @cached_property
    def replies(self) -> Replies:
        """What offices replied to their entries on the lists."""
        return Replies(self.project.replies, self._unit_codes)

    @property
    def regime(self) -> Regime:
        """How the project cuts time."""
        return self.project.regime

    def codes_of(self, unit: Unit) -> list[str]:
        """The codes whose rows are those of a unit: its own, and of units it took over whole."""
        return [code for code, successor in self._successors.items() if successor == unit.code]

    def _rows(self, expression: ir.Table) -> list[Row]:
        """Rows of the unit that answers for them now; `unit_then` is the one they name."""
        return self.answered_for(rows_of(fetch(expression)))

    def answered_for(self, rows: Iterable[Row]) -> list[Row]:
        """The same for rows that are there already."""
        now = self._successors
        return [row | {"unit": now[row["unit"]], "unit_then": row["unit"]} for row in rows]

    @cached_property
    def _unit_codes(self) -> frozenset[str]:
        return load_unit_codes(self.project.units)

    @cached_property
    def _successors(self) -> dict[str, str]:
        reading, day = self.reading, self.windows.period.end
        return {code: reading.successor(code, day) for code in reading.tenures}


def open_month(project: Project, month: Month) -> Counted:
    """A month of a project, with nothing counted yet; ParameterError where it has no data."""
    return month_of(project, open_snapshot(project), month)


def month_of(project: Project, snapshot: Snapshot, month: Month) -> Counted:
    """The same for whoever has the snapshot and has verified its content."""
    require_data(month, snapshot.months, project.regime)
    organisation = load_organisation(project.units, month, project.regime)
    return Counted(project, organisation, snapshot.as_of(month), month)


def of_unit(rows: Iterable[Row], unit: str, root: str) -> list[Row]:
    """The rows of a unit; the root's are all."""
    return [row for row in rows if unit in (root, row["unit"])]
