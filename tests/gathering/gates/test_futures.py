"""Where an export of all months ends, and what is dated later."""

from __future__ import annotations

from briefings.gathering.gates.futures import last_month
from briefings.periods import Month


def test_an_export_ends_before_a_gap_of_more_than_a_year() -> None:
    usual = {Month(2024, number): 100 for number in range(1, 13)}
    assert last_month(usual) == Month(2024, 12)
    assert last_month(usual | {Month(2025, 12): 1}) == Month(2025, 12)
    assert last_month(usual | {Month(2026, 1): 1}) == Month(2024, 12)
    assert last_month({}) is None


def test_a_gap_before_its_middle_row_is_no_end() -> None:
    """A few rows of long ago, as of dossiers that were still open when a system began."""
    assert last_month({Month(1999, 1): 3, Month(2024, 1): 50, Month(2052, 1): 1}) == Month(2024, 1)
