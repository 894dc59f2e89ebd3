"""Each gate at its edge: below, on and above the limit."""

from __future__ import annotations

from typing import Any

import pytest

from briefings.facts.gate import GateResult
from briefings.gate_limits import GateLimits
from briefings.gathering.gates.absences import missing_months, missing_units
from briefings.gathering.gates.rows import row_gates
from briefings.gathering.gates.volumes import Volume, volume_gate
from briefings.intake.snapshot import TableIntake

LIMITS = GateLimits()


def taken(**changes: Any) -> TableIntake:
    usual = {
        "delivery": "2025-02", "table": "dossiers", "file": "f", "sha256": "", "parquet_sha256": "",
        "read": 1000, "used": 1000, "quarantined": 0, "reasons": {}, "ignored_columns": (),
        "dropped_personal_columns": (), "corrected": 0, "unfit_corrections": (), "future": 0,
        "left_out": 0,
    }  # fmt: skip
    return TableIntake(**{**usual, **changes})


def held(*rows: TableIntake) -> list[tuple[str, str, str]]:
    results = row_gates(rows, LIMITS)
    return [(each.gate, each.place, each.figures) for each in results if each.holds_back]


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, []),
        ({"quarantined": 20, "used": 980}, []),
        ({"quarantined": 21, "used": 979}, [("quarantined", "dossiers", "21 of 1000")]),
        ({"quarantined": 320, "left_out": 307, "used": 680}, []),
        (
            {"quarantined": 320, "left_out": 306, "used": 680},
            [("quarantined", "dossiers", "14 of 694")],
        ),
        ({"quarantined": 6, "reasons": {"unknown unit": 5}}, []),
        (
            {"quarantined": 6, "reasons": {"unknown unit": 6}},
            [("unknown_units", "dossiers", "6 of 1000")],
        ),
        ({"future": 1}, []),
        ({"future": 2}, [("future", "dossiers", "2 of 1000")]),
        (
            {"unfit_corrections": ("c.csv, row 2: the row is gone",)},
            [("corrections", "dossiers", "1")],
        ),
        ({"read": 0, "used": 0}, []),
    ],
)
def test_rows_of_a_delivery(changes: dict[str, Any], found: list[tuple[str, str, str]]) -> None:
    assert held(taken(**changes)) == found


def test_a_good_table_does_not_make_up_for_a_bad_one() -> None:
    bad = taken(table="payments", read=10, used=9, quarantined=1)
    assert held(taken(), bad) == [("quarantined", "payments", "1 of 10")]


def volumes(*rows: int, days: tuple[int, ...] = ()) -> list[Volume]:
    return [
        Volume(f"2024-{number:02}", count, days[number - 1] if days else 20)
        for number, count in enumerate(rows, start=1)
    ]


@pytest.mark.parametrize(
    ("now", "passed"), [(499, False), (500, True), (1000, True), (2000, True), (2001, False)]
)
def test_a_month_may_be_half_or_twice_the_usual(now: int, passed: bool) -> None:
    result = volume_gate("dossiers", volumes(900, 1000, 1100, now), LIMITS)
    assert result is not None
    assert (result.passed, result.figures) == (passed, f"{now} of 1000")


def test_a_month_of_tet_is_judged_by_its_working_days() -> None:
    result = volume_gate("dossiers", volumes(1000, 1000, 1000, 400, days=(20, 20, 20, 8)), LIMITS)
    assert result is not None
    assert (result.passed, result.of) == (True, 400)


def test_one_odd_month_does_not_make_the_usual() -> None:
    result = volume_gate("dossiers", volumes(1000, 90_000, 1000, 1000, 1000), LIMITS)
    assert result is not None
    assert result.of == 1000


@pytest.mark.parametrize("rows", [(1000, 1000, 5), (199, 199, 199, 0), (5,)])
def test_few_months_or_few_rows_say_nothing(rows: tuple[int, ...]) -> None:
    assert volume_gate("dossiers", volumes(*rows), LIMITS) is None


def test_only_the_last_months_say_what_is_usual() -> None:
    before = [10_000] * 12 + [1000] * 12
    result = volume_gate("dossiers", volumes(*before, 1000), LIMITS)
    assert result is not None
    assert result.of == 1000


def units(*counts: int | None) -> list[str]:
    found = missing_units("2025-02", {"D1": counts, "D2": (0,) * 7}, LIMITS)
    return [f"{each.place} {each.figures}" for each in found if each.holds_back]


@pytest.mark.parametrize(
    ("counts", "found"),
    [
        ((10, 12, 30, 14, 20, 16, 0), ["D1 0 of 15"]),
        ((10, 12, 30, 14, 20, 16, 1), []),
        ((10, 9, 30, 14, 20, 16, 0), []),  # a small unit may have a month without any
        ((50, 50, 50, 50, 50, 0), []),  # five months before are too few
        ((None, 50, 50, 50, 50, 50, 0), []),
        ((0, 10, 12, 30, 14, 20, 16, 0), ["D1 0 of 15"]),
    ],
)
def test_a_unit_that_fell_silent_is_missed(
    counts: tuple[int | None, ...], found: list[str]
) -> None:
    assert units(*counts) == found


def test_a_month_without_any_dossier_is_missed() -> None:
    found = list(missing_months({"2024-12": 5, "2025-01": 0, "2025-02": 7}))
    assert found == [GateResult("missing_months", "2025-01", "", passed=False, count=0)]
    (passed,) = missing_months({"2025-01": 1, "2025-02": 7})
    assert passed.passed
