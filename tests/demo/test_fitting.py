"""The small exact choices that calibration is made of."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.demo.calibration import Totals, highest, some
from briefings.demo.decisions import WINDOW


@given(st.lists(st.floats(-5, 5), min_size=1, max_size=40), st.data())
def test_highest_takes_exactly_the_quota(scores: list[float], data: st.DataObject) -> None:
    count = data.draw(st.integers(0, len(scores)))
    score = np.array(scores)
    chosen = highest(score, count)
    assert chosen.sum() == count
    if 0 < count < len(scores):
        assert score[chosen].min() >= score[~chosen].max()


def test_some_takes_only_candidates() -> None:
    candidates = np.array([True, False, True, True, False])
    rows = some(candidates, 2, np.random.default_rng(1))
    assert len(rows) == 2
    assert candidates[rows].all()


def test_some_says_when_there_are_too_few() -> None:
    with pytest.raises(ValueError, match="needs 3 candidates and found 1"):
        some(np.array([True, False]), 3, np.random.default_rng(1))


def test_totals_close() -> None:
    totals = Totals()
    assert totals.pending == 16_159
    assert totals.late == 190
    assert totals.scaled(1) == totals


def test_the_planned_decisions_add_up() -> None:
    assert len(WINDOW) == 19
    assert sum(plan.new for plan in WINDOW) == 42
    assert sum(plan.amended + plan.replaced for plan in WINDOW) == 129
    assert sum(plan.abolished for plan in WINDOW) == 20
    assert [plan.issued for plan in WINDOW] == sorted(plan.issued for plan in WINDOW)
