"""The statistician's tables hold the same numbers as the briefing."""

from __future__ import annotations

import pandas as pd
import pytest

from briefings.exploration import Exploration, explore
from briefings.periods import Month
from briefings.project import Project
from tests.report.conftest import MakeMaterial

pytestmark = pytest.mark.slow


def data_of(
    project: Project, unit: str = "T1", month: str = "2025-02", language: str = "en"
) -> Exploration:
    return explore(month, unit, language, project)


def test_months_and_units(project: Project):
    data = data_of(project)
    assert data.months() == [Month(2025, 1), Month(2025, 2)]
    assert data.units()["code"].tolist() == ["T1", "D1", "D2", "C1", "C2"]
    assert data_of(project, language="vi").units()["name"][1] == "Sở Một"


@pytest.mark.parametrize("unit", ["T1", "D1", "D2", "C1"])
def test_the_scorecard_is_that_of_the_briefing(project: Project, material: MakeMaterial, unit: str):
    found = data_of(project, unit).scorecard()
    rows = material(unit).facts.scorecard()
    assert found.index.tolist() == [row.kpi.id for row in rows]
    assert found["status"].tolist() == [row.period.status for row in rows]
    actual = [row.period.observation.value for row in rows]
    assert found["actual"].isna().tolist() == [value is None for value in actual]


def test_the_scorecard_by_hand(project: Project):
    found = data_of(project).scorecard()
    assert found.loc["sync", "actual"] == pytest.approx(1 / 3)
    assert found.loc["sync", "variance"] == pytest.approx(-2 / 3)
    assert found.loc["sync", ["target", "status", "year_to_date"]].tolist() == [1.0, "missed", 0.5]
    assert found.loc["online_filing", "status"] == "unverified"
    assert found.loc["pending", ["actual", "status"]].tolist() == [2.0, "no_target"]


def test_dossiers_of_the_month_and_the_unit_only(project: Project):
    def codes(table: pd.DataFrame) -> list[str]:
        return table["dossier_code"].tolist()

    province, one, two = (data_of(project, unit) for unit in ("T1", "D1", "D2"))
    assert codes(province.received()) == ["B3", "B2", "B1"]
    assert codes(one.received()) == ["B2", "B1"]
    assert codes(province.overdue()) == codes(two.overdue()) == ["A5"]
    assert codes(one.overdue()) == []
    assert codes(province.unsynchronised()) == ["B2", "B3"]
    assert codes(two.unsynchronised()) == ["B3"]
    assert codes(province.received(rows=1)) == ["B3"]
    january = data_of(project, month="2025-01")
    assert codes(january.unsynchronised()) == ["A4", "A5"]
    assert codes(january.overdue()) == []


def test_observations_of_all_units_add_up(project: Project):
    table = data_of(project, "D1").observations()
    counts = table[(table["kpi"] == "received_total") & (table["window"] == "2025-02")]
    by_unit = counts.set_index("unit")["numerator"]
    assert by_unit["T1"] == by_unit.drop("T1").sum() == 4
