"""Baselines begin anew at recorded reasons only."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from briefings.errors import SettingsError
from briefings.facts.reorganisation import Reorganisation
from briefings.facts.signal import Rebasing
from briefings.organisation import Unit
from briefings.periods import Month
from briefings.project import REPOSITORY
from briefings.reference import load_unit_codes
from briefings.statistics.rebasings import Rebasings, later_of
from tests import tiny

HEADINGS = "kpi,scope,from_month,reason_vi,reason_en,source\n"
D1 = Unit("D1", "Sở Một", "Department One", "department", "T1")
D2 = Unit("D2", "Sở Hai", "Department Two", "department", "T1")


def rebasings(folder: Path, *rows: str) -> Rebasings:
    lines = [f"{row},Lý do {number},Reason {number},test\n" for number, row in enumerate(rows)]
    return Rebasings(tiny.write(folder / "baselines.csv", HEADINGS + "".join(lines)), tiny.CODES)


def since(found: Rebasings, kpi: str, unit: Unit, month: str = "2025-12") -> str | None:
    rebasing = found.latest(kpi, unit, Month.parse(month))
    return None if rebasing is None else str(rebasing.since)


def test_scope_and_measure_decide_whom_a_reason_concerns(tmp_path: Path):
    found = rebasings(tmp_path, "sync,D1,2025-03", "all,department,2024-05", "on_time,all,2024-07")
    assert since(found, "sync", D1) == "2025-03"
    assert since(found, "sync", D2) == "2024-05"
    assert since(found, "on_time", D2) == "2024-07"


@pytest.mark.parametrize(
    ("month", "expected"), [("2025-02", "2024-05"), ("2025-03", "2025-03"), ("2025-04", "2025-03")]
)
def test_a_reason_counts_from_its_month_on(tmp_path: Path, month, expected):
    found = rebasings(tmp_path, "all,D1,2025-03", "all,all,2024-05")
    assert since(found, "sync", D1, month) == expected


def test_the_reason_is_given_in_both_languages(tmp_path: Path):
    rebasing = rebasings(tmp_path, "all,all,2025-01").latest("sync", D1, Month(2025, 2))
    assert rebasing is not None
    assert rebasing.reasons == {"vi": "Lý do 0", "en": "Reason 0"}


def test_without_a_file_or_a_row_nothing_begins_anew(tmp_path: Path):
    assert since(Rebasings(None, tiny.CODES), "sync", D1) is None
    assert since(rebasings(tmp_path), "sync", D1) is None


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("snyc,all,2025-01", "snyc is not charted"),
        ("decisions,all,2025-01", "decisions is not charted"),
        ("sync,D9,2025-01", "the scope D9 is neither unit nor level"),
        ("sync,all,2025-13", "row 2, from_month"),
        ("sync,all,01/2025", "row 2, from_month"),
    ],
)
def test_what_does_not_exist_is_refused(tmp_path: Path, row, fault):
    with pytest.raises(SettingsError, match=fault):
        rebasings(tmp_path, row)


def test_of_two_reasons_the_later_counts_and_both_in_the_same_month():
    old = Rebasing(Month(2024, 5), {"vi": "Cũ", "en": "Old"})
    new = Rebasing(Month(2024, 6), {"vi": "Mới", "en": "New"})
    merger = Reorganisation(date(2024, 6, 1), "merged", (D1, D2), (D1,), verified=True)
    change = Rebasing(Month(2024, 6), {}, (merger,))
    assert later_of(None, None) is None
    assert later_of(old, None) == later_of(None, old) == old
    assert later_of(old, new) == later_of(new, old) == new
    assert later_of(new, change) == Rebasing(new.since, new.reasons, (merger,))


def test_the_file_of_the_project_can_be_read():
    folder = REPOSITORY / "data" / "reference"
    Rebasings(folder / "baselines.csv", load_unit_codes(folder / "units.csv"))
