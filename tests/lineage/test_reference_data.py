"""The committed lineage of Hai Duong: as far as the facts go, and no further."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from briefings.errors import SettingsError
from briefings.lineage import Lineage
from briefings.lineage.reading import load_lineage
from briefings.organisation import Organisation
from briefings.periods import Month
from briefings.project import REPOSITORY
from briefings.reference import load_organisation

UNITS = REPOSITORY / "data" / "reference" / "units.csv"
MARCH = date(2025, 3, 31)
# Communes of each district before and after 1 December 2024; after: Resolution 1250/NQ-UBTVQH15
# as reported, before: with those that the statistics office took off its list.
COMMUNES = {
    "288": (25, 24), "290": (19, 19), "291": (19, 15), "292": (23, 22), "293": (18, 14),
    "294": (20, 16), "295": (17, 15), "296": (16, 15), "297": (18, 14), "298": (23, 20),
    "299": (20, 16), "300": (17, 17),
}  # fmt: skip


@pytest.fixture(scope="module")
def lineage() -> Lineage:
    return load_lineage(UNITS, UNITS.with_name("unit_lineage.csv"))


def organisation(month: str) -> Organisation:
    return load_organisation(UNITS, Month.parse(month))


def communes(month: str) -> Counter[str]:
    return Counter(unit.parent for unit in organisation(month).at_level("commune"))


def test_235_communes_became_207() -> None:
    before, after = communes("2024-11"), communes("2024-12")
    assert (before.total(), after.total()) == (235, 207)
    assert {code: (before[code], after[code]) for code in COMMUNES} == COMMUNES
    kinds = Counter(unit.name_vi.split()[0] for unit in organisation("2024-12").at_level("commune"))
    assert kinds == {"Phường": 46, "Xã": 151, "Thị": 10}


def test_28_communes_ended_and_22_were_renamed(lineage: Lineage) -> None:
    steps = [each for each in lineage.successions if each.on == date(2024, 12, 1)]
    assert Counter(each.event for each in steps) == {"merge": 28, "rename": 22}
    for each in steps:
        before = lineage.unit_on(each.old, date(2024, 11, 30))
        after = lineage.unit_on(each.old, date(2024, 12, 1))
        assert before is not None
        if each.event == "merge":
            assert after is None
        else:
            assert after is not None
            assert after.name_vi != before.name_vi


def test_only_what_a_source_says_is_known_of_who_followed(lineage: Lineage) -> None:
    """Nine successors are on record, two of them not verified; nineteen are not."""
    merged = [
        each
        for each in lineage.successions
        if each.on == date(2024, 12, 1) and each.event == "merge"
    ]
    known = [each for each in merged if each.new]
    assert (len(known), len(merged) - len(known)) == (9, 19)
    assert [each.old for each in known if not each.verified] == ["10975", "11209"]
    for each in known:
        old, new = (lineage.unit_on(code, day) for code, day in
                    ((each.old, date(2024, 11, 30)), (each.new, each.on)))  # fmt: skip
        assert old is not None
        assert new is not None
        assert old.parent == new.parent
    assert lineage.successor("10627", MARCH) == "10633"  # Nam Chính, now in Trần Phú
    assert lineage.successor("10624", MARCH) == "10624"  # Quốc Tuấn: not on record


@pytest.mark.parametrize(
    ("month", "departments"), [("2025-02", 17), ("2025-03", 12), ("2025-06", 12)]
)
def test_17_departments_became_12_beside_the_industrial_parks_board(
    month: str, departments: int
) -> None:
    found = {unit.code for unit in organisation(month).at_level("department")}
    assert "X-BQLKCN" in found
    assert len(found) == departments + 1


def test_ten_departments_became_five_in_pairs(lineage: Lineage) -> None:
    february, march = (
        {unit.code for unit in organisation(month).at_level("department")}
        for month in ("2025-02", "2025-03")
    )
    successors = Counter(lineage.successor(code, MARCH) for code in february - march)
    assert successors == dict.fromkeys(march - february, 2)
    assert lineage.successor("X-SKHDT", MARCH) == lineage.successor("X-STC", MARCH) == "X-STC-2025"


def test_functions_that_went_to_health_are_on_record_without_a_number(lineage: Lineage) -> None:
    (transfer,) = [each for each in lineage.successions if each.event == "transfer"]
    assert (transfer.old, transfer.new, transfer.share) == ("X-SLDTBXH", "X-SYT", None)
    assert transfer.estimate
    assert not transfer.verified


def test_the_province_can_be_reported_on_up_to_june_2025_and_not_after(lineage: Lineage) -> None:
    june = organisation("2025-06")
    assert (len(june.at_level("district")), len(june.at_level("commune"))) == (12, 207)
    with pytest.raises(SettingsError) as caught:
        organisation("2025-07")
    assert "Hai Duong Province (H23) ended on 2025-06-30" in caught.value.message
    assert "the units that followed" in caught.value.advice
    last = [each for each in lineage.successions if each.on == date(2025, 7, 1)]
    assert {each.old for each in last} == set(june.codes) - {unit.code for unit in june.former}
    assert {each.new for each in last} == {""}


def test_no_share_is_made_up(lineage: Lineage) -> None:
    assert all(each.share is None for each in lineage.successions)
