"""Countable components per window and unit: the sums that every measure is made of.

Written once as Ibis expressions. Every component is additive over units, so the province is the
sum of its units and a ratio is always a sum divided by a sum.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import ibis
import ibis.expr.types as ir
import pandas as pd

from briefings.errors import SettingsError
from briefings.organisation import Organisation
from briefings.periods import Window
from briefings.statistics.announcements import (
    change_components,
    changes_with_dates,
    decision_components,
    publication_components,
)
from briefings.statistics.tables import accepted, decided_within, fetch, span_of, within
from briefings.working_days import WorkingCalendar

# More requests for supplements than this make a dossier late by index 766, indicator 2.1, as a
# third party describes it (unverified).
MOST_SUPPLEMENTS = 1
ONLINE_METHODS = ("national_portal", "provincial_gateway")


def count_components(
    tables: dict[str, ir.Table],
    windows: Sequence[Window],
    organisation: Organisation,
    calendar: WorkingCalendar | None,
) -> pd.DataFrame:
    """All components of some windows for every unit, former units included.

    Grain: one row per window × unit, index (window, unit), zero where nothing happened; the root
    of the organisation is the sum of all units. SettingsError for rows of a unit that the
    organisation does not know: they would be missing from every table.
    """
    span = span_of(windows)
    changes = changes_with_dates(tables, windows, calendar)
    expressions = (
        dossier_components(tables["dossiers"], tables["portal_dossiers"], span),
        payment_components(tables["payments"], tables["dossiers"], span),
        decision_components(tables["decisions"], span),
        change_components(changes, span),
        publication_components(changes, span),
        feedback_components(tables["feedback"], span),
    )
    return per_unit(expressions, windows, organisation)


def per_unit(
    expressions: Iterable[ir.Table], windows: Sequence[Window], organisation: Organisation
) -> pd.DataFrame:
    """What was counted by window and unit side by side, for every window and unit.

    Index (window, unit), zero where nothing happened; the root is the sum of all units.
    SettingsError as for count_components.
    """
    counted = pd.concat([fetch(each).set_index(["window", "unit"]) for each in expressions], axis=1)
    grid = pd.MultiIndex.from_product(
        [[window.name for window in windows], organisation.codes], names=["window", "unit"]
    )
    _refuse_strangers(counted, organisation)
    return _with_root(counted.reindex(grid).fillna(0).astype("int64"), organisation.root.code)


def _refuse_strangers(counted: pd.DataFrame, organisation: Organisation) -> None:
    strangers = sorted(set(counted.index.get_level_values("unit")) - set(organisation.codes))
    if strangers:
        raise SettingsError(
            f"The snapshot holds rows of units that the organisation lacks: {strangers}.",
            "Add them to the units file, or run the intake again.",
        )


def _with_root(own: pd.DataFrame, root: str) -> pd.DataFrame:
    return pd.concat([totals_of(own, root), own.drop(index=root, level="unit")])


def totals_of(counted: pd.DataFrame, root: str) -> pd.DataFrame:
    """The rows of each window together, as those of the root; index (window, unit)."""
    totals = counted.groupby("window").sum()
    totals.index = pd.MultiIndex.from_product([totals.index, [root]], names=counted.index.names)
    return totals


def dossier_components(
    dossiers: ir.Table, portal: ir.Table, span: ir.Table, by: Sequence[str] = ("unit",)
) -> ir.Table:
    """Flows and stocks of Form II.06a and the synchronised dossiers.

    Grain: window × the columns of `dossiers` named in `by`. Days are whole: finished on the due
    date is on time, and a pending dossier is overdue when its due date is not after the last day
    of the window. Index 766 judges open dossiers too, as if they were finished on the last day.
    """
    d = accepted(dossiers)
    d = d.left_join(portal, d.dossier_code == portal.dossier_code).select(
        *(d[name] for name in by),
        channel=d.channel,
        received=d.received_at.date(),
        due=d.due_at.date(),
        finished=d.finished_at.date(),
        supplements=d.supplement_requests,
        synced=portal.synced_at.date(),
    )
    pairs = d.cross_join(span)
    t = pairs.filter(
        pairs.received <= pairs.end, pairs.finished.isnull() | (pairs.finished >= pairs.start)
    )
    received = t.received >= t.start
    processed = t.finished.notnull() & (t.finished <= t.end)
    pending = ~processed
    judged_on = ibis.ifelse(processed, t.finished, t.end)
    judged = t.due.notnull() & t.supplements.notnull()
    return t.group_by(["window", *by]).aggregate(
        received_online=t.count(where=received & (t.channel == "online").fill_null(False)),
        received_other=t.count(where=received & (t.channel != "online").fill_null(True)),
        received_channel_known=t.count(where=received & t.channel.notnull()),
        received_synced=t.count(where=received & (t.synced <= t.end).fill_null(False)),
        carried_over=t.count(where=~received),
        processed_early=t.count(where=processed & (t.finished < t.due).fill_null(False)),
        processed_on_day=t.count(where=processed & (t.finished == t.due).fill_null(False)),
        processed_late=t.count(where=processed & (t.finished > t.due).fill_null(False)),
        processed_undated=t.count(where=processed & t.due.isnull()),
        processed_dated=t.count(where=processed & t.due.notnull()),
        pending_in_time=t.count(where=pending & (t.due > t.end).fill_null(False)),
        pending_overdue=t.count(where=pending & (t.due <= t.end).fill_null(False)),
        pending_undated=t.count(where=pending & t.due.isnull()),
        pending_dated=t.count(where=pending & t.due.notnull()),
        index_judged=t.count(where=judged),
        index_on_time=t.count(
            where=judged & (judged_on <= t.due) & (t.supplements <= MOST_SUPPLEMENTS)
        ),
    )


def payment_components(payments: ir.Table, dossiers: ir.Table, span: ir.Table) -> ir.Table:
    """Payment transactions, all and online. Grain: window × unit of the dossier paid for."""
    p = payments.join(dossiers, "dossier_code").select(
        "unit", "method", paid=payments.paid_at.date()
    )
    t = within(p, "paid", span)
    return t.group_by(["window", "unit"]).aggregate(
        payments=t.count(), payments_online=t.count(where=t.method.isin(ONLINE_METHODS))
    )


def feedback_components(feedback: ir.Table, span: ir.Table) -> ir.Table:
    """Petitions and their answers. Grain: window × unit.

    A petition counts once, on its decisive day: the day of the answer if that was in time, else
    the due date.
    """
    f = feedback.select("unit", due=feedback.due_on.date(), answered=feedback.answered_on.date())
    t = decided_within(f, "answered", "due", span)
    on_time = (t.answered <= t.due).fill_null(False)
    return t.group_by(["window", "unit"]).aggregate(
        feedback_due=t.count(),
        feedback_dated=t.count(where=t.due.notnull()),
        feedback_answered_on_time=t.count(where=on_time),
    )
