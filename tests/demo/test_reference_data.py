"""The committed reference data: calendar, units, procedures and published figures."""

from __future__ import annotations

import unicodedata
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from briefings.demo.reference import Reference, read_reference
from briefings.demo.workdays import day_number, day_of

FOLDER = Path(__file__).parents[2] / "data" / "reference"


@pytest.fixture(scope="module")
def reference() -> Reference:
    return read_reference(FOLDER)


@pytest.fixture(scope="module")
def units() -> pd.DataFrame:
    return pd.read_csv(FOLDER / "units.csv", dtype=str, keep_default_na=False)


@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [
        (date(2025, 1, 24), 1, date(2025, 2, 3)),
        (date(2025, 1, 22), 5, date(2025, 2, 5)),
        (date(2025, 1, 24), 5, date(2025, 2, 7)),
        (date(2025, 1, 23), 15, date(2025, 2, 20)),
        (date(2025, 2, 28), 5, date(2025, 3, 7)),
        # A make-up Saturday is worked, the Monday it pays for is not.
        (date(2024, 5, 3), 1, date(2024, 5, 4)),
        (date(2024, 4, 26), 1, date(2024, 5, 2)),
    ],
)
def test_deadlines(reference: Reference, start: date, count: int, expected: date) -> None:
    due = reference.calendar.add(np.array([day_number(start)]), count)
    assert day_of(int(due[0])) == expected


def test_units_are_those_of_february_2025(reference: Reference, units: pd.DataFrame) -> None:
    on_last_day = (units["valid_from"] <= "2025-02-28") & (
        (units["valid_to"] == "") | (units["valid_to"] >= "2025-02-28")
    )
    units = units[on_last_day]
    assert [unit.code for unit in reference.units] == list(units["code"])[1:]
    assert units["level"].value_counts().to_dict() == {
        "commune": 207,
        "department": 18,
        "district": 12,
        "province": 1,
    }
    assert units["code"].is_unique
    assert set(units["parent"]) - {""} <= set(units["code"])
    assert (units["valid_to"] == "2025-02-28").sum() == 10
    synthetic = units["code"].str.startswith("X-")
    assert (synthetic == (units["code_status"] == "synthetic")).all()
    assert units.loc[units["level"] == "commune", "parent"].value_counts()["288"] == 24


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.csv")), ids=lambda file: file.name)
def test_texts_are_normalised(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", text)
    assert "\r" not in text


def test_procedures_belong_to_departments(reference: Reference) -> None:
    departments = {unit.code for unit in reference.units if unit.level == "department"}
    assert {p.unit for p in reference.procedures} == departments
    assert len({p.code for p in reference.procedures}) == len(reference.procedures)
    for procedure in reference.procedures:
        assert procedure.code.startswith("X.") == ("(giả lập)" in procedure.title)
        assert 1 <= procedure.days <= 60
        assert procedure.online in {"full", "partial", "none"}


def test_only_grounded_targets_are_verified() -> None:
    targets = pd.read_csv(FOLDER / "targets.csv", dtype=str)
    verified = targets.set_index("kpi")["verified"] == "true"
    assert verified.to_dict() == {
        # What is due, and what is on time, rest on a deadline known from a third party only.
        "publication_coverage": False,
        "publication_on_time": False,
        "sync": True,
        "online_filing": False,
    }
