from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from briefings.errors import SettingsError
from briefings.intake.cells import as_text
from briefings.intake.conditions import comparison_faults, holds, parse_condition
from briefings.intake.stated_codes import parse_codes
from briefings.intake.written_numbers import NumberReading

RAW = pd.DataFrame(
    {
        "Tên": pd.Series(["Tổng cộng", "Sở Một", "Cộng dồn", None], [2, 3, 4, 5], dtype="str"),
        "Số": pd.Series([0, 5, 7.5, None], [2, 3, 4, 5], dtype=object),
    }
)


def rows(condition: Any) -> list[int]:
    passed = holds(parse_condition("p", condition), RAW)
    return list(RAW.index[passed])


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        ({"Tên": "filled"}, [2, 3, 4]),
        ({"Tên": "empty"}, [5]),
        ({"Tên": "Sở Một"}, [3]),
        ({"Tên": ["Sở Một", "Tổng cộng"]}, [2, 3]),
        ({"Số": 0}, [2]),
        ({"Số": "7.5"}, [4]),
        ({"Tên": {"not": "Sở Một"}}, [2, 4, 5]),
        ({"Tên": {"starts_with": ["Tổng", "Cộng"]}}, [2, 4]),
        ({"Tên": {"contains": "ộng"}}, [2, 4]),
        ({"Tên": {"contains": "."}}, []),
        ({"Tên": {"matches": "^(Tổng|Cộng) "}}, [2, 4]),
        ({"Số": {"more_than": 5}}, [4]),
        ({"Số": {"at_least": 5}}, [3, 4]),
        ({"Số": {"less_than": 5}}, [2]),
        ({"Số": {"at_most": 5}}, [2, 3]),
        ({"Tên": {"contains": "ộng"}, "Số": {"more_than": 0}}, [4]),
    ],
)
def test_a_condition_picks_rows(condition: dict[str, Any], found: list[int]) -> None:
    assert rows(condition) == found


def test_a_pattern_takes_linear_time() -> None:
    """This one never ends where patterns may backtrack."""
    raw = pd.DataFrame({"x": pd.array(["a" * 2_000 + "!"], dtype="str")})
    condition = parse_condition("p", {"x": {"matches": "^(a+)+$"}})
    assert not holds(condition, raw).any()


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ({}, "needs at least one heading"),
        ("Tên", "expected a mapping"),
        ({"Tên": {}}, "expected one of is, not"),
        ({"Tên": {"is": "a", "not": "b"}}, "expected one of is, not"),
        ({"Tên": {"like": "a"}}, "unknown like"),
        ({"Tên": []}, "expected a value"),
        ({"Tên": None}, "tested with `empty`"),
        ({"Tên": {"matches": "("}}, "not a usable pattern"),
        ({"Tên": {"matches": r"(a)\1"}}, "not a usable pattern"),
        ({"Tên": {"matches": "(a)(b)"}}, "one group"),
        ({"Tên": {"matches": "a" * 201}}, "200 signs"),
        ({"Số": {"more_than": "nhiều"}}, "expected one number"),
        ({"Số": {"more_than": "nan"}}, "expected one number"),
        ({"Số": {"more_than": [1, 2]}}, "expected one number"),
    ],
)
def test_a_condition_that_cannot_be_meant_is_refused(condition: Any, words: str) -> None:
    with pytest.raises(SettingsError) as caught:
        parse_condition("p", condition)
    assert words in str(caught.value)
    assert caught.value.message.startswith("p")


@pytest.mark.parametrize("cells", [[True, False, None], [True, False], ["true", "false", None]])
def test_yes_and_no_by_type_are_those_that_a_profile_writes(cells: list[object]) -> None:
    """A rule on them met no row of a workbook, of Parquet or of JSON, and said nothing."""
    raw = pd.DataFrame({"x": cells})
    condition = parse_condition("p", {"x": True})
    assert list(holds(condition, raw))[:2] == [True, False]
    assert parse_codes("p", {True: "online", False: "counter"}, ()) == {
        "true": "online",
        "false": "counter",
    }
    assert list(as_text(raw["x"]))[:2] == ["true", "false"]


FEES = pd.DataFrame({"Phí": pd.Series(["1.500", "9,5", "miễn", None], [2, 3, 4, 5], dtype="str")})
COMMAS = NumberReading(decimal=",", thousands=".")


def test_numbers_are_compared_as_the_table_writes_them() -> None:
    less = parse_condition("p", {"Phí": {"less_than": 10}}, COMMAS)
    assert list(FEES.index[holds(less, FEES)]) == [3]


def test_a_filled_cell_that_is_no_number_is_a_fault_where_it_is_compared() -> None:
    """Nobody knows whether it is less than ten."""
    conditions = [
        parse_condition("p", {"Phí": {kind: 10}, "Số": {"more_than": 1}}, COMMAS)
        for kind in ("less_than", "at_least")
    ]
    faults = comparison_faults(conditions, FEES)
    assert list(faults.itertuples(index=False, name=None)) == [(4, "Phí", "miễn", "not a number")]
    plain = comparison_faults([parse_condition("p", {"Phí": {"less_than": 10}})], FEES)
    assert list(plain["row"]) == [2, 3, 4]
