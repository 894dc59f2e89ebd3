"""A delivery can not know of what happens after it."""

from __future__ import annotations

import pandas as pd
import pytest

from briefings.intake.future import count_future


def dossiers(received: str, finished: str | None = None) -> pd.DataFrame:
    return pd.DataFrame(
        {"received_at": pd.to_datetime([received]), "finished_at": pd.to_datetime([finished])}
    )


@pytest.mark.parametrize(
    ("received", "finished", "count"),
    [
        ("2025-02-28 23:59", None, 0),
        ("2025-03-01 00:00", None, 1),
        ("2025-02-03", "2025-03-20", 0),  # the month was exported again
        ("2025-02-03", "2026-03-01", 0),
        ("2025-02-03", "2026-03-02", 1),
        ("2025-03-03", "2027-03-02", 1),  # one row, not two
    ],
)
def test_dossiers_begin_in_their_month_and_end_within_a_year(
    received: str, finished: str | None, count: int
) -> None:
    assert count_future(dossiers(received, finished), "dossiers", "2025-02") == count


def test_nothing_says_until_when_a_file_of_all_months_reaches() -> None:
    assert count_future(dossiers("2099-01-01"), "dossiers", "all") == 0


def test_a_list_without_events_has_no_future() -> None:
    assert count_future(pd.DataFrame({"procedure_code": ["P1"]}), "procedures", "2025-02") == 0
