"""The rows behind the measures: procedures, overdue dossiers, decisions and their publication."""

from __future__ import annotations

from datetime import date

import ibis
import ibis.expr.types as ir

from briefings.facts.overdue import AGE_BANDS
from briefings.periods import Window
from briefings.rows import rows_of
from briefings.statistics.tables import accepted, fetch


def processed_by_procedure(dossiers: ir.Table, procedures: ir.Table, window: Window) -> ir.Table:
    """Dossiers processed in a window that have a due date.

    Grain: unit × procedure. Columns: unit, procedure_code, name_vi, name_en, processed, on_time.
    """
    d = accepted(dossiers)
    d = d.filter(
        d.finished_at.date() >= window.start, d.finished_at.date() <= window.end, d.due_at.notnull()
    )
    on_time = d.finished_at.date() <= d.due_at.date()
    by_procedure = d.group_by(["unit", "procedure_code"]).aggregate(
        processed=d.count(), on_time=d.count(where=on_time)
    )
    return _named(by_procedure, procedures)


def overdue_by_age(dossiers: ir.Table, procedures: ir.Table, window: Window) -> ir.Table:
    """Dossiers open and past their due date at the end of a window.

    Grain: unit × procedure × age band. Columns: unit, procedure_code, name_vi, name_en, band
    (0 is the youngest, see AGE_BANDS), dossiers, oldest_days (calendar days past due).
    """
    d = overdue_dossiers(dossiers, window)
    end = ibis.literal(window.end)
    d = d.select("unit", "procedure_code", days=end.delta(d.due_at.date(), unit="day"))
    band = ibis.cases(
        *((d.days <= last, number) for number, last in enumerate(AGE_BANDS)), else_=len(AGE_BANDS)
    )
    d = d.mutate(band=band)
    grouped = d.group_by(["unit", "procedure_code", "band"]).aggregate(
        dossiers=d.count(), oldest_days=d.days.max()
    )
    return _named(grouped, procedures)


def overdue_dossiers(dossiers: ir.Table, window: Window) -> ir.Table:
    """Dossiers open and past their due date at the end of a window, oldest first.

    Grain: one dossier, the contract's columns.
    """
    d = accepted(dossiers)
    return d.filter(
        d.received_at.date() <= window.end,
        d.finished_at.isnull() | (d.finished_at.date() > window.end),
        d.due_at.date() <= window.end,
    ).order_by(["due_at", "dossier_code"])


def latest_event(dossiers: ir.Table, window: Window) -> date | None:
    """The last day, not after a window, on which a dossier was received or finished."""
    moments = (dossiers.received_at.date(), dossiers.finished_at.date())
    latest = dossiers.aggregate(
        [day.max(where=day <= window.end).name(f"day_{n}") for n, day in enumerate(moments)]
    )
    days = [day for day in rows_of(fetch(latest))[0].values() if day is not None]
    return max(days, default=None)


def received_dossiers(dossiers: ir.Table, window: Window) -> ir.Table:
    """Dossiers received in a window, newest first. Grain: one dossier, the contract's columns."""
    d = accepted(dossiers)
    return d.filter(
        d.received_at.date() >= window.start, d.received_at.date() <= window.end
    ).order_by([ibis.desc("received_at"), "dossier_code"])


def unsynced_dossiers(dossiers: ir.Table, portal: ir.Table, window: Window) -> ir.Table:
    """Dossiers received in a window that the national portal lacks at its end, oldest first.

    An anti-join, so the list exists and not only the rate. Grain: one dossier.
    """
    present = portal.filter(portal.synced_at.date() <= window.end)
    return (
        received_dossiers(dossiers, window)
        .anti_join(present, "dossier_code")
        .order_by(["received_at", "dossier_code"])
    )


def decisions_in(decisions: ir.Table, changes: ir.Table, window: Window) -> ir.Table:
    """Decisions issued in a window and what they changed.

    Grain: one decision. Columns: decision_no, issued, unit, title, new, amended, abolished.
    """
    d = decisions.select(
        "decision_no", "title", unit=decisions.submitted_by, issued=decisions.issued_on.date()
    )
    d = d.filter(d.issued >= window.start, d.issued <= window.end)
    counts = changes.group_by("decision_no").aggregate(
        new=changes.count(where=changes.change == "new"),
        amended=changes.count(where=changes.change == "amended"),
        abolished=changes.count(where=changes.change == "abolished"),
    )
    joined = d.left_join(counts, "decision_no")
    return joined.select(
        "decision_no", "issued", "unit", "title",
        **{name: joined[name].fill_null(0) for name in ("new", "amended", "abolished")},
    ).order_by(["issued", "decision_no"])  # fmt: skip


def published_late(changes: ir.Table, window: Window) -> ir.Table:
    """Decisions due for publication in a window and published late, or still missing at its end.

    `changes` is the table of changes_with_dates. Grain: one decision. Columns: decision_no,
    issued, unit, publish_by, procedures (late or missing), missing, last_published.
    """
    due = changes.filter(changes.publish_by >= window.start, changes.publish_by <= window.end)
    t = due.mutate(published=(due.published <= window.end).ifelse(due.published, ibis.null("date")))
    late = t.filter(t.published.isnull() | (t.published > t.publish_by))
    return (
        late.group_by(["decision_no", "issued", "unit", "publish_by"])
        .aggregate(
            procedures=late.count(),
            missing=late.count(where=late.published.isnull()),
            last_published=late.published.max(),
        )
        .order_by(["issued", "decision_no"])
    )


def _named(table: ir.Table, procedures: ir.Table) -> ir.Table:
    names = procedures.select("procedure_code", "name_vi", "name_en")
    return table.left_join(names, "procedure_code")[[*table.columns, "name_vi", "name_en"]]
