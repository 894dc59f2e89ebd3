"""Dossiers that wait: not on the national portal, or open and overdue, by age."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from briefings.facts.accountability import AGE_CLASSES
from briefings.periods import Window
from briefings.statistics.details import overdue_dossiers, unsynced_dossiers


def unsynchronised_by_age(
    dossiers: ir.Table, portal: ir.Table, procedures: ir.Table, window: Window
) -> ir.Table:
    """Dossiers received in a window that the portal lacks at its end, by days since receipt.

    Grain: unit × procedure × age class. Columns: unit, procedure_code, name_vi, name_en, step
    (empty), age (0 is the youngest, see AGE_CLASSES), dossiers, oldest_days.
    """
    d = unsynced_dossiers(dossiers, portal, window)
    return _by_age(
        d.mutate(since=d.received_at.date(), step=ibis.null("int64")), procedures, window
    )


def overdue_by_step(dossiers: ir.Table, procedures: ir.Table, window: Window) -> ir.Table:
    """Dossiers open and overdue at a window's end, by days past the due date and portal status.

    The status is that of the export, which may be later than the window. Grain: unit × procedure
    × step × age class, columns as unsynchronised_by_age.
    """
    d = overdue_dossiers(dossiers, window)
    d = d.mutate(since=d.due_at.date(), step=d.status.cast("int64"))
    return _by_age(d, procedures, window)


def _by_age(d: ir.Table, procedures: ir.Table, window: Window) -> ir.Table:
    end = ibis.literal(window.end)
    days = d.select("unit", "procedure_code", "step", days=end.delta(d.since, unit="day"))
    age = ibis.cases(
        *((days.days <= last, number) for number, last in enumerate(AGE_CLASSES)),
        else_=len(AGE_CLASSES),
    )
    days = days.mutate(age=age)
    grouped = days.group_by(["unit", "procedure_code", "step", "age"]).aggregate(
        dossiers=days.count(), oldest_days=days.days.max()
    )
    names = procedures.select("procedure_code", "name_vi", "name_en")
    return grouped.left_join(names, "procedure_code")[[*grouped.columns, "name_vi", "name_en"]]
