"""Which target applies: the narrowest scope that is valid on the day."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from briefings.errors import SettingsError
from briefings.facts.target import Target
from briefings.organisation import Unit
from briefings.periods import Window
from briefings.statistics.targets import Targets
from tests.statistics.tables import DEPARTMENT_A, DEPARTMENT_B

HEADINGS = (
    "kpi,scope,value,unit_of_measure,denominator,direction,legal_source,"
    "valid_from,valid_to,verified"
)
DAY = date(2025, 2, 28)
UNITS = ("A", "B")
COMMUNE = Unit("C", "Xã", "Commune", "commune", "B")


def targets(tmp_path: Path, *rows: str) -> Targets:
    """A target file with rows `kpi,scope,value,from,to,verified`."""
    lines = [HEADINGS]
    for row in rows:
        kpi, scope, value, valid_from, valid_to, verified = row.split(",")
        lines.append(f"{kpi},{scope},{value},share,,higher,Law,{valid_from},{valid_to},{verified}")
    file = tmp_path / "targets.csv"
    file.write_text("\n".join(lines), encoding="utf-8")
    return Targets(file, UNITS)


def value(found: Target | None) -> Fraction | None:
    return found.value if found else None


def test_a_unit_goes_before_its_level_and_a_level_before_all(tmp_path):
    found = targets(
        tmp_path,
        "sync,all,0.7,2025-01-01,2025-12-31,true",
        "sync,department,0.8,2025-01-01,2025-12-31,true",
        "sync,A,0.9,2025-01-01,2025-12-31,true",
    )
    assert value(found.find("sync", DEPARTMENT_A, DAY)) == Fraction(9, 10)
    assert value(found.find("sync", DEPARTMENT_B, DAY)) == Fraction(8, 10)
    assert value(found.find("sync", COMMUNE, DAY)) == Fraction(7, 10)
    assert found.find("on_time", COMMUNE, DAY) is None


def test_a_narrow_target_that_has_ended_makes_way_for_a_wider_one(tmp_path):
    found = targets(
        tmp_path,
        "sync,A,0.9,2024-01-01,2024-12-31,true",
        "sync,all,0.7,2025-01-01,,true",
    )
    assert value(found.find("sync", DEPARTMENT_A, date(2024, 12, 31))) == Fraction(9, 10)
    assert value(found.find("sync", DEPARTMENT_A, date(2025, 1, 1))) == Fraction(7, 10)


@pytest.mark.parametrize(
    ("day", "applies"),
    [
        (date(2024, 12, 31), False),
        (date(2025, 1, 1), True),
        (date(2025, 12, 31), True),
        (date(2026, 1, 1), False),
    ],
)
def test_both_ends_of_the_validity_belong_to_it(tmp_path, day, applies):
    found = targets(tmp_path, "sync,all,1.0,2025-01-01,2025-12-31,true")
    assert (found.find("sync", DEPARTMENT_A, day) is not None) == applies


def test_two_valid_targets_of_one_scope_are_refused(tmp_path):
    found = targets(
        tmp_path,
        "sync,all,0.9,2025-01-01,2025-06-30,true",
        "sync,all,0.8,2025-06-30,2025-12-31,true",
    )
    assert value(found.find("sync", DEPARTMENT_A, date(2025, 6, 29))) == Fraction(9, 10)
    refused = r"targets.csv, rows 2 and 3: 2 targets for sync, scope all.*2025-06-30"
    with pytest.raises(SettingsError, match=refused):
        found.find("sync", DEPARTMENT_A, date(2025, 6, 30))
    assert value(found.find("sync", DEPARTMENT_A, date(2025, 7, 1))) == Fraction(8, 10)


def test_two_targets_are_refused_even_where_a_narrower_one_hides_them(tmp_path):
    found = targets(
        tmp_path,
        "sync,all,0.9,2025-01-01,,true",
        "sync,A,0.7,2025-01-01,,true",
        "sync,all,0.8,2025-01-01,,true",
    )
    for unit in (DEPARTMENT_A, COMMUNE):
        with pytest.raises(SettingsError, match="rows 2 and 4: 2 targets for sync, scope all"):
            found.find("sync", unit, DAY)


def test_two_targets_of_one_unit_stop_no_other(tmp_path):
    found = targets(tmp_path, "sync,A,0.7,2025-01-01,,true", "sync,A,0.8,2025-01-01,,true")
    assert found.find("sync", DEPARTMENT_B, DAY) is None
    with pytest.raises(SettingsError, match="scope A"):
        found.find("sync", DEPARTMENT_A, DAY)


def test_two_targets_valid_on_one_day_of_a_month_are_refused_for_the_month(tmp_path):
    found = targets(
        tmp_path,
        "sync,all,0.9,2025-01-01,2025-06-15,true",
        "sync,all,0.8,2025-06-15,,true",
    )
    with pytest.raises(SettingsError, match=r"2 targets for sync, scope all.*2025-06-15"):
        found.in_force("sync", DEPARTMENT_A, Window("June", date(2025, 6, 1), date(2025, 6, 30)))
    found.in_force("sync", DEPARTMENT_A, Window("July", date(2025, 7, 1), date(2025, 7, 31)))


def in_force(found: Targets, start: date, end: date) -> list[tuple[str, str, str]]:
    window = Window("window", start, end)
    return [
        (str(each.target.value), each.since.isoformat(), each.until.isoformat())
        for each in found.in_force("sync", DEPARTMENT_A, window)
    ]


def test_a_change_in_mid_year_leaves_both_targets_in_force_for_the_year(tmp_path):
    found = targets(
        tmp_path,
        "sync,all,0.8,2025-01-01,2025-06-30,true",
        "sync,all,0.9,2025-07-01,,true",
    )
    assert in_force(found, date(2025, 1, 1), date(2025, 12, 31)) == [
        ("4/5", "2025-01-01", "2025-06-30"),
        ("9/10", "2025-07-01", "2025-12-31"),
    ]
    assert in_force(found, date(2025, 1, 1), date(2025, 6, 30)) == [
        ("4/5", "2025-01-01", "2025-06-30")
    ]
    assert in_force(found, date(2025, 1, 1), date(2025, 7, 1)) == [
        ("4/5", "2025-01-01", "2025-06-30"),
        ("9/10", "2025-07-01", "2025-07-01"),
    ]
    assert in_force(found, date(2025, 7, 1), date(2025, 7, 31)) == [
        ("9/10", "2025-07-01", "2025-07-31")
    ]


def test_a_narrower_target_in_the_middle_counts_and_days_without_one_do_not(tmp_path):
    found = targets(
        tmp_path,
        "sync,all,0.8,2025-02-01,,true",
        "sync,A,0.9,2025-04-01,2025-04-30,true",
    )
    assert in_force(found, date(2025, 1, 1), date(2025, 5, 31)) == [
        ("4/5", "2025-02-01", "2025-03-31"),
        ("9/10", "2025-04-01", "2025-04-30"),
        ("4/5", "2025-05-01", "2025-05-31"),
    ]
    assert in_force(found, date(2025, 1, 1), date(2025, 1, 31)) == []


def test_the_same_target_in_two_rows_is_one_unless_days_lie_between_them(tmp_path):
    found = targets(
        tmp_path,
        "sync,all,0.8,2025-01-01,2025-03-31,true",
        "sync,all,0.8,2025-04-01,2025-06-30,true",
        "sync,all,0.8,2025-08-01,,true",
    )
    assert in_force(found, date(2025, 1, 1), date(2025, 12, 31)) == [
        ("4/5", "2025-01-01", "2025-06-30"),
        ("4/5", "2025-08-01", "2025-12-31"),
    ]


@pytest.mark.parametrize(
    ("day", "last"),
    [
        (date(2025, 1, 1), date(2025, 3, 31)),  # then A's own begins
        (date(2025, 4, 1), date(2025, 4, 30)),
        (date(2025, 5, 1), date(2025, 12, 31)),
    ],
)
def test_it_is_known_how_long_a_target_lasts(tmp_path, day, last):
    found = targets(
        tmp_path,
        "sync,all,0.8,2025-01-01,2025-06-30,true",
        "sync,all,0.8,2025-07-01,2025-12-31,true",
        "sync,A,0.9,2025-04-01,2025-04-30,true",
    )
    assert found.lasts_until("sync", DEPARTMENT_A, day) == last
    open_end = targets(tmp_path, "sync,all,0.8,2025-01-01,,true")
    assert open_end.lasts_until("sync", DEPARTMENT_A, day) is None


GOOD = {
    "kpi": "sync", "scope": "all", "value": "0.95", "unit_of_measure": "share",
    "denominator": "", "direction": "higher", "legal_source": "Law", "valid_from": "2025-01-01",
    "valid_to": "2025-12-31", "verified": "true", "tolerance": "0.01",
}  # fmt: skip


def read(tmp_path: Path, *rows: dict[str, str]) -> Targets:
    file = tmp_path / "targets.csv"
    lines = [",".join(GOOD), *(",".join((GOOD | row).values()) for row in rows)]
    file.write_text("\n".join(lines), encoding="utf-8")
    return Targets(file, UNITS)


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ({"kpi": "sinc"}, r"row 2, kpi: 'sinc' \(unknown measure\)"),
        ({"kpi": "processed_late", "direction": "lower"}, r"kpi: .*a count, and only rates"),
        ({"direction": "lower"}, r"row 2, direction: 'lower' \(the registry has higher\)"),
        ({"scope": "al"}, r"row 2, scope: 'al' \(neither a unit code nor a level nor all\)"),
        ({"unit_of_measure": "percent"}, r"row 2, unit_of_measure: 'percent' \(write share\)"),
        ({"value": "95"}, r"row 2, value: '95' \(.*write 95 % as 0.95\)"),
        ({"value": "1.01"}, r"row 2, value: '1.01'"),
        ({"tolerance": "5"}, r"row 2, tolerance: '5' \(.*one percentage point as 0.01\)"),
        ({"tolerance": "0.95"}, r"row 2, tolerance: '0.95'"),
        ({"kpi": "overdue_share", "direction": "lower", "tolerance": "0.05"}, "tolerance: '0.05'"),
        ({"valid_to": "2024-12-31"}, r"row 2, valid_to: '2024-12-31' \(lies before valid_from\)"),
    ],
)
def test_a_target_that_would_mislead_is_refused_by_its_row_and_column(tmp_path, cells, fault):
    with pytest.raises(SettingsError, match=fault) as refusal:
        read(tmp_path, cells)
    assert "targets.csv" in refusal.value.message


@pytest.mark.parametrize(
    "cells",
    [
        {"value": "1"},
        {"value": "0", "tolerance": ""},
        {"tolerance": "0.94"},
        {"kpi": "overdue_share", "direction": "lower", "tolerance": "0.04"},
        {"valid_to": "2025-01-01"},
        {"scope": "commune"},
        {"scope": "B"},
    ],
)
def test_what_lies_on_the_right_side_of_each_bound_is_accepted(tmp_path, cells):
    read(tmp_path, cells)


def test_all_faults_of_a_file_are_told_at_once(tmp_path):
    with pytest.raises(SettingsError) as refusal:
        read(tmp_path, {"value": "95"}, {"scope": "al"}, {"kpi": "sinc", "valid_to": "2024-01-01"})
    told = refusal.value.message
    assert [f"row {number}, " in told for number in (2, 3, 4)] == [True] * 3
    assert ("valid_to" in told, "kpi" in told) == (True, True)


def test_a_value_that_is_no_plain_number_is_refused_by_its_row(tmp_path):
    with pytest.raises(SettingsError, match=r"row 2, value: '80%'"):
        targets(tmp_path, "sync,all,80%,2025-01-01,,true")


def test_a_project_without_targets_has_none():
    assert Targets(None, ()).find("sync", DEPARTMENT_A, DAY) is None


def test_decimals_are_exact_and_an_unverified_target_says_so(tmp_path):
    found = targets(tmp_path, "sync,all,0.1,2025-01-01,,false").find("sync", DEPARTMENT_A, DAY)
    assert found == Target("sync", Fraction(1, 10), "higher", "Law", verified=False)


@pytest.mark.parametrize(
    ("direction", "below", "above"), [("higher", False, True), ("lower", True, False)]
)
def test_exactly_on_target_is_met_in_both_directions(direction, below, above):
    target = Target("sync", Fraction(9, 10), direction, "Law", verified=True)
    step = Fraction(1, 10**9)
    assert target.is_met_by(target.value)
    assert target.is_met_by(target.value - step) == below
    assert target.is_met_by(target.value + step) == above


def test_the_targets_of_the_project_are_readable_and_one_at_a_time():
    found = Targets(Path(__file__).parents[2] / "data" / "reference" / "targets.csv", ())
    for month in range(1, 13):
        for kpi in ("sync", "online_filing", "publication_coverage", "publication_on_time"):
            assert found.find(kpi, DEPARTMENT_A, date(2025, month, 28)) is not None
    filing = found.find("online_filing", DEPARTMENT_A, DAY)
    assert filing is not None
    assert not filing.verified


def test_a_tolerance_is_read_where_the_file_has_one(tmp_path):
    file = tmp_path / "targets.csv"
    file.write_text(
        f"{HEADINGS},tolerance\n"
        "sync,all,1.0,share,,higher,Law,2025-01-01,,true,0.005\n"
        "on_time,all,0.9,share,,higher,Law,2025-01-01,,true,\n",
        encoding="utf-8",
    )
    found = [Targets(file, UNITS).find(kpi, DEPARTMENT_A, DAY) for kpi in ("sync", "on_time")]
    assert [target.tolerance for target in found if target] == [Fraction(5, 1000), 0]
