from __future__ import annotations

from collections import Counter
from typing import Any

import pandas as pd
import pytest

from briefings.errors import SettingsError
from briefings.intake.layout import MISFIT
from briefings.intake.row_rules import Written, parse_rules
from briefings.intake.written_numbers import NumberReading
from tests.intake.sorted_out import leave_out, reconcile

RAW = pd.DataFrame(
    [
        ("0", "Nhóm A", "", "2016-06", 15.5),
        ("1", "Sở Một", "Nhóm A", "2016-06", 21),
        ("1", "Sở Một", "Nhóm A", "2016-06", 10.5),
        ("2", "Sở Hai", "Nhóm A", "2016-06", 5),
        ("3", "Sở Ba", "Nhóm B", "2016-06", 0),
        ("3", "Sở Ba", "Nhóm B", "2016-06", 0),
        ("0", "Nhóm B", "", "2016-06", 4),
    ],
    columns=["Mã", "Tên", "Nhóm", "Kỳ", "Số"],
    index=range(2, 9),
)
TOTAL = {
    "leave_out": "total of a group",
    "where": {"Mã": 0},
    "sums": {"by": "Kỳ", "group": "Tên", "of": "Nhóm", "columns": "Số"},
}
YEAR = {"leave_out": "year beside its half", "multiple": 2, "of": "Số", "same": ["Mã", "Kỳ"]}


def left_out(rules: list[Any], raw: pd.DataFrame = RAW) -> dict[int, str]:
    """The reason of each row that is left out, in chunks of any size the same."""
    parsed = parse_rules("p", rules, Written())
    found, *others = (leave_out(raw, parsed, size) for size in (None, 1, 3))
    assert others == [found, found]
    return found


def test_a_total_a_year_and_a_double_go_each_under_its_reason() -> None:
    double = {"leave_out": "stands twice", "doubled": "keep_first"}
    assert left_out([TOTAL, YEAR, double]) == {
        2: "total of a group",
        3: "year beside its half",
        7: "stands twice",
        8: "total of a group",
    }


def test_a_row_of_zeros_is_not_the_double_of_its_like() -> None:
    assert left_out([YEAR]) == {3: "year beside its half"}


def test_of_doubled_rows_the_last_may_be_the_one_that_stays() -> None:
    rule = {"leave_out": "before its update", "doubled": "keep_last", "same": "Tên"}
    assert list(left_out([rule])) == [3, 6]


def test_all_doubled_rows_go_where_none_is_to_be_believed() -> None:
    rule = {"leave_out": "stands twice", "doubled": "keep_none"}
    assert left_out([rule]) == {6: "stands twice", 7: "stands twice"}
    same_name = {**rule, "same": ["Tên"]}
    assert left_out([same_name]) == dict.fromkeys([3, 4, 6, 7], "stands twice")


def test_rows_that_are_not_of_the_kind_wanted_go() -> None:
    rule = {"leave_out": "another group", "unless": {"Nhóm": "Nhóm A"}}
    assert list(left_out([rule])) == [2, 6, 7, 8]


def test_of_several_states_of_a_case_the_newest_stays() -> None:
    raw = pd.DataFrame(
        {
            "Mã": pd.array(["a", "a", "b", "a", "c", "c"], dtype="str"),
            "Sửa": pd.array(
                ["01/02/2025", "03/02/2025", "01/01/2025", None, None, None], dtype="str"
            ),
        }
    )
    rule = {"leave_out": "older", "older_by": "Sửa", "same": "Mã", "format": "day-first"}
    assert list(left_out([rule], raw)) == [0, 3]  # the two of c are left for the key to judge


def test_where_the_newest_state_can_not_be_told_none_is_used() -> None:
    """A time that can not be read might be the newest; alone it has nothing to be newer than."""
    cases = pd.array(["a", "a", "b", None, None], dtype="str")
    times = pd.array(["01/02/2025", "sau Tết", "sau Tết", "01/02/2025", "02/02/2025"], dtype="str")
    raw = pd.DataFrame({"Mã": cases, "Sửa": times})
    rule = {"leave_out": "older", "older_by": "Sửa", "same": "Mã", "format": "day-first"}
    assert left_out([rule], raw) == dict.fromkeys([0, 1], "unreadable date")


