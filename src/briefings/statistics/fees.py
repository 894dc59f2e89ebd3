"""Dossiers of procedures with a fee, and how they were paid."""

from __future__ import annotations

import ibis.expr.types as ir

from briefings.statistics.tables import ONLINE_METHODS, accepted, within


def fee_components(tables: dict[str, ir.Table], span: ir.Table) -> ir.Table:
    """Dossiers received whose procedure has a fee, and those paid online by the window's end.

    Grain: window × unit. A dossier whose procedure the list lacks has no known fee.
    """
    fees = tables["procedures"].select("procedure_code", "fee_due")
    payments = tables["payments"]
    online = payments.filter(payments.method.isin(ONLINE_METHODS))
    paid = online.group_by("dossier_code").aggregate(paid=online.paid_at.min().date())
    d = accepted(tables["dossiers"])
    d = d.select("dossier_code", "unit", "procedure_code", received=d.received_at.date())
    d = d.left_join(fees, "procedure_code").left_join(paid, "dossier_code")
    t = within(d, "received", span)
    with_fee = t.fee_due.fill_null(False)
    return t.group_by(["window", "unit"]).aggregate(
        received_fee_known=t.count(where=t.fee_due.notnull()),
        fee_dossiers=t.count(where=with_fee),
        fee_dossiers_paid_online=t.count(where=with_fee & (t.paid <= t.end).fill_null(False)),
    )
