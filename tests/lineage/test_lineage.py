from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.lineage import Lineage
from briefings.lineage.faults import faults
from tests.lineage.histories import History, histories, load, step, unit_row

NOW = date(2025, 12, 31)
ONE = Fraction(1)


def test_two_units_merged_are_read_as_the_new_one(tmp_path: Path) -> None:
    lineage = load(
        tmp_path,
        [
            unit_row("A", last="2025-02-28"),
            unit_row("B", last="2025-02-28"),
            unit_row("C", "2025-03-01"),
        ],
        [step("2025-03-01", "merge", "A", "C"), step("2025-03-01", "merge", "B", "C")],
    )
    assert lineage.as_now("A", NOW) == lineage.as_now("B", NOW) == {"C": ONE}
    assert lineage.as_now("C", NOW) == {"C": ONE}


@pytest.mark.parametrize(
    ("day", "read_as"),
    [("2025-02-28", "A"), ("2025-03-01", "C"), ("2025-03-02", "C")],
)
def test_an_event_counts_from_its_first_day(tmp_path: Path, day: str, read_as: str) -> None:
    lineage = load(
        tmp_path,
        [unit_row("A", last="2025-02-28"), unit_row("C", "2025-03-01")],
        [step("2025-03-01", "rename", "A", "C")],
    )
    assert lineage.as_now("A", date.fromisoformat(day)) == {read_as: ONE}


def test_a_unit_split_is_read_by_shares(tmp_path: Path) -> None:
    lineage = load(
        tmp_path,
        [
            unit_row("A", last="2025-02-28"),
            unit_row("B", "2025-03-01"),
            unit_row("C", "2025-03-01"),
        ],
        [
            step("2025-03-01", "split", "A", "B", "0.6"),
            step("2025-03-01", "split", "A", "C", "0.4"),
        ],
    )
    assert lineage.as_now("A", NOW) == {"B": Fraction(3, 5), "C": Fraction(2, 5)}


def test_shares_multiply_along_a_chain(tmp_path: Path) -> None:
    """A and B merge into C; later C is split 60/40 into D and E, of which E loses a half to F."""
    lineage = load(
        tmp_path,
        [
            unit_row("A", last="2024-12-31"),
            unit_row("B", last="2024-12-31"),
            unit_row("C", "2025-01-01", "2025-02-28"),
            unit_row("D", "2025-03-01"),
            unit_row("E", "2025-03-01"),
            unit_row("F"),
        ],
        [
            step("2025-06-01", "transfer", "E", "F", "0.5"),
            step("2025-01-01", "merge", "A", "C"),
            step("2025-01-01", "merge", "B", "C"),
            step("2025-03-01", "split", "C", "D", "0.6"),
            step("2025-03-01", "split", "C", "E", "0.4"),
        ],
    )
    expected = {"D": Fraction(3, 5), "E": Fraction(1, 5), "F": Fraction(1, 5)}
    assert lineage.as_now("A", NOW) == lineage.as_now("C", NOW) == expected
    assert lineage.as_now("A", date(2025, 2, 28)) == {"C": ONE}
    assert lineage.as_now("A", date(2025, 3, 31)) == {"D": Fraction(3, 5), "E": Fraction(2, 5)}


def test_a_unit_that_gave_something_away_gives_it_of_what_was_before_only(tmp_path: Path) -> None:
    lineage = load(
        tmp_path,
        [unit_row("A"), unit_row("B")],
        [step("2025-03-01", "transfer", "A", "B", "0.25")],
    )
    assert lineage.as_now("A", NOW, since=date(2025, 2, 28)) == {
        "A": Fraction(3, 4),
        "B": Fraction(1, 4),
    }
    assert lineage.as_now("A", NOW, since=date(2025, 3, 1)) == {"A": ONE}


def test_what_a_unit_that_ended_did_lies_before_its_end(tmp_path: Path) -> None:
    """A row of A dated after its end, as slow systems write them, still goes to C."""
    lineage = load(
        tmp_path,
        [unit_row("A", last="2025-02-28"), unit_row("C", "2025-03-01")],
        [step("2025-03-01", "rename", "A", "C")],
    )
    assert lineage.as_now("A", NOW, since=date(2025, 4, 30)) == {"C": ONE}


def test_a_unit_that_nobody_is_known_to_have_followed_is_read_as_itself(tmp_path: Path) -> None:
    lineage = load(
        tmp_path,
        [unit_row("A", last="2025-02-28"), unit_row("B", last="2025-02-28"), unit_row("C")],
        [step("2025-03-01", "merge", "A"), step("2025-03-01", "abolish", "B")],
    )
    assert lineage.as_now("A", NOW) == {"A": ONE}
    assert lineage.as_now("B", NOW) == {"B": ONE}


def test_only_who_took_over_all_of_a_unit_is_its_successor(tmp_path: Path) -> None:
    lineage = load(
        tmp_path,
        [
            unit_row("A", last="2025-02-28"),
            unit_row("B", last="2025-02-28"),
            unit_row("C"),
            unit_row("D"),
        ],
        [
            step("2025-03-01", "merge", "A", "C"),
            step("2025-03-01", "split", "B", "C", "0.7"),
            step("2025-03-01", "split", "B", "D", "0.3"),
        ],
    )
    assert [lineage.successor(unit, NOW) for unit in "ABC"] == ["C", "B", "C"]