def test_rows_that_lack_what_rows_have_in_common_are_not_the_same() -> None:
    raw = pd.DataFrame({"Mã": pd.array([None, None, "a", "a"], dtype="str"), "Số": [1, 2, 3, 4]})
    rule = {"leave_out": "stands twice", "doubled": "keep_first", "same": "Mã"}
    assert left_out([rule], raw) == {3: "stands twice"}


def test_a_number_that_can_not_be_read_is_twice_nothing() -> None:
    cells = pd.array(["10", "20", "n/k", "0"], dtype="str")
    others = pd.array(["n/k", "0", "1", "2"], dtype="str")
    raw = pd.DataFrame({"Mã": "a", "Số": cells, "Khác": others})
    rule = {"leave_out": "year", "multiple": 2, "of": ["Số", "Khác"], "same": "Mã"}
    assert left_out([rule], raw) == {}


def test_rules_act_one_after_the_other() -> None:
    totals_first = [{"leave_out": "total", "where": {"Mã": 0}}]
    then_the_rest = [{"leave_out": "rest", "where": {"Kỳ": "filled"}}]
    reasons = left_out([*totals_first, *then_the_rest])
    assert Counter(reasons.values()) == {"total": 2, "rest": 5}


def test_a_row_of_another_width_goes_first() -> None:
    raw = RAW.assign(**{MISFIT: [None, "6", *[None] * 5]})
    assert left_out([YEAR], raw) == {3: "more or fewer cells than headings"}


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("x", "expected a mapping"),
        ({"where": {"a": 1}}, "leave_out: expected a text"),
        ({"leave_out": "x"}, "needs one of where"),
        ({"leave_out": "x", "where": {"a": 1}, "unless": {"a": 1}}, "needs one of where"),
        ({"leave_out": "x" * 101, "where": {"a": 1}}, "up to 100 signs"),
        ({"leave_out": "x", "multiple": 1, "of": "a", "same": "b"}, "from 2 on"),
        ({"leave_out": "x", "multiple": 2, "same": "b"}, "of: expected a text"),
        ({"leave_out": "x", "multiple": 2, "of": "a"}, "`same` says"),
        ({"leave_out": "x", "older_by": "a"}, "`same` says"),
        ({"leave_out": "x", "where": {"a": 1}, "number": {"decimal": ";"}}, "number.decimal"),
        ({"leave_out": "x", "doubled": "keep"}, "Known are keep_first, keep_last, keep_none"),
        ({"leave_out": "x", "wher": {"a": 1}}, "unknown wher"),
        ({"leave_out": "x", "where": {"a": 1}, "same": "a"}, "unknown same"),
        ({"leave_out": "x", "doubled": "keep_first", "number": {}}, "unknown number"),
        ({"leave_out": "x", "older_by": "a", "same": "b", "sums": {}}, "unknown sums"),
        ({"leave_out": "x", "older_by": ["a", "c"], "same": "b"}, "older_by: expected a text"),
        ({"leave_out": "x", "where": {"a": 1}, "sums": {"by": "a"}}, "sums.columns"),
    ],
)
def test_a_rule_that_cannot_be_meant_is_refused(rule: Any, words: str) -> None:
    with pytest.raises(SettingsError) as caught:
        parse_rules("p", [rule], Written())
    assert words in str(caught.value)
    assert caught.value.message.startswith("p[1]")


def verdicts(raw: pd.DataFrame, *rules: Any) -> dict[tuple[str, str], tuple[Any, ...]]:
    parsed = parse_rules("p", list(rules), Written())
    table, *others = (reconcile(raw, parsed, size) for size in (None, 1, 3))
    assert all(other.equals(table) for other in others)
    cells = table[["stated", "summed", "rows", "verdict"]].itertuples(index=False, name=None)
    return dict(zip(zip(table["period"], table["group"], strict=True), cells, strict=True))


def test_a_subtotal_is_compared_with_the_rows_that_are_used() -> None:
    found = verdicts(RAW, TOTAL, YEAR)
    assert found[("2016-06", "Nhóm A")] == (15.5, 15.5, 2, "equal")
    assert found[("2016-06", "Nhóm B")] == (4, 0, 2, "differs")


def test_without_the_rule_for_years_the_sum_is_wrong_and_says_so() -> None:
    assert verdicts(RAW, TOTAL)[("2016-06", "Nhóm A")] == (15.5, 36.5, 3, "differs")


