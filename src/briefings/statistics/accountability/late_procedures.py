"""Procedures announced too near the day their text takes effect, or published late."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import ibis.expr.types as ir

from briefings.errors import SettingsError
from briefings.periods import Window
from briefings.rows import rows_of
from briefings.statistics.procedures_once import (
    ANNOUNCE_AHEAD_WORKING_DAYS,
    last_day_of_notice,
)
from briefings.statistics.tables import decided_within, fetch, span_of
from briefings.working_days import WorkingCalendar


def announced_late(
    changes: ir.Table,
    decisions: ir.Table,
    procedures: ir.Table,
    window: Window,
    calendar: WorkingCalendar,
) -> list[dict[str, Any]]:
    """Procedures of decisions issued in a window, later than the notice before the text's effect.

    Grain: decision × procedure. Keys: unit, decision_no, procedure_code, name_vi, name_en, due
    (last day in time), done (day of issue), days (working days late). `due` and `days` are None
    where the text took effect before the calendar begins.
    """
    effective = decisions.select("decision_no", effective=decisions.legal_effective_on.date())
    t = changes.join(effective, "decision_no")
    t = t.filter(t.issued >= window.start, t.issued <= window.end, t.effective.notnull())
    found = []
    for row in _named(t, procedures):
        issued, effect = row["issued"], row["effective"]
        if effect <= last_day_of_notice(issued, calendar):
            due = _last_day_to_announce(effect, calendar)
            found.append(_late(row, due, issued, calendar, window))
    return found


def procedures_published_late(
    changes: ir.Table, procedures: ir.Table, window: Window, calendar: WorkingCalendar
) -> list[dict[str, Any]]:
    """Procedures due for publication in a window and published late or missing at its end.

    Grain and keys as announced_late; `done` is None where one of the two systems lacks it, and
    `days` are counted to the window's end.
    """
    t = decided_within(changes, "published", "publish_by", span_of([window]))
    found = []
    for row in _named(t.drop("window", "start", "end"), procedures):
        due, done = row["publish_by"], row["published"]
        shown = done if done and done <= window.end else None
        if due is not None and (shown is None or shown > due):
            found.append(_late(row, due, shown, calendar, window))
    return found


def _last_day_to_announce(effective: date, calendar: WorkingCalendar) -> date | None:
    try:
        return calendar.subtract(effective, ANNOUNCE_AHEAD_WORKING_DAYS)
    except SettingsError:  # long in force, before any calendar
        return None


def _named(t: ir.Table, procedures: ir.Table) -> list[dict[str, Any]]:
    names = procedures.select("procedure_code", "name_vi", "name_en")
    joined = t.left_join(names, "procedure_code")[[*t.columns, "name_vi", "name_en"]]
    return rows_of(fetch(joined.order_by(["issued", "decision_no", "procedure_code"])))


def _late(
    row: dict[str, Any],
    due: date | None,
    done: date | None,
    calendar: WorkingCalendar,
    window: Window,
) -> dict[str, Any]:
    kept = {
        name: row[name] for name in ("unit", "decision_no", "procedure_code", "name_vi", "name_en")
    }
    until = window.end if done is None else done
    days = None if due is None else calendar.count(due + timedelta(days=1), until)
    return {**kept, "due": due, "done": done, "days": days}
