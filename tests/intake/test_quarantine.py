from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefings.intake.contract import DTYPES, LONGEST_TEXT, Contract
from briefings.intake.contracts import CONTRACTS, PORTAL_STATUSES
from briefings.intake.mapping import FAULT_COLUMNS
from tests.intake.sorted_out import sort_out

UNITS = frozenset({"D1", "D2"})
DOSSIERS, PAYMENTS, CHANGES = (
    CONTRACTS[name] for name in ("dossiers", "payments", "procedure_changes")
)
NO_FAULTS = pd.DataFrame(columns=FAULT_COLUMNS)
SOUND = {
    "dossier_code": "A1",
    "unit": "D1",
    "received_at": "2025-01-02 08:00",
    "finished_at": "2025-01-03 08:00",
    "channel": "online",
    "status": 10,
}


def table(contract: Contract, *rows: dict[str, Any]) -> pd.DataFrame:
    """A mapped table; the rows are numbered from 2 as in a file with headings."""
    cells = {
        column.name: pd.Series([row.get(column.name) for row in rows], dtype=object)
        .pipe(lambda s, kind=column.kind: pd.to_datetime(s) if kind in ("day", "moment") else s)
        .astype(DTYPES[column.kind])
        for column in contract.columns
    }
    frame = pd.DataFrame(cells)
    frame.index = pd.RangeIndex(2, 2 + len(frame))
    return frame


def dossiers(*changes: dict[str, Any]) -> pd.DataFrame:
    """Sound dossiers A1, A2, … with these cells changed."""
    codes = ({"dossier_code": f"A{number}"} for number in range(1, len(changes) + 1))
    return table(
        DOSSIERS, *(SOUND | code | change for code, change in zip(codes, changes, strict=True))
    )


def sorted_out(
    mapped: pd.DataFrame, contract: Contract = DOSSIERS, faults: pd.DataFrame = NO_FAULTS
) -> tuple[list[int], list[tuple[Any, ...]]]:
    """The numbers of the used rows, and the quarantine as (row, column, value, reason)."""
    used, quarantine = sort_out(mapped, faults, contract, UNITS)
    assert list(quarantine.columns) == FAULT_COLUMNS
    return list(used.index), list(quarantine.itertuples(index=False, name=None))


def test_sound_rows_are_used_as_they_are() -> None:
    mapped = dossiers({}, {})
    used, quarantine = sort_out(mapped, NO_FAULTS, DOSSIERS, UNITS)
    pd.testing.assert_frame_equal(used, mapped)
    assert quarantine.empty


def test_a_table_without_rows_leaves_nothing() -> None:
    assert sorted_out(DOSSIERS.empty()) == ([], [])


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"dossier_code": None}, ("dossier_code", "nan", "empty cell")),
        ({"received_at": None}, ("received_at", "NaT", "empty cell")),
        ({"unit": "D9"}, ("unit", "D9", "unknown unit")),
        ({"unit": "d1"}, ("unit", "d1", "unknown unit")),
        ({"channel": "phone"}, ("channel", "phone", "value outside the code list")),
        ({"status": 0}, ("status", "0", "number outside 1 to 10")),
        ({"status": 11}, ("status", "11", "number outside 1 to 10")),
        ({"waiting_days": -1}, ("waiting_days", "-1", "number outside 0 to 99999")),
        ({"finished_at": "2025-01-01 23:59"}, ("(row)", "", "finished before received")),
    ],
)
def test_a_faulty_row_is_set_aside_with_its_reason(
    change: dict[str, Any], fault: tuple[str, str, str]
) -> None:
    used, ((row, *found),) = sorted_out(dossiers({}, change, {}))
    assert used == [2, 4]
    assert row == 3
    assert found[0] == fault[0]
    assert found[2] == fault[2]
    if fault[2] != "empty cell":
        assert found[1] == fault[1]


@pytest.mark.parametrize("status", [PORTAL_STATUSES.start, PORTAL_STATUSES.stop - 1])
def test_the_first_and_the_last_status_are_sound(status: int) -> None:
    assert sorted_out(dossiers({"status": status})) == ([2], [])


@pytest.mark.parametrize(("length", "sound"), [(1999, True), (2000, True), (2001, False)])
def test_a_text_may_be_as_long_as_the_limit(length: int, sound: bool) -> None:
    assert LONGEST_TEXT == 2000
    used, faults = sorted_out(dossiers({"procedure_code": "x" * length}))
    assert bool(used) is sound
    assert [fault[3] for fault in faults] == ([] if sound else ["text too long"])


def test_optional_cells_may_be_empty() -> None:
    assert sorted_out(dossiers(dict.fromkeys(("channel", "status", "finished_at")))) == ([2], [])


def test_a_dossier_may_be_finished_on_the_day_it_was_received() -> None:
    assert sorted_out(dossiers({"finished_at": "2025-01-02 07:00"})) == ([2], [])


