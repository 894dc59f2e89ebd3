"""Every contradiction is refused with its row, what is wrong and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefings.errors import SettingsError
from briefings.lineage.reading import load_lineage
from tests.lineage.histories import load, step, unit_row, write_units

OLD = unit_row("A", last="2025-02-28")
NEW = unit_row("C", "2025-03-01")
MERGED = step("2025-03-01", "merge", "A", "C")


def refused(folder: Path, units: list[str], steps: list[str]) -> str:
    with pytest.raises(SettingsError) as caught:
        load(folder, units, steps)
    message = caught.value.message
    assert message.startswith(f"{folder / 'unit_lineage.csv'} contradicts itself or ")
    assert str(folder / "units.csv") in message
    assert "Correct the rows named" in caught.value.advice
    return message


def test_a_sound_lineage_is_taken(tmp_path: Path) -> None:
    load(tmp_path, [OLD, NEW], [MERGED])


@pytest.mark.parametrize(
    ("units", "steps", "words"),
    [
        pytest.param(
            [OLD, NEW], [MERGED, step("2025-03-01", "merge", "X9", "C")],
            "row 3: 'X9' is no unit. Add it to the units, or correct the code.",
            id="unknown from_unit",
        ),
        pytest.param(
            [OLD, NEW], [step("2025-03-01", "merge", "A", "X9")],
            "row 2: 'X9' is no unit.", id="unknown to_unit",
        ),
        pytest.param(
            [OLD, NEW], [MERGED, MERGED], "row 3 repeats row 2. Take one of them out.",
            id="the same row twice",
        ),
        pytest.param(
            [OLD, NEW], [step("2025-03-01", "rename", "A")],
            "row 2: a rename needs to_unit. Name the unit that followed.",
            id="a rename into nothing",
        ),
        pytest.param(
            [OLD, NEW], [step("2025-03-01", "transfer", "A")],
            "row 2: a transfer needs to_unit.", id="a transfer to nobody",
        ),
        pytest.param(
            [OLD, NEW], [step("2025-03-01", "split", "A", "", "0.5")],
            "row 2: a share needs to_unit. Name the unit that took it.",
            id="a share of nobody",
        ),
        pytest.param(
            [OLD, NEW], [step("2025-03-01", "merge", "A", "A")],
            "row 2: A cannot merge into itself. Name another to_unit, or leave it empty",
            id="a unit merged into itself",
        ),
        pytest.param(
            [OLD, NEW], [step("2025-03-01", "split", "A", "C", "0")],
            "row 2: the share is 0. Give one above 0 and at most 1.", id="no share",
        ),
        pytest.param(
            [OLD, NEW], [step("2025-03-01", "split", "A", "C", "1.5")],
            "row 2: the share is 3/2. Give one above 0 and at most 1.", id="more than all",
        ),
        pytest.param(
            [OLD, NEW, unit_row("A", "2025-04-01")], [MERGED],
            "A ended on 2025-02-28 and is valid again from 2025-04-01. "
            "Give the later unit a code of its own.",
            id="a code used again",
        ),
        pytest.param(
            [OLD, NEW, unit_row("A", "2025-02-28")], [MERGED],
            "A is valid twice on one day. End its earlier row before the later one.",
            id="valid twice",
        ),
        pytest.param(
            [unit_row("A", last="2024-12-31"), unit_row("C", "2025-01-01", "2025-02-28")],
            [step("2025-01-01", "merge", "A", "C"), step("2025-03-01", "merge", "C", "A")],
            "rows 2, 3: a cycle, A → C → A. A unit that comes back is a new one: "
            "give it a code of its own.",
            id="a cycle",
        ),
        pytest.param(
            [OLD, NEW], [step("2025-03-02", "merge", "A", "C")],
            "row 2: A was not valid on 2025-03-01, the day before (valid from the beginning to "
            "2025-02-28). Correct `on`, or the validity of A.",
            id="a day too late",
        ),
        pytest.param(
            [OLD, NEW], [step("2025-02-28", "merge", "A", "C")],
            "row 2: C is not valid on 2025-02-28 (valid from 2025-03-01 to now). "
            "Correct `on`, or the validity of C.",
            id="a day too early",
        ),
        pytest.param(
            [unit_row("A"), NEW], [step("2025-03-01", "rename", "A", "A")],
            "row 2: A has no other name from 2025-03-01 on.",
            id="a rename without a new name",
        ),
        pytest.param(
            [unit_row("A"), NEW], [MERGED],
            "row 2: A is still valid on 2025-03-01, although all of it was taken over. "
            "End it with valid_to=2025-02-28, or give the share that went.",
            id="an overlap",
        ),
        pytest.param(
            [OLD, NEW], [],
            "A ended on 2025-02-28, and nothing says what became of it. "
            "Add a row with on=2025-03-01 and from_unit=A; to_unit may stay empty.",
            id="a gap",
        ),
        pytest.param(
            [OLD, NEW], [step("2025-03-01", "transfer", "A", "C")],
            "A ended on 2025-02-28, and nothing says what became of it.",
            id="a gap beside a transfer of unknown size",
        ),
        pytest.param(
            [OLD, NEW, unit_row("D")],
            [step("2025-03-01", "split", "A", "C", "0.6"),
             step("2025-03-01", "split", "A", "D", "0.3")],
            "rows 2, 3: the shares of A on 2025-03-01 add up to 0.9. They must add up to 1.",
            id="shares below one",
        ),
        pytest.param(
            [OLD, NEW, unit_row("D")],
            [step("2025-03-01", "split", "A", "C", "0.6"),
             step("2025-03-01", "split", "A", "D", "0.5")],
            "rows 2, 3: the shares of A on 2025-03-01 add up to 1.1.",
            id="shares above one",
        ),
        pytest.param(
            [OLD, NEW], [MERGED, step("2025-03-01", "merge", "A")],
            "rows 2, 3: the shares of A on 2025-03-01 add up to 2.",
            id="known and unknown successor",
        ),
        pytest.param(
            [unit_row("A"), NEW],
            [step("2025-03-01", "split", "A", "A", "0.6"),
             step("2025-03-01", "split", "A", "C", "0.3")],
            "rows 2, 3: the shares of A on 2025-03-01 add up to 0.9.",
            id="a unit that keeps a share which does not fit",
        ),
    ],
)  # fmt: skip
def test_a_contradiction_is_refused(
    tmp_path: Path, units: list[str], steps: list[str], words: str
) -> None:
    assert words in refused(tmp_path, units, steps)


@pytest.mark.parametrize(
    ("units", "steps"),
    [
        pytest.param(
            [unit_row("A"), NEW],
            [step("2025-03-01", "split", "A", "A", "0.6"),
             step("2025-03-01", "split", "A", "C", "0.4")],
            id="a unit that keeps a share",
        ),
        pytest.param(
            [unit_row("A"), NEW], [step("2025-03-01", "transfer", "A", "C", "0.4")],
            id="a unit that keeps the rest",
        ),
        pytest.param(
            [unit_row("A"), unit_row("B")],
            [step("2025-03-01", "transfer", "A", "B", "0.4"),
             step("2025-03-01", "transfer", "B", "A", "0.1")],
            id="units that give to and fro",
        ),
        pytest.param(
            [OLD], [step("2025-03-01", "abolish", "A")], id="an office that nobody followed"
        ),
    ],
)  # fmt: skip
def test_what_only_looks_like_a_contradiction_is_taken(
    tmp_path: Path, units: list[str], steps: list[str]
) -> None:
    load(tmp_path, units, steps)


def test_all_faults_of_a_kind_are_named_at_once_and_by_their_row_in_the_file(
    tmp_path: Path,
) -> None:
    wrong = step("2025-03-01", "merge", "X8", "C")
    message = refused(tmp_path, [OLD, NEW], [MERGED, "", wrong, wrong.replace("X8", "X9")])
    assert "row 4: 'X8'" in message
    assert "row 5: 'X9'" in message


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        ("1/3/2025,merge,A,C,,false,test,true,", "row 2, on: '1/3/2025'"),
        ("2025-03-01,join,A,C,,false,test,true,", "row 2, event: 'join'"),
        ("2025-03-01,merge,A,C,half,false,test,true,", "row 2, share: 'half'"),
        ("2025-03-01,merge,A,C,-0.5,false,test,true,", "row 2, share: '-0.5'"),
        ("2025-03-01,merge,,C,,false,test,true,", "row 2, from_unit: None"),
        ("2025-03-01,merge,A,C,,,test,true,", "row 2, estimate: None"),
    ],
)
def test_a_faulty_cell_is_named(tmp_path: Path, steps: str, words: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load(tmp_path, [OLD, NEW], [steps])
    assert words in caught.value.message


def test_without_a_lineage_file_nothing_is_asked_about_units_that_ended(tmp_path: Path) -> None:
    lineage = load_lineage(write_units(tmp_path, OLD), None)
    assert lineage.successions == ()


def test_a_lineage_file_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    units = write_units(tmp_path, OLD)
    with pytest.raises(SettingsError, match=r"nowhere\.csv"):
        load_lineage(units, tmp_path / "nowhere.csv")
