"""Announced procedures: decisions, what they changed, and when that was published."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from briefings.periods import Window
from briefings.statistics.tables import decided_within, fetch, within
from briefings.working_days import WorkingCalendar

PUBLISH_WITHIN_WORKING_DAYS = 5  # after the decision date: index 766, indicator 1.2 (third party)
# No five working days in a row ever took longer, days off at Tết included.
LONGEST_WAIT = timedelta(days=31)
SYSTEMS_TO_PUBLISH_ON = 2  # national database and provincial system


def decision_components(decisions: ir.Table, span: ir.Table) -> ir.Table:
    """Announcement decisions issued. Grain: window × unit that submitted them."""
    d = _by_submitter(decisions).mutate(issued=decisions.issued_on.date())
    t = within(d, "issued", span)
    return t.group_by(["window", "unit"]).aggregate(decisions=t.count())


def changes_with_dates(
    tables: dict[str, ir.Table], windows: Sequence[Window], calendar: WorkingCalendar | None
) -> ir.Table:
    """Announced changes with their dates.

    Grain: decision × procedure. Columns: unit, decision_no, procedure_code, change, issued (day
    of the decision), published (day on which the second of both systems showed it, empty if
    none), publish_by (last day in time; empty for decisions after the windows). Decisions from
    before the calendar are left out where they are too old to be due in any window.
    """
    decisions = _by_submitter(tables["decisions"])
    decisions = decisions.select("unit", "decision_no", issued=decisions.issued_on.date())
    if calendar:
        decisions = _that_can_matter(decisions, windows, calendar)
    in_time = partial(calendar.add, working_days=PUBLISH_WITHIN_WORKING_DAYS) if calendar else None
    publications = tables["publications"]
    both = publications.group_by(["decision_no", "procedure_code"]).aggregate(
        published=publications.published_on.max().date(),
        systems=publications.system.nunique(),
    )
    both = both.filter(both.systems == SYSTEMS_TO_PUBLISH_ON).drop("systems")
    return (
        tables["procedure_changes"]
        .join(decisions, "decision_no")
        .left_join(both, ["decision_no", "procedure_code"])
        .left_join(deadlines(decisions.issued, windows, "publish_by", in_time), "issued")
        .select(
            "unit", "decision_no", "procedure_code", "change", "issued", "published", "publish_by"
        )
    )


def change_components(changes: ir.Table, span: ir.Table) -> ir.Table:
    """Procedures new, amended and abolished by day of issue. Grain: window × unit."""
    t = within(changes, "issued", span)
    return t.group_by(["window", "unit"]).aggregate(
        procedures_new=t.count(where=t.change == "new"),
        procedures_amended=t.count(where=t.change == "amended"),
        procedures_abolished=t.count(where=t.change == "abolished"),
    )


def publication_components(changes: ir.Table, span: ir.Table) -> ir.Table:
    """Announced procedures and their publication. Grain: window × unit.

    A procedure counts once, on its decisive day: the day of publication if that was in time,
    else the deadline.
    """
    t = decided_within(changes, "published", "publish_by", span)
    published = (t.published <= t.end).fill_null(False)
    return t.group_by(["window", "unit"]).aggregate(
        changes_due=t.count(),
        changes_dated=t.count(where=t.publish_by.notnull()),
        changes_published=t.count(where=published),
        changes_published_on_time=t.count(where=published & (t.published <= t.publish_by)),
    )


def _that_can_matter(
    decisions: ir.Table, windows: Sequence[Window], calendar: WorkingCalendar
) -> ir.Table:
    """Decisions that can be due in a window, and all that the calendar knows a deadline of."""
    first = min(window.start for window in windows) - LONGEST_WAIT
    return decisions.filter(
        (decisions.issued >= first) | (decisions.issued.year() >= calendar.first_year)
    )


def _by_submitter(decisions: ir.Table) -> ir.Table:
    return decisions.rename(unit="submitted_by")


def deadlines(
    issued: ir.DateValue,
    windows: Sequence[Window],
    name: str,
    deadline: Callable[[date], date] | None,
) -> ir.Table:
    """The deadline of each day of issue that can matter in a window; empty where none is known.

    Columns: issued, and the deadline under its name.
    """
    last = max(window.end for window in windows)
    days = sorted(day for day in fetch(issued.name("issued").as_table().distinct())["issued"]
                  if day <= last)  # fmt: skip
    columns = {"issued": days, name: [deadline(day) if deadline else None for day in days]}
    return ibis.memtable(
        pa.table({column: pa.array(found, pa.date32()) for column, found in columns.items()})
    )
