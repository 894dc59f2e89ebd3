"""Announced procedures as index 766 counts them: each once in a window, and late once is late."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

import ibis
import ibis.expr.types as ir

from briefings.periods import Window
from briefings.statistics.announcements import deadlines
from briefings.statistics.tables import decided_within, span_of, within
from briefings.working_days import WorkingCalendar

# A province announces so long before the legal text takes effect: index 766, indicator 1.1, as a
# third party describes it (unverified).
ANNOUNCE_AHEAD_WORKING_DAYS = 5


def announced_once(
    changes: ir.Table,
    decisions: ir.Table,
    window: Window,
    calendar: WorkingCalendar | None,
) -> ir.Table:
    """Procedures announced, those that can be judged, and those announced in time.

    `changes` is the table of changes_with_dates. A procedure is judged where each of its
    decisions names the day on which the legal text takes effect, or one of them was late.
    Grain: window × unit.
    """
    effective = decisions.select("decision_no", effective=decisions.legal_effective_on.date())
    notice = partial(last_day_of_notice, calendar=calendar) if calendar else None
    rows = changes.join(effective, "decision_no").left_join(
        deadlines(changes.issued, [window], "notice_until", notice), "issued"
    )
    t = within(rows, "issued", span_of([window]))
    late = (t.effective <= t.notice_until).fill_null(False)
    once = _once(t, late=late, known=t.effective.notnull() & t.notice_until.notnull())
    judged = once.known | once.late
    return once.group_by(["window", "unit"]).aggregate(
        announced=once.count(),
        announced_judged=once.count(where=judged),
        announced_in_time=once.count(where=judged & ~once.late),
    )


def published_once(changes: ir.Table, span: ir.Table) -> ir.Table:
    """Procedures published or due, and those published in time. Grain: window × unit.

    A change counts in the window of its decisive day, see publication_components.
    """
    t = decided_within(changes, "published", "publish_by", span)
    in_time = ((t.published <= t.end) & (t.published <= t.publish_by)).fill_null(False)
    once = _once(t, late=~in_time, known=ibis.literal(True))
    return once.group_by(["window", "unit"]).aggregate(
        published_or_due=once.count(), published_in_time=once.count(where=~once.late)
    )


def _once(t: ir.Table, *, late: ir.BooleanValue, known: ir.BooleanValue) -> ir.Table:
    """One row per window and procedure; its unit is that of its last late decision, else its last.

    So nobody answers for the delay of another unit, and units still add up to the province.
    """
    rows = t.mutate(late=late, known=known)
    order = rows.late.ifelse("1", "0") + rows.issued.cast("string") + rows.decision_no
    return rows.group_by(["window", "procedure_code"]).aggregate(
        unit=rows.unit.argmax(order), late=rows.late.any(), known=rows.known.all()
    )


def last_day_of_notice(issued: date, calendar: WorkingCalendar) -> date:
    """The last of the days of notice, the day of issue being the first.

    A text that takes effect after it was announced in time. That is the same as a decision not
    later than so many working days before the text takes effect, and asks the calendar only for
    days near the decision, however far away the text is.
    """
    return calendar.add(issued - timedelta(days=1), ANNOUNCE_AHEAD_WORKING_DAYS)
