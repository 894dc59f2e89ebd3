"""Which procedures are ranked, and in which order."""

from __future__ import annotations

import pytest

from briefings.facts.procedures import LEAST_PROCESSED
from briefings.gathering.counted import Row
from briefings.gathering.procedures import SHOWN, rank_procedures


def row(code: str | None, processed: int, on_time: int, unit: str = "A") -> Row:
    names = {"name_vi": f"Thủ tục {code}", "name_en": None}
    return {
        "unit": unit, "procedure_code": code, "processed": processed, "on_time": on_time, **names
    }  # fmt: skip


@pytest.mark.parametrize(("processed", "ranked"), [(-1, 0), (0, 1), (1, 1)])
def test_a_procedure_is_ranked_from_thirty_processed_dossiers_on(processed, ranked):
    total = LEAST_PROCESSED + processed
    assert len(rank_procedures([row("P", total, total - 1)]).worst) == ranked
    assert len(rank_procedures([row("P", total, total)]).best) == ranked


def test_units_are_added_up_before_a_procedure_is_judged():
    half = LEAST_PROCESSED // 2
    (found,) = rank_procedures([row("P", half, half), row("P", half, half - 1, "B")]).worst
    assert (found.processed, found.on_time) == (LEAST_PROCESSED, LEAST_PROCESSED - 1)


def test_the_lowest_share_comes_first_then_the_larger_then_the_code():
    found = rank_procedures(
        [row("c", 40, 30), row("b", 40, 30), row("half", 40, 20), row("large", 80, 60)]
    )
    assert [each.procedure.code for each in found.worst] == ["half", "large", "b", "c"]
    assert found.best == ()


def test_the_largest_without_a_late_dossier_come_first_and_only_some_are_shown():
    found = rank_procedures([row(f"P{n}", 100 - n, 100 - n) for n in range(SHOWN + 2)])
    assert [each.procedure.code for each in found.best] == [f"P{n}" for n in range(SHOWN)]


def test_dossiers_without_a_procedure_are_a_group_of_their_own():
    (found,) = rank_procedures([row(None, 40, 39), row("small", 2, 0)]).worst
    assert found.procedure.code == ""
