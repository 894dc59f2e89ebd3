"""Dossiers received, by what the list of procedures says of theirs."""

from __future__ import annotations

import ibis.expr.types as ir

from briefings.statistics.mentions import ONLINE_METHODS
from briefings.statistics.tables import accepted, within


def listed_dossier_components(tables: dict[str, ir.Table], span: ir.Table) -> ir.Table:
    """Dossiers whose procedure has a fee, those paid online by the window's end, what is known.

    Grain: window × unit. Of a dossier whose procedure the list lacks nothing is known.
    """
    listed = tables["procedures"].select("procedure_code", "fee_due", "online_service")
    payments = tables["payments"]
    online = payments.filter(payments.method.isin(ONLINE_METHODS))
    paid = online.group_by("dossier_code").aggregate(paid=online.paid_at.min().date())
    d = accepted(tables["dossiers"])
    d = d.select("dossier_code", "unit", "procedure_code", "channel", received=d.received_at.date())
    d = within(d, "received", span)
    t = d.left_join(listed, "procedure_code").left_join(paid, "dossier_code")
    fee = t.fee_due.fill_null(False)
    return t.group_by(["window", "unit"]).aggregate(
        received_fee_known=t.count(where=t.fee_due.notnull()),
        received_service_known=t.count(where=t.online_service.notnull() & t.channel.notnull()),
        fee_dossiers=t.count(where=fee),
        fee_dossiers_paid_online=t.count(where=fee & (t.paid <= t.end).fill_null(False)),
    )
