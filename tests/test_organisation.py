from __future__ import annotations

import pytest

from briefings.errors import ParameterError, SettingsError
from briefings.organisation import Level, Organisation, Unit


def unit(code: str, level: Level, parent: str = "T1") -> Unit:
    return Unit(code, f"Đơn vị {code}", f"Unit {code}", level, parent)


T1, D1, D2 = unit("T1", "province", ""), unit("D1", "department"), unit("D2", "department")
H1, X1 = unit("H1", "district"), unit("X1", "commune", "H1")
PROVINCE = Organisation((T1, D1, D2, H1, X1))


@pytest.mark.parametrize(
    ("selection", "codes"),
    [
        ("D1", ["D1"]),
        ("D2,D1", ["D2", "D1"]),
        ("D1,D1,T1", ["D1", "T1"]),
        ("department", ["D1", "D2"]),
        ("province", ["T1"]),
        ("commune", ["X1"]),
        ("default", ["T1", "H1"]),
        ("all", ["T1", "D1", "D2", "H1", "X1"]),
    ],
)
def test_units_are_chosen_by_code_list_level_default_or_all(
    selection: str, codes: list[str]
) -> None:
    chosen = PROVINCE.select(selection, default_levels=["district", "province"])
    assert [unit.code for unit in chosen] == codes


@pytest.mark.parametrize("selection", ["D9", "D1,D9", "d1", "", "D1,", "D1;D2", "../T1"])
def test_an_unknown_code_is_refused_and_the_valid_ones_are_named(selection: str) -> None:
    with pytest.raises(ParameterError) as caught:
        PROVINCE.select(selection, default_levels=[])
    assert "is not a unit" in caught.value.message
    for words in ("province: T1", "department: D1, D2", "district: H1", "commune: X1", "all"):
        assert words in caught.value.advice


def test_a_level_without_units_is_refused_rather_than_answered_with_nothing() -> None:
    without_communes = Organisation((T1, D1))
    with pytest.raises(ParameterError, match="commune"):
        without_communes.select("commune", default_levels=["province"])


@pytest.mark.parametrize(("communes", "cut"), [(39, False), (40, False), (41, True)])
def test_a_long_list_of_valid_codes_is_cut(communes: int, cut: bool) -> None:
    many = Organisation((T1, *(unit(f"X{n:02d}", "commune") for n in range(communes))))
    with pytest.raises(ParameterError) as caught:
        many.unit("?")
    assert (", …" in caught.value.advice) is cut
    assert "X38" in caught.value.advice
    assert "X40" not in caught.value.advice


def test_the_units_of_one_level_and_all_codes_include_former_units() -> None:
    old = unit("D0", "department")
    changed = Organisation(PROVINCE.units, former=(old,))
    assert changed.root == T1
    assert changed.at_level("department") == (D1, D2)
    assert changed.codes_at_level("department") == ("D1", "D2", "D0")
    assert changed.codes == ("T1", "D1", "D2", "H1", "X1", "D0")


def test_a_former_unit_is_known_by_name_but_cannot_be_chosen() -> None:
    old = unit("D0", "department")
    changed = Organisation(PROVINCE.units, former=(old,))
    assert changed.unit("D0") == old
    assert old not in changed.select("all", default_levels=[])
    assert old not in changed.select("department", default_levels=[])
    assert old not in changed.select("default", default_levels=["department"])
    for selection in ("D0", "D1,D0"):
        with pytest.raises(ParameterError, match="UNIT='D0' is not a unit") as caught:
            changed.select(selection, default_levels=[])
        assert "D0" not in caught.value.advice


def test_a_unit_has_a_name_in_both_languages() -> None:
    assert (D1.name("vi"), D1.name("en")) == ("Đơn vị D1", "Unit D1")


def test_codes_that_would_share_a_folder_are_refused() -> None:
    with pytest.raises(SettingsError, match="twice in one month: X1, x1"):
        Organisation((T1, H1, X1, unit("x1", "commune", "H1")))


def test_a_code_that_occurs_twice_is_refused_and_named() -> None:
    with pytest.raises(SettingsError, match="twice in one month: D1, D2"):
        Organisation((T1, D2, D1, D1, D2))


@pytest.mark.parametrize("units", [(), (D1,), (T1, unit("T2", "province", ""))])
def test_there_is_exactly_one_province(units: tuple[Unit, ...]) -> None:
    with pytest.raises(SettingsError, match="exactly one row of level province"):
        Organisation(units)


def test_a_parent_that_is_no_unit_is_refused_and_named() -> None:
    with pytest.raises(SettingsError, match="Parents that are no unit: H9"):
        Organisation((T1, unit("X1", "commune", "H9")))
