"""Dossiers by level and field: none is lost, none is counted twice."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefings.organisation import Organisation, Unit
from briefings.statistics.fields import NO_FIELD, count_fields, fields_in, group_of
from briefings.statistics.form import uncarried
from tests.statistics.tables import (
    FEBRUARY,
    JANUARY,
    PROVINCE,
    ROOT,
    TO_FEBRUARY,
    A,
    B,
    Row,
    count_dossiers,
    dossier,
    tables_of,
)

pytestmark = pytest.mark.slow

LAND = {"procedure_code": "P1", "name_vi": "Thủ tục một", "field": "Đất đai"}
CIVIL = {"procedure_code": "P2", "name_vi": "Thủ tục hai", "field": "Hộ tịch"}
BARE = {"procedure_code": "P3", "name_vi": "Thủ tục ba"}
LISTED = [LAND, CIVIL, BARE]

OLD = Unit("O", "Xã Cũ", "Old Commune", "commune", ROOT)
NEW = Unit("N", "Xã Mới", "New Commune", "commune", ROOT)
LEVELS = Organisation((*PROVINCE.units, NEW), former=(OLD,))


def by_field(*rows: Row, organisation: Organisation = PROVINCE) -> pd.DataFrame:
    tables = tables_of(dossiers=rows, procedures=LISTED)
    return count_fields(tables, [JANUARY, FEBRUARY, TO_FEBRUARY], organisation)


def received(counted: pd.DataFrame) -> dict[str, int]:
    """Group → dossiers received online in February."""
    rows = counted.loc[FEBRUARY.name]["received_online"]
    return {str(group): int(value) for group, value in rows.items() if value}


def test_a_dossier_counts_in_the_field_of_its_procedure():
    counted = by_field(
        dossier("1", "2025-02-03", procedure="P1"),
        dossier("2", "2025-02-03", procedure="P2", unit=B),
        dossier("3", "2025-02-03", procedure="P2"),
    )
    assert received(counted) == {
        ROOT: 3, group_of("department", "Đất đai"): 1, group_of("department", "Hộ tịch"): 2,
    }  # fmt: skip
    assert fields_in(counted) == ("Hộ tịch", "Đất đai")


def test_no_procedure_an_unlisted_one_and_one_without_a_field_are_of_no_known_field():
    counted = by_field(
        dossier("1", "2025-02-03", procedure=None),
        dossier("2", "2025-02-03", procedure="P9"),
        dossier("3", "2025-02-03", procedure="P3"),
    )
    assert received(counted) == {ROOT: 3, group_of("department", NO_FIELD): 3}
    assert fields_in(counted) == ()


def test_the_level_is_that_of_the_unit_which_handles_the_dossier():
    counted = by_field(
        dossier("1", "2025-02-03", procedure="P1", unit=A),
        dossier("2", "2025-02-03", procedure="P1", unit="N"),
        dossier("3", "2025-02-03", procedure="P1", unit="O"),
        dossier("4", "2025-02-03", procedure="P1", unit=ROOT),
        organisation=LEVELS,
    )
    assert received(counted) == {
        ROOT: 4,
        group_of("commune", "Đất đai"): 2,
        group_of("department", "Đất đai"): 1,
        group_of("province", "Đất đai"): 1,
    }


def test_a_slash_in_the_name_of_a_field_is_part_of_it():
    tables = tables_of(
        dossiers=[dossier("1", "2025-02-03", procedure="P1")],
        procedures=[LAND | {"field": "Đất đai/Nhà ở"}],
    )
    assert fields_in(count_fields(tables, [FEBRUARY], PROVINCE)) == ("Đất đai/Nhà ở",)


def test_without_a_window_nothing_is_counted():
    counted = count_fields(tables_of(dossiers=[dossier("1", "2025-02-03")]), [], PROVINCE)
    assert counted.empty
    assert fields_in(counted) == ()


DAYS = st.integers(0, 70).map(lambda days: str(date(2024, 12, 20) + timedelta(days=days)))


@st.composite
def dossiers(draw: st.DrawFn) -> list[Row]:
    rows = []
    for number in range(draw(st.integers(0, 12))):
        day, *later = sorted(draw(st.tuples(DAYS, DAYS)))
        rows.append(
            dossier(
                str(number),
                day,
                due=draw(st.none() | DAYS),
                finished=draw(st.sampled_from([None, *later])),
                unit=draw(st.sampled_from([ROOT, A, B, "N", "O"])),
                channel=draw(st.sampled_from([None, "online", "counter", "postal"])),
                procedure=draw(st.sampled_from([None, "P1", "P2", "P3", "P9"])),
            )
        )
    return rows


@settings(max_examples=15, deadline=None)
@given(dossiers())
def test_fields_and_units_add_up_to_the_same_levels_and_the_same_total(rows: list[Row]):
    """Every column of the form, every window, every level, and all of them together."""
    windows = [JANUARY, FEBRUARY, TO_FEBRUARY]
    fields = count_fields(tables_of(dossiers=rows, procedures=LISTED), windows, LEVELS)
    units = count_dossiers(*windows, dossiers=rows)[fields.columns]
    for window in windows:
        groups = fields.loc[window.name]
        offices = units[units.index.get_level_values("window") == window.name].droplevel("window")
        assert (groups.loc[ROOT] == groups.drop(index=ROOT).sum()).all()
        assert (groups.loc[ROOT] == offices.sum()).all()
        for level in ("province", "department", "commune"):
            of_level = [name for name in groups.index if name.startswith(f"{level}/")]
            known = offices.index.intersection(LEVELS.codes_at_level(level))
            assert (groups.loc[of_level].sum() == offices.loc[known].sum()).all()


@settings(max_examples=15, deadline=None)
@given(dossiers())
def test_what_is_carried_over_is_what_was_pending(rows: list[Row]):
    counted = count_fields(tables_of(dossiers=rows, procedures=LISTED), [JANUARY, FEBRUARY], LEVELS)
    assert uncarried(counted, FEBRUARY.name, JANUARY.name) == []