def test_a_petition_answered_before_it_came_is_set_aside() -> None:
    petition = {"feedback_id": "K1", "unit": "D1", "received_on": "2025-01-02"}
    mapped = table(CONTRACTS["feedback"], petition | {"answered_on": "2025-01-01"})
    _, faults = sorted_out(mapped, CONTRACTS["feedback"])
    assert faults == [(2, "(row)", "", "answered before received")]


def test_every_fault_of_a_row_is_listed() -> None:
    used, faults = sorted_out(dossiers({"unit": "D9", "channel": "phone", "status": 99}))
    assert used == []
    assert [fault[1] for fault in faults] == ["channel", "status", "unit"]


def test_an_unreadable_cell_keeps_its_text_and_is_not_also_called_empty() -> None:
    unreadable = pd.DataFrame([(3, "received_at", "hôm qua", "unreadable date")])
    unreadable.columns = FAULT_COLUMNS
    used, faults = sorted_out(dossiers({}, {"received_at": None}), faults=unreadable)
    assert used == [2]
    assert faults == [(3, "received_at", "hôm qua", "unreadable date")]


def test_an_unreadable_optional_cell_sets_its_row_aside() -> None:
    unreadable = pd.DataFrame([(2, "finished_at", "sắp xong", "unreadable date")])
    unreadable.columns = FAULT_COLUMNS
    used, faults = sorted_out(dossiers({"finished_at": None}), faults=unreadable)
    assert (used, len(faults)) == ([], 1)


def test_of_identical_rows_the_first_is_kept() -> None:
    same = {"dossier_code": "A1"}
    used, faults = sorted_out(dossiers(same, {}, same, same))
    assert used == [2, 3]
    assert faults == [
        (4, "dossier_code", "A1", "repeats an earlier row"),
        (5, "dossier_code", "A1", "repeats an earlier row"),
    ]


def test_identical_rows_with_empty_cells_are_identical() -> None:
    same = {"dossier_code": "A1", "finished_at": None, "status": None, "channel": None}
    used, faults = sorted_out(dossiers(same, same))
    assert used == [2]
    assert [fault[3] for fault in faults] == ["repeats an earlier row"]


def test_rows_of_one_key_that_differ_are_all_set_aside() -> None:
    used, faults = sorted_out(
        dossiers({"dossier_code": "A1"}, {}, {"dossier_code": "A1", "status": 4})
    )
    assert used == [3]
    assert faults == [
        (2, "dossier_code", "A1", "key used again with other content"),
        (4, "dossier_code", "A1", "key used again with other content"),
    ]


def test_a_repetition_among_conflicting_rows_is_set_aside_too() -> None:
    first, other = {"dossier_code": "A1"}, {"dossier_code": "A1", "status": 4}
    used, faults = sorted_out(dossiers(first, other, first))
    assert used == []
    assert [fault[3] for fault in faults] == [
        "key used again with other content",
        "key used again with other content",
        "repeats an earlier row",
    ]


def test_a_key_of_two_columns_is_shown_whole() -> None:
    change = {"decision_no": "1/QĐ", "procedure_code": "P1", "change": "new"}
    other = change | {"procedure_code": "P2"}
    used, faults = sorted_out(table(CHANGES, change, other, change), CHANGES)
    assert used == [2, 3]
    assert faults == [(4, "decision_no+procedure_code", "1/QĐ P1", "repeats an earlier row")]


def test_a_faulty_row_does_not_condemn_a_sound_one_of_the_same_key() -> None:
    used, faults = sorted_out(dossiers({"dossier_code": "A1"}, {"dossier_code": "A1", "unit": "?"}))
    assert used == [2]
    assert [fault[3] for fault in faults] == ["unknown unit"]


rows = st.fixed_dictionaries(
    {
        "transaction_id": st.sampled_from(["G1", "G2", "G3", None]),
        "dossier_code": st.sampled_from(["A1", None]),
        "paid_at": st.sampled_from(["2025-01-02", None]),
        "amount_vnd": st.sampled_from([0, 150_000, -1, None]),
        "method": st.sampled_from(["cash", "gold"]),
    }
)


@pytest.mark.slow
@settings(max_examples=25)
@given(st.lists(rows, max_size=8))
def test_every_row_is_used_or_set_aside_never_both(content: list[dict[str, Any]]) -> None:
    mapped = table(PAYMENTS, *content)
    used, quarantine = sort_out(mapped, NO_FAULTS, PAYMENTS, UNITS)
    aside = set(quarantine["row"])
    assert set(used.index) | aside == set(mapped.index)
    assert len(used) + len(aside) == len(mapped)
    assert used["transaction_id"].is_unique
    PAYMENTS.schema.validate(used)
    pd.testing.assert_frame_equal(used, mapped.loc[used.index])


@pytest.mark.slow
@settings(max_examples=15)
@given(st.lists(rows, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_change_what_is_used(
    content: list[dict[str, Any]], random: Any
) -> None:
    shuffled = random.sample(content, len(content))
    first, second = (
        sort_out(table(PAYMENTS, *rows), NO_FAULTS, PAYMENTS, UNITS)[0]
        .sort_values("transaction_id")
        .reset_index(drop=True)
        for rows in (content, shuffled)
    )
    pd.testing.assert_frame_equal(first, second)
