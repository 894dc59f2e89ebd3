"""The list of procedures and what of it was used; all of it counts for the root.

The list is the present one, and its units are those of today, so it is no unit's of the time.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from briefings.statistics.mentions import ONLINE_METHODS
from briefings.statistics.tables import accepted, within

ONLINE_SERVICE = ("partial", "full")


def catalogue_components(tables: dict[str, ir.Table], span: ir.Table, root: str) -> ir.Table:
    """Procedures listed, online services among them, and those used or paid for online.

    Grain: window × the root.
    """
    filed, paid = _filed_online(tables["dossiers"], span), _paid_online(tables, span)
    p = tables["procedures"].select("procedure_code", "online_service", "fee_due")
    p = p.cross_join(span.select("window")).mutate(
        unit=ibis.literal(root),
        service=p.online_service.isin(ONLINE_SERVICE).fill_null(False),
        fee=p.fee_due.fill_null(False),
    )
    keys = ["window", "procedure_code"]
    t = p.left_join(filed, keys)[[*p.columns, "filed"]]
    t = t.left_join(paid, keys)[[*t.columns, "paid"]]
    return t.group_by(["window", "unit"]).aggregate(
        procedures_listed=t.count(),
        procedures_level_known=t.count(where=t.online_service.notnull()),
        services=t.count(where=t.service),
        services_used=t.count(where=t.service & t.filed.notnull()),
        fee_procedures=t.count(where=t.fee),
        fee_procedures_paid_online=t.count(where=t.fee & t.paid.notnull()),
    )


def _filed_online(dossiers: ir.Table, span: ir.Table) -> ir.Table:
    """Procedures with a dossier filed online. Grain: window × procedure."""
    d = accepted(dossiers)
    d = d.filter(d.channel == "online").select("procedure_code", received=d.received_at.date())
    t = within(d, "received", span)
    return t.group_by(["window", "procedure_code"]).aggregate(filed=t.count())


def _paid_online(tables: dict[str, ir.Table], span: ir.Table) -> ir.Table:
    """Procedures with an online payment. Grain: window × procedure."""
    payments = tables["payments"]
    p = payments.filter(payments.method.isin(ONLINE_METHODS)).join(
        tables["dossiers"], "dossier_code"
    )
    p = p.select("procedure_code", paid_on=p.paid_at.date())
    t = within(p, "paid_on", span)
    return t.group_by(["window", "procedure_code"]).aggregate(paid=t.count())
