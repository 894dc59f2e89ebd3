"""Countable components per window and unit: the sums that every measure is made of.

Written once as Ibis expressions. Every component is additive over units, so the province is the
sum of its units and a ratio is always a sum divided by a sum.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

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
from briefings.statistics.tables import (
    accepted,
    decided_within,
    edges_of,
    fetch,
    span_of,
    stretch,
    within,
)
from briefings.working_days import WorkingCalendar

# More requests for supplements than this make a dossier late by index 766, indicator 2.1, as a
# third party describes it (unverified).
MOST_SUPPLEMENTS = 1
# How the day of the finish stands to the due date.
EARLY, ON_DAY, LATE = range(3)
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
        dossier_components(tables["dossiers"], tables["portal_dossiers"], windows),
        payment_components(tables["payments"], tables["dossiers"], windows),
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
    dossiers: ir.Table,
    portal: ir.Table | None,
    windows: Sequence[Window],
    by: Sequence[str] = ("unit",),
) -> ir.Table:
    """Flows and stocks of Form II.06a and, where the portal is given, synchronised dossiers.

    Grain: window × the columns of `dossiers` named in `by`. Days are whole: finished on the due
    date is on time, and a pending dossier is overdue when its due date is not after the last day
    of the window. Index 766 judges open dossiers too, as if they were finished on the last day.
    """
    pairs = _alike(dossiers, portal, windows, by).cross_join(span_of(windows))
    t = pairs.filter(
        pairs.received <= pairs.end, pairs.finished.isnull() | (pairs.finished >= pairs.start)
    )
    received = t.received >= t.start
    processed = t.finished.notnull() & (t.finished <= t.end)
    pending = ~processed
    dated = t.due.notnull()
    judged = dated & t.supplements.notnull()
    in_time = ibis.ifelse(processed, t.ended != LATE, t.end <= t.due)

    def of(condition: ir.BooleanValue) -> ir.IntegerScalar:
        return t.dossiers.sum(where=condition.fill_null(False)).fill_null(0)

    return t.group_by(["window", *by]).aggregate(
        received_online=of(received & (t.channel == "online")),
        received_other=of(received & (t.channel != "online").fill_null(True)),
        received_channel_known=of(received & t.channel.notnull()),
        **({} if portal is None else {"received_synced": of(received & (t.synced <= t.end))}),
        carried_over=of(~received),
        processed_early=of(processed & (t.ended == EARLY)),
        processed_on_day=of(processed & (t.ended == ON_DAY)),
        processed_late=of(processed & (t.ended == LATE)),
        processed_undated=of(processed & ~dated),
        processed_dated=of(processed & dated),
        pending_in_time=of(pending & (t.due > t.end)),
        pending_overdue=of(pending & (t.due <= t.end)),
        pending_undated=of(pending & ~dated),
        pending_dated=of(pending & dated),
        index_judged=of(judged),
        index_on_time=of(judged & in_time & (t.supplements <= MOST_SUPPLEMENTS)),
    )


def _alike(
    dossiers: ir.Table, portal: ir.Table | None, windows: Sequence[Window], by: Sequence[str]
) -> ir.Table:
    """Received dossiers that count alike in all windows, in one pass over them.

    Grain: `by` × the other columns. Columns: those of `by`, channel, received, due, finished and,
    with the portal, synced (as stretches between edges), ended (how the finish stood to the due
    date, empty without both), supplements (one more than forgiven stands for all above),
    dossiers (how many).
    """
    edges = edges_of(windows)
    d = _between(accepted(dossiers), edges)
    if portal is not None:
        synced = portal.select("dossier_code", synced=stretch(portal.synced_at.date(), edges))
        d = d.left_join(synced, "dossier_code")
    due, finished, requests = d.due_at.date(), d.finished_at.date(), d.supplement_requests
    d = d.select(
        *by,
        "channel",
        *(() if portal is None else ("synced",)),
        received=stretch(d.received_at.date(), edges),
        due=stretch(due, edges_of(windows, last_days=True)),
        finished=stretch(finished, edges),
        ended=ibis.cases(
            (finished < due, EARLY), (finished == due, ON_DAY), (finished > due, LATE)
        ),
        supplements=ibis.ifelse(requests > MOST_SUPPLEMENTS, MOST_SUPPLEMENTS + 1, requests),
    )
    return d.group_by(d.columns).aggregate(dossiers=d.count())


def _between(dossiers: ir.Table, edges: Sequence[date]) -> ir.Table:
    """Without dossiers finished before the first edge or received from the last one on."""
    first, last = (ibis.literal(edge).cast("timestamp") for edge in (edges[0], edges[-1]))
    ended, begun = dossiers.finished_at, dossiers.received_at
    return dossiers.filter(begun < last, ended.isnull() | (ended >= first))


def payment_components(
    payments: ir.Table, dossiers: ir.Table, windows: Sequence[Window]
) -> ir.Table:
    """Payment transactions, all and online. Grain: window × unit of the dossier paid for."""
    edges = edges_of(windows)
    p = payments.select(
        "dossier_code",
        online=payments.method.isin(ONLINE_METHODS),
        paid=stretch(payments.paid_at.date(), edges),
    )
    p = p.join(dossiers, "dossier_code").group_by(["unit", "paid"])
    t = within(
        p.aggregate(all=ibis._.count(), online=ibis._.online.sum()), "paid", span_of(windows)
    )
    return t.group_by(["window", "unit"]).aggregate(
        payments=t.all.sum(), payments_online=t.online.sum()
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
