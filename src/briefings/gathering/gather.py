"""The facts of each unit, put together from what was counted."""

from __future__ import annotations

from collections.abc import Iterable

from briefings.facts import About, Facts
from briefings.facts.comparison import AllUnits
from briefings.gathering.accountability import accountability
from briefings.gathering.announcements import announcements
from briefings.gathering.counted import Counted, of_unit, open_month
from briefings.gathering.daily_volumes import daily_volumes
from briefings.gathering.forms import form
from briefings.gathering.funnels import funnels
from briefings.gathering.gates.results import told
from briefings.gathering.indexes import index_of
from briefings.gathering.intervals import rate_intervals
from briefings.gathering.overdue import overdue_groups
from briefings.gathering.procedures import rank_procedures
from briefings.gathering.reorganisations import reorganisations
from briefings.gathering.signals import signals
from briefings.gathering.units import side_by_side, unsynchronised
from briefings.organisation import Unit
from briefings.periods import Month
from briefings.project import Project, current_project
from briefings.statistics.published import compare
from briefings.statistics.scores import scores_of


def gather_facts(month: str, unit: str, project: Project | None = None) -> Facts:
    """The facts of one unit, counted now; ParameterError for anything that does not exist."""
    counted = open_month(project or current_project(), Month.parse(month))
    (facts,) = gather(counted, [counted.organisation.unit(unit)])
    return facts


def gather(counted: Counted, units: Iterable[Unit]) -> tuple[Facts, ...]:
    """The facts of some units, in their order."""
    return tuple(_facts(counted, unit) for unit in units)


def _facts(counted: Counted, unit: Unit) -> Facts:
    root = counted.organisation.root
    return Facts(
        about=about(counted, unit),
        kpis=counted.kpis,
        scores=scores_of(
            counted.observations,
            counted.targets,
            counted.kpis,
            unit,
            compared=counted.windows.compared,
            charted=counted.windows.charted,
        ),
        signals=signals(counted, unit),
        daily_volumes=daily_volumes(counted, unit),
        intervals=rate_intervals(counted, unit),
        form=form(counted, unit),
        announcements=announcements(counted, unit),
        procedures=rank_procedures(of_unit(counted.procedures, unit.code, root.code)),
        overdue=overdue_groups(counted, unit),
        intake=counted.intake,
        gates=told(counted, unit),
        reorganisations=reorganisations(counted, unit),
        accountability=accountability(counted, unit),
        index=index_of(counted, unit),
        all_units=_all_units(counted) if unit == root else None,
    )


def about(counted: Counted, unit: Unit) -> About:
    """Who is reported on, for which period, and what is to be known of the data."""
    project, calendar = counted.project, counted.calendar
    unverified = calendar.unverified if calendar else ()
    return About(
        month=counted.month,
        regime=counted.regime,
        unit=unit,
        root=counted.organisation.root,
        project=project.name,
        synthetic=project.synthetic,
        notes=project.notes,
        supplied=tuple(sorted(counted.snapshot.supplied)),
        first_month=counted.snapshot.months[0],
        data_until=counted.data_until,
        has_calendar=calendar is not None,
        unverified_days=(*unverified, *counted.lunar_years.unverified),
    )


def _all_units(counted: Counted) -> AllUnits:
    published = counted.project.published
    root = counted.organisation.root.code
    return AllUnits(
        side_by_side=side_by_side(counted),
        unsynchronised=unsynchronised(counted),
        funnels=funnels(counted),
        published=compare(published, counted.observations, counted.regime, counted.month, root),
    )