def test_a_subtotal_without_rows_and_rows_without_a_subtotal_are_told_apart() -> None:
    raw = RAW.assign(Nhóm=["", *["Nhóm C"] * 3, "", "", ""])
    found = verdicts(raw, TOTAL, YEAR)
    assert found[("2016-06", "Nhóm A")][3] == "no rows"
    assert found[("2016-06", "Nhóm C")][3] == "no subtotal"


WRITTEN = RAW.assign(Số=pd.array(["1.250,5", "900", "1.800", "350,5", "0", "", "x"], dtype="str"))
COMMAS = {"decimal": ",", "thousands": "."}


def test_numbers_are_summed_and_doubled_as_the_profile_says_they_are_written() -> None:
    total, year = {**TOTAL, "number": COMMAS}, {**YEAR, "number": COMMAS}
    found = verdicts(WRITTEN, total, year)
    assert found[("2016-06", "Nhóm A")] == (1250.5, 1250.5, 2, "equal")
    assert left_out([year], WRITTEN) == {4: "year beside its half"}


def test_numbers_of_a_rule_are_written_as_in_the_column_that_reads_their_heading() -> None:
    written = Written(of_headings={"Số": {NumberReading(",", ".")}})
    assert leave_out(WRITTEN, parse_rules("p", [YEAR], written), None) == {
        4: "year beside its half"
    }


def test_a_total_has_a_reason_of_its_own_or_a_note_would_be_summed_with_it() -> None:
    note = {"leave_out": TOTAL["leave_out"], "where": {"Mã": 1}}
    with pytest.raises(SettingsError, match="is the reason of several rules"):
        parse_rules("p", [TOTAL, note], Written())


def test_a_group_has_one_total() -> None:
    names = {"Nhóm A": ["A", "B"], "Nhóm B": ["B"]}
    sums = {**TOTAL["sums"], "names": names}  # type: ignore[dict-item]
    with pytest.raises(SettingsError, match="'B' belongs to two totals"):
        parse_rules("p", [{**TOTAL, "sums": sums}], Written())


def test_a_heading_that_two_columns_read_as_different_numbers_is_not_summed_unasked() -> None:
    written = Written(of_headings={"Số": {NumberReading(",", "."), None}})
    with pytest.raises(SettingsError, match=r"numbers under 'Số' in two ways"):
        parse_rules("p", [TOTAL], written)
    (rule,) = parse_rules("p", [{**TOTAL, "number": COMMAS}], written)
    assert rule.numbers == {"Số": NumberReading(",", ".")}


def test_what_is_no_number_is_never_equal_to_anything() -> None:
    plain, written = verdicts(WRITTEN, TOTAL), verdicts(WRITTEN, {**TOTAL, "number": COMMAS})
    assert plain[("2016-06", "Nhóm A")][3] == "not a number"
    assert written[("2016-06", "Nhóm B")][3] == "not a number"


def test_totals_of_different_cells_are_told_apart_however_they_are_joined() -> None:
    rows = [("0", "T", "", "x y", "z", 30), ("1", "a", "T", "x y", "z", 10),
            ("0", "T", "", "x", "y z", 30), ("1", "a", "T", "x", "y z", 50)]  # fmt: skip
    raw = pd.DataFrame(rows, columns=["Mã", "Tên", "Nhóm", "Kỳ", "Quý", "Số"])
    total = {**TOTAL, "sums": {**TOTAL["sums"], "by": ["Kỳ", "Quý"]}}  # type: ignore[dict-item]
    parsed = parse_rules("p", [total], Written())
    assert reconcile(raw, parsed, None)["verdict"].tolist() == ["differs", "differs"]


def test_a_total_of_all_rows_has_no_group() -> None:
    raw = RAW.assign(Số=[40.5, 21, 10.5, 5, 2, 2, 0]).drop(index=8)
    total = {**TOTAL, "sums": {"by": "Kỳ", "columns": "Số"}}
    assert verdicts(raw, total) == {("2016-06", "(all)"): (40.5, 40.5, 5, "equal")}


def test_a_subtotal_may_gather_several_groups_of_another_name() -> None:
    names = {**TOTAL["sums"], "names": {"Nhóm A": ["Nhóm A", "Nhóm B"]}}  # type: ignore[dict-item]
    found = verdicts(RAW, {**TOTAL, "sums": names}, YEAR)
    assert found[("2016-06", "Nhóm A")] == (15.5, 15.5, 4, "equal")