def test_a_transfer_of_unknown_size_moves_nothing(tmp_path: Path) -> None:
    lineage = load(
        tmp_path, [unit_row("A"), unit_row("B")], [step("2025-03-01", "transfer", "A", "B")]
    )
    assert lineage.as_now("A", NOW) == {"A": ONE}


def test_a_unit_renamed_under_its_code_is_itself_and_has_both_names(tmp_path: Path) -> None:
    lineage = load(
        tmp_path,
        [unit_row("A", last="2025-02-28", name="cũ"), unit_row("A", "2025-03-01", name="mới")],
        [step("2025-03-01", "rename", "A", "A")],
    )
    assert lineage.as_now("A", NOW) == {"A": ONE}
    before, after = (lineage.unit_on("A", date(2025, *day)) for day in ((2, 28), (3, 1)))
    assert before
    assert after
    assert (before.name_vi, after.name_vi) == ("Đơn vị cũ", "Đơn vị mới")
    assert (lineage.began("A"), lineage.ended("A")) == (None, None)


def test_a_step_touches_those_it_leads_to(tmp_path: Path) -> None:
    """A goes into C, which is renamed D; where X of the same place went, nobody knows."""
    lineage = load(
        tmp_path,
        [
            unit_row("A", last="2025-01-31"),
            unit_row("X", last="2025-01-31"),
            unit_row("C", last="2025-02-28"),
            unit_row("D", "2025-03-01"),
            unit_row("E"),
            unit_row("Q", parent="E"),
        ],
        [
            step("2025-02-01", "merge", "A", "C"),
            step("2025-02-01", "merge", "X"),
            step("2025-03-01", "rename", "C", "D"),
            step("2025-03-01", "transfer", "E", "Q"),
        ],
    )
    merged, lost, renamed, transferred = lineage.successions
    assert lineage.touched(merged, date(2025, 2, 28)) == {"C"}
    assert lineage.touched(merged, NOW) == {"D"}
    assert lineage.touched(renamed, NOW) == {"D"}
    assert lineage.touched(lost, NOW) == {"X", "D", "E"}  # not Q: another parent
    assert lineage.touched(transferred, NOW) == {"E", "Q"}


def test_an_office_abolished_without_successor_touches_nobody_else(tmp_path: Path) -> None:
    lineage = load(
        tmp_path,
        [unit_row("A", last="2025-01-31"), unit_row("B")],
        [step("2025-02-01", "abolish", "A")],
    )
    assert lineage.touched(lineage.successions[0], NOW) == {"A"}


def test_read_as_then_every_unit_is_itself(tmp_path: Path) -> None:
    lineage = load(
        tmp_path,
        [unit_row("A", last="2025-02-28"), unit_row("C", "2025-03-01")],
        [step("2025-03-01", "rename", "A", "C")],
    ).as_then()
    assert lineage.as_now("A", NOW) == {"A": ONE}
    assert lineage.unit_on("A", date(2025, 3, 1)) is None


days = st.dates(date(2023, 12, 1), date(2025, 1, 31))


@pytest.mark.slow
@given(histories(), days, days)
def test_shares_add_up_to_one_over_units_that_are_there(
    history: History, since: date, day: date
) -> None:
    lineage = history.lineage
    assert faults(dict(enumerate(lineage.successions, 2)), lineage.tenures) == []
    for unit in lineage.tenures:
        shares = lineage.as_now(unit, day, since=since)
        assert sum(shares.values()) == 1
        assert all(share > 0 for share in shares.values())
        for holder in shares:
            lost = any(not each.new and each.old == holder for each in lineage.successions)
            assert lineage.unit_on(holder, day) is not None or lost or holder == unit


@pytest.mark.slow
@given(histories(), days)
def test_what_is_read_as_now_stays_when_read_again(history: History, day: date) -> None:
    lineage = history.lineage
    for unit in lineage.tenures:
        for holder in lineage.as_now(unit, day):
            assert lineage.as_now(holder, day, since=day) == {holder: ONE}


@pytest.mark.slow
@given(histories(), days, st.randoms())
def test_the_order_of_rows_is_irrelevant(history: History, day: date, random) -> None:
    lineage = history.lineage
    mixed = list(lineage.successions)
    random.shuffle(mixed)
    other = Lineage(lineage.tenures, tuple(mixed))
    for unit in lineage.tenures:
        assert other.as_now(unit, day) == lineage.as_now(unit, day)


@given(histories(), days, days, days)
def test_reading_in_two_steps_is_reading_in_one(
    history: History, one: date, two: date, three: date
) -> None:
    since, half_way, day = sorted([one, two, three])
    lineage = history.lineage
    for unit in lineage.tenures:
        found: dict[str, Fraction] = {}
        for holder, part in lineage.as_now(unit, half_way, since=since).items():
            for new, share in lineage.as_now(holder, day, since=half_way).items():
                found[new] = found.get(new, Fraction(0)) + part * share
        assert found == lineage.as_now(unit, day, since=since)
