"""What names a dossier elsewhere: its row on the national portal, and its payments.

They are looked up together, because looking up is what counting a country spends its time on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import ibis
import ibis.expr.types as ir

from briefings.periods import Window
from briefings.statistics.tables import (
    Tables,
    edges_of,
    is_accepted,
    kept,
    span_of,
    stretch,
)

ONLINE_METHODS = ("national_portal", "provincial_gateway")
SYNCED, PAID, PAID_ONLINE = range(3)


def mention_components(tables: Tables, windows: Sequence[Window]) -> ir.Table:
    """Dossiers received and synchronised, and payment transactions, all and online.

    Grain: window × unit of the dossier. A dossier is synchronised in the window in which it was
    received, if the portal has it by the last day; a transaction counts on its own day.
    """
    t = _alike(tables, edges_of(windows)).cross_join(span_of(windows))
    synced, paid = t.kind == SYNCED, t.kind != SYNCED
    received = (t.received >= t.start) & (t.received <= t.end)
    within = (t.day >= t.start) & (t.day <= t.end)

    def of(condition: ir.BooleanValue) -> ir.IntegerScalar:
        return t.mentions.sum(where=condition.fill_null(False)).fill_null(0)

    return t.group_by(["window", "unit"]).aggregate(
        received_synced=of(synced & received & (t.day <= t.end)),
        payments=of(paid & within),
        payments_online=of((t.kind == PAID_ONLINE) & within),
    )


def _alike(tables: Tables, edges: Sequence[date]) -> ir.Table:
    """Mentions that count alike in all windows, of dossiers that the data hold.

    Grain: the first four columns. Columns: unit, received (of a dossier that counts as received),
    kind, day (both as stretches between edges), mentions (how many).
    """
    if len(tables.batches) == 1:
        return _found(_mentions(tables, edges), tables["dossiers"], edges)
    t = ibis.union(*(kept(_batch(batch, edges)) for batch in tables.batches))
    here = t.filter(t.unit.notnull()).drop("dossier_code")
    # Kept, so that the engine knows how few they are before it looks among all dossiers.
    elsewhere = kept(t.filter(t.unit.isnull()).select("dossier_code", "kind", "day", "mentions"))
    return ibis.union(here, _found(elsewhere, tables["dossiers"], edges))


def _mentions(tables: Mapping[str, ir.Table], edges: Sequence[date]) -> ir.Table:
    """Grain: one mention. Columns: dossier_code, kind, day, mentions."""
    portal, payments = tables["portal_dossiers"], tables["payments"]
    online = payments.method.isin(ONLINE_METHODS)
    return ibis.union(
        portal.select(
            "dossier_code",
            kind=ibis.literal(SYNCED),
            day=stretch(portal.synced_at.date(), edges),
            mentions=ibis.literal(1, "int64"),
        ),
        payments.select(
            "dossier_code",
            kind=ibis.ifelse(online, PAID_ONLINE, PAID),
            day=stretch(payments.paid_at.date(), edges),
            mentions=ibis.literal(1, "int64"),
        ),
    )


def _found(mentions: ir.Table, dossiers: ir.Table, edges: Sequence[date]) -> ir.Table:
    t = mentions.join(_named(dossiers, edges), "dossier_code")
    return t.group_by(["unit", "received", "kind", "day"]).aggregate(mentions=t.mentions.sum())


def _batch(tables: Mapping[str, ir.Table], edges: Sequence[date]) -> ir.Table:
    """The same for some deliveries, with the code of each dossier that lies in no delivery of them.

    Such a row has no unit.
    """
    t = _mentions(tables, edges).left_join(_named(tables["dossiers"], edges), "dossier_code")
    t = t.mutate(dossier_code=ibis.ifelse(t.unit.isnull(), t.dossier_code, ibis.null("string")))
    keys = ["unit", "received", "kind", "day", "dossier_code"]
    return t.group_by(keys).aggregate(mentions=t.mentions.sum())


def _named(dossiers: ir.Table, edges: Sequence[date]) -> ir.Table:
    """What is asked of a dossier that is named. Columns: dossier_code, unit, received."""
    received = stretch(dossiers.received_at.date(), edges)
    return dossiers.select(
        "dossier_code",
        "unit",
        received=ibis.ifelse(is_accepted(dossiers), received, ibis.null("date")),
    )
