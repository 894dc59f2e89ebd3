"""Groups of dossiers by portal status: a unit is shown all, whatever their number."""

from __future__ import annotations

from briefings.gathering.accountability import MOST_STEPS, SHOWN_OF_UNIT, age_groups


def test_no_status_of_a_unit_is_cut() -> None:
    steps = [*range(1, 11), None]
    rows = [{"step": step, "age": 0, "dossiers": 1, "oldest_days": 3} for step in steps]
    assert len(steps) == MOST_STEPS > SHOWN_OF_UNIT
    *groups, total = age_groups(rows, lambda row: (None, None, row["step"]), MOST_STEPS)
    assert {group.step for group in groups} == set(steps)
    assert {group.kind for group in groups} == {"group"}
    assert sum(total.ages) == len(steps)
