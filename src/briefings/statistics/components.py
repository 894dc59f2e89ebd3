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
from briefings.statistics.mentions import mention_components
from briefings.statistics.tables import (
    Tables,
    accepted,
    decided_within,
    edges_of,
    fetch,
    midnight,
    span_of,
    stretch,
)
from briefings.working_days import WorkingCalendar

# More requests for supplements than this make a dossier late by index 766, indicator 2.1, as a
# third party describes it (unverified).
MOST_SUPPLEMENTS = 1
# How the day of the finish stands to the due date.
EARLY, ON_DAY, LATE = range(3)


def count_components(
    tables: Tables,
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
        dossier_components(tables["dossiers"], windows),
        mention_components(tables, windows),
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
    dossiers: ir.Table, windows: Sequence[Window], by: Sequence[str] = ("unit",)
) -> ir.Table:
    """Flows and stocks of Form II.06a.

    Grain: window × the columns of `dossiers` named in `by`. Days are whole: finished on the due
    date is on time, and a pending dossier is overdue when its due date is not after the last day
    of the window. Index 766 judges open dossiers too, as if they were finished on the last day.
    """
    pairs = _alike(dossiers, windows, by).cross_join(span_of(windows))
    t = pairs.filter(
        pairs.received <= pairs.end, pairs.finished.isnull() | (pairs.finished >= pairs.start)
    )
    received = t.received >= t.start
    processed = t.finished.notnull() & (t.finished <= t.end)
    pending = ~processed
    dated = t.due.notnull()
    judged = dated & t.forgiven.notnull()
    in_time = ibis.ifelse(processed, t.ended != LATE, t.end <= t.due)

    def of(condition: ir.BooleanValue) -> ir.IntegerScalar:
        return t.dossiers.sum(where=condition.fill_null(False)).fill_null(0)

    return t.group_by(["window", *by]).aggregate(
        received_online=of(received & t.online),
        received_other=of(received & ~t.online.fill_null(False)),
        received_channel_known=of(received & t.online.notnull()),
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
        index_on_time=of(judged & in_time & t.forgiven),
    )


def _alike(dossiers: ir.Table, windows: Sequence[Window], by: Sequence[str]) -> ir.Table:
    """Received dossiers that count alike in all windows, in one pass over them.

    Grain: `by` × the other columns. Columns: those of `by`, online (empty where the channel is),
    received, due and finished (as stretches between edges), ended (how the finish stood to the
    due date, empty without both), forgiven (whether there were few requests for supplements),
    dossiers (how many).
    """
    edges = edges_of(windows)
    d = _between(accepted(dossiers), edges)
    due, finished = d.due_at.date(), d.finished_at.date()
    # A due date is asked for while the dossier is open; then one after the finish is like it.
    open_until = ibis.ifelse(finished < due, finished, due)
    d = d.select(
        *by,
        online=d.channel == "online",
        received=stretch(d.received_at.date(), edges),
        due=stretch(open_until, edges_of(windows, last_days=True)),
        finished=stretch(finished, edges),
        ended=ibis.cases(
            (finished < due, EARLY), (finished == due, ON_DAY), (finished > due, LATE)
        ),
        forgiven=d.supplement_requests <= MOST_SUPPLEMENTS,
    )
    return d.group_by(d.columns).aggregate(dossiers=d.count())


def _between(dossiers: ir.Table, edges: Sequence[date]) -> ir.Table:
    """Without dossiers finished before the first edge or received from the last one on."""
    first, last = midnight(edges[0]), midnight(edges[-1])
    ended, begun = dossiers.finished_at, dossiers.received_at
    return dossiers.filter(begun < last, ended.isnull() | (ended >= first))


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
