"""Everything one briefing reads: a month, a unit and a language, with the data behind them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import ibis.expr.types as ir
import pandas as pd

from briefings.errors import ParameterError
from briefings.intake.snapshot import Snapshot, open_snapshot
from briefings.organisation import Organisation, Unit
from briefings.periods import (
    Month,
    Window,
    month_window,
    months_between,
    require_data,
    year_to_date,
)
from briefings.project import Project, current_project
from briefings.reference import load_calendar, load_organisation
from briefings.statistics.announcements import changes_with_dates
from briefings.statistics.components import count_components
from briefings.statistics.details import latest_event, procedures_on_time
from briefings.statistics.kpis import load_kpis
from briefings.statistics.observations import Observations
from briefings.statistics.scorecard import windows_of
from briefings.statistics.tables import fetch, of_units, open_tables
from briefings.statistics.targets import Targets
from briefings.working_days import WorkingCalendar

TREND_MONTHS = 14


@dataclass(frozen=True)
class Material:
    """The data of one briefing, counted when first asked for."""

    project: Project
    organisation: Organisation
    snapshot: Snapshot
    month: Month
    unit: Unit
    language: str

    @property
    def is_root(self) -> bool:
        """Whether the briefing is about all units together."""
        return self.unit == self.organisation.root

    @property
    def scope(self) -> tuple[str, ...] | None:
        """The unit codes whose rows the briefing counts; None is every unit."""
        return None if self.is_root else (self.unit.code,)

    @property
    def month_window(self) -> Window:
        """The month."""
        return month_window(self.month)

    @property
    def year_to_date(self) -> Window:
        """January up to the month."""
        return year_to_date(self.month)

    @property
    def trend_months(self) -> tuple[Month, ...]:
        """The months of the charts, oldest first; none before the data begin."""
        first = max(self.month - (TREND_MONTHS - 1), self.snapshot.months[0])
        return months_between(first, self.month)

    @cached_property
    def tables(self) -> dict[str, ir.Table]:
        """The snapshot's tables as expressions, all units."""
        return open_tables(self.snapshot)

    @property
    def dossiers(self) -> ir.Table:
        """The dossiers in the unit's scope."""
        return of_units(self.tables["dossiers"], self.scope)

    @cached_property
    def processed_procedures(self) -> pd.DataFrame:
        """The year's processed dossiers by procedure, in the unit's scope."""
        procedures = self.tables["procedures"]
        return fetch(procedures_on_time(self.dossiers, procedures, self.year_to_date))

    @cached_property
    def latest_day(self) -> date | None:
        """The last day up to the month's end on which any dossier was received or finished."""
        return latest_event(self.tables["dossiers"], self.month_window)

    @cached_property
    def changes(self) -> ir.Table:
        """Announced changes with their publication dates, in the unit's scope."""
        windows = [self.month_window, self.year_to_date]
        changes = changes_with_dates(self.tables, windows, self.calendar)
        return of_units(changes, self.scope)

    @cached_property
    def observations(self) -> Observations:
        """Every measure of every unit in the windows of the scorecard and the charts."""
        first = self.snapshot.months[0].first_day
        wanted = {*windows_of(self.month), *map(month_window, self.trend_months)}
        windows = sorted(window for window in wanted if window.start >= first)
        components = count_components(self.tables, windows, self.organisation, self.calendar)
        return Observations(
            components, load_kpis().values(), self.snapshot.supplied, self.organisation.root.code
        )

    @cached_property
    def targets(self) -> Targets:
        """The targets of the project."""
        return Targets(self.project.targets)

    @cached_property
    def calendar(self) -> WorkingCalendar | None:
        """The working-day calendar, if the project has one."""
        return load_calendar(self.project.calendar) if self.project.calendar else None


def check_language(language: str, project: Project) -> None:
    """Refuse a language the project does not publish in."""
    if language not in project.languages:
        raise ParameterError(
            f"LANGUAGE={language!r} is not a language of this project.",
            f"Valid are {', '.join(project.languages)}.",
        )


def open_material(month: str, unit: str, language: str, project: Project | None = None) -> Material:
    """The data of one briefing; ParameterError for anything that does not exist."""
    project = project or current_project()
    check_language(language, project)
    parsed = Month.parse(month)
    snapshot = open_snapshot(project)
    require_data(parsed, snapshot.months)
    organisation = load_organisation(project.units, parsed)
    return Material(
        project=project,
        organisation=organisation,
        snapshot=snapshot.as_of(parsed),
        month=parsed,
        unit=organisation.unit(unit),
        language=language,
    )
