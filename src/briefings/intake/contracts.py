"""The contract of every input table."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from briefings.intake.contract import COUNT, WHOLE, Column, Contract, not_before, not_more

PORTAL_STATUSES = range(1, 11)
DONE = (9, 10)  # processed; result returned


def done_with_date(table: pd.DataFrame) -> pd.Series[bool]:
    """False where the status says done and no finish date does: it would count as pending."""
    done: pd.Series[bool] = table["status"].isin(DONE)
    return ~done | table["finished_at"].notna()


CHANGES = ("new", "amended", "abolished")
LEVELS = ("province", "district", "commune")

_ALL: Iterable[Contract] = (
    Contract(
        name="decisions",
        key=("decision_no",),
        columns=(
            Column("decision_no", required=True),
            Column("issued_on", "day", required=True),
            Column("submitted_by", required=True, refers_to_unit=True),
            Column("legal_effective_on", "day"),
            Column("title", free_text=True),
        ),
    ),
    Contract(
        name="procedure_changes",
        key=("decision_no", "procedure_code"),
        columns=(
            Column("decision_no", required=True),
            Column("procedure_code", required=True),
            Column("change", required=True, values=CHANGES),
            Column("field", free_text=True),
            Column("level", values=LEVELS),
        ),
    ),
    Contract(
        name="procedures",
        key=("procedure_code",),
        columns=(
            Column("procedure_code", required=True),
            Column("name_vi", required=True, free_text=True),
            Column("name_en", free_text=True),
            Column("field", free_text=True),
            Column("unit", refers_to_unit=True),
            Column("level", values=LEVELS),
            Column("time_limit_days", "whole", values=COUNT),
            Column("online_service", values=("none", "partial", "full")),
            Column("fee_due", "flag"),
        ),
    ),
    Contract(
        name="publications",
        key=("procedure_code", "decision_no", "system"),
        columns=(
            Column("procedure_code", required=True),
            Column("decision_no", required=True),
            Column("system", required=True, values=("national_db", "provincial")),
            Column("published_on", "day", required=True),
        ),
    ),
    Contract(
        name="dossiers",
        key=("dossier_code",),
        columns=(
            Column("dossier_code", required=True),
            Column("procedure_code"),
            Column("unit", required=True, refers_to_unit=True),
            Column("received_at", "moment", required=True),
            Column("channel", values=("online", "counter", "postal")),
            Column("due_at", "moment"),
            Column("finished_at", "moment"),
            Column("status", "whole", values=PORTAL_STATUSES),
            Column("supplement_requests", "whole", values=COUNT),
            Column("waiting_days", "whole", values=COUNT),
        ),
        rules=(
            ("finished before received", not_before("finished_at", "received_at")),
            ("done, but without a finish date", done_with_date),
        ),
    ),
    Contract(
        name="portal_dossiers",
        key=("dossier_code",),
        columns=(
            Column("dossier_code", required=True),
            Column("synced_at", "moment", required=True),
            Column("status", "whole", values=PORTAL_STATUSES),
        ),
    ),
    Contract(
        name="payments",
        key=("transaction_id",),
        columns=(
            Column("transaction_id", required=True),
            Column("dossier_code", required=True),
            Column("paid_at", "moment", required=True),
            Column("amount_vnd", "whole", values=WHOLE),
            Column(
                "method",
                required=True,
                values=("national_portal", "provincial_gateway", "cash", "transfer"),
            ),
        ),
    ),
    Contract(
        name="feedback",
        key=("feedback_id",),
        columns=(
            Column("feedback_id", required=True),
            Column("unit", required=True, refers_to_unit=True),
            Column("received_on", "day", required=True),
            Column("category", values=("delay", "harassment", "attitude", "regulation", "other")),
            Column("due_on", "day"),
            Column("answered_on", "day"),
            Column("outcome", values=("satisfied", "unsatisfied", "none")),
        ),
        rules=(("answered before received", not_before("answered_on", "received_on")),),
    ),
    Contract(
        name="unit_counts",
        key=("unit", "period_from", "period_to"),
        columns=(
            Column("unit", required=True, refers_to_unit=True),
            Column("unit_name", free_text=True),
            Column("unit_group", free_text=True),
            Column("period_from", "day", required=True),
            Column("period_to", "day", required=True),
            Column("received", "number"),
            Column("processed", "number"),
            Column("processed_on_time", "number"),
            Column("pending", "number"),
            Column("extended", "number"),
            Column("transferred", "number"),
            Column("refused", "number"),
            Column("published", "number"),
            Column("complaints", "number"),
            Column("days_mean", "number"),
            Column("days_median", "number"),
        ),
        rules=(
            ("period ends before it begins", not_before("period_to", "period_from")),
            ("more on time than processed", not_more("processed_on_time", "processed")),
        ),
    ),
)
CONTRACTS: dict[str, Contract] = {contract.name: contract for contract in _ALL}
