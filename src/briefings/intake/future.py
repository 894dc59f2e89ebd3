"""Rows that are dated later than their delivery can know."""

from __future__ import annotations

from datetime import timedelta

import pandas as pd

from briefings.intake.deliveries import ALL_MONTHS
from briefings.periods import Month

# What puts a row into its month: a later day is of another delivery, or mistyped.
BEGINS = {"decisions": "issued_on", "dossiers": "received_at", "feedback": "received_on"}
# What may happen after the month, because exports are delivered again until all is finished …
HAPPENS = {
    "dossiers": "finished_at",
    "feedback": "answered_on",
    "portal_dossiers": "synced_at",
    "payments": "paid_at",
    "publications": "published_on",
}
# … but hardly more than a year after it. Our own convention.
LONGEST_AFTER = timedelta(days=366)


def count_future(used: pd.DataFrame, table: str, delivery: str) -> int:
    """How many rows begin after the month of their delivery, or happen a year after it.

    None of a delivery of all months: nothing says until when that one reaches.
    """
    if delivery == ALL_MONTHS:
        return 0
    after = pd.Timestamp((Month.parse(delivery) + 1).first_day)
    late = pd.Series(False, index=used.index)
    if table in BEGINS:
        late |= used[BEGINS[table]] >= after
    if table in HAPPENS:
        late |= used[HAPPENS[table]] >= after + LONGEST_AFTER
    return int(late.sum())
