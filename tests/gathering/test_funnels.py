"""Estimated units beside their like: shown, and no part of the comparison.

Department Two did worse than all others and was divided, so that half of its late dossiers are
read as those of One and half as those of Three. Four and Five did what they did themselves.
"""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from briefings.facts import Facts
from briefings.facts.funnel import Standing
from briefings.gathering.gather import gather_facts
from briefings.intake.take_in import take_in
from tests import tiny
from tests.lineage.histories import LINEAGE_HEADINGS, step

pytestmark = pytest.mark.slow

# Dossiers, and how many of them are late.
DONE = {"D1": (40, 0), "D2": (200, 150), "D3": (40, 0), "D4": (100, 1), "D5": (100, 2)}


def row(unit: str, number: int, *, late: bool) -> str:
    finished = "10/02/2025" if late else "05/02/2025"
    return (
        f"{unit}-{number},P1,{unit},03/02/2025 08:00,Trực tuyến,07/02/2025 17:00,"
        f"{finished} 09:00,Đã trả kết quả,x\n"
    )


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    folder: Path = tmp_path_factory.mktemp("funnels")
    rows = [row(u, n, late=n < late) for u, (all_, late) in DONE.items() for n in range(all_)]
    project = tiny.write_project(
        folder,
        only=["procedures", "dossiers"],
        dossiers={
            tiny.JANUARY: f"{tiny.DOSSIER_HEADINGS}\n",
            tiny.FEBRUARY: f"{tiny.DOSSIER_HEADINGS}\n{''.join(rows)}",
        },
    )
    departments = [
        f"{code},Sở {code},Dept {code},department,T1,,{'2025-02-14' if code == 'D2' else ''},"
        "synthetic,test"
        for code in DONE
    ]
    tiny.write(folder / "units.csv", "\n".join([*tiny.UNITS.splitlines()[:2], *departments]) + "\n")
    steps = [step("2025-02-15", "split", "D2", unit, "0.5") for unit in ("D1", "D3")]
    lineage = tiny.write(folder / "lineage.csv", "\n".join([LINEAGE_HEADINGS, *steps]) + "\n")
    project = dataclasses.replace(project, lineage=lineage, series="as_now")
    take_in(project)
    return gather_facts(tiny.FEBRUARY, "T1", project)


def test_an_estimated_unit_is_neither_named_nor_part_of_what_others_are_compared_with(province):
    assert province.all_units is not None
    (funnel,) = (f for f in province.all_units.funnels if f.kpi == "on_time")
    assert funnel.units == (Standing(99, 100), Standing(98, 100))
    assert funnel.whole == Standing(197, 200)
    assert funnel.estimated == (Standing(65, 140), Standing(65, 140))
    assert funnel.outliers == ()


def test_side_by_side_they_are_marked(province):
    assert province.all_units is not None
    rows = {each.unit.code: each for each in province.all_units.side_by_side if each.unit}
    assert {code: row.observations[0].estimate for code, row in rows.items()} == {
        "D1": True, "D3": True, "D4": False, "D5": False, "T1": False,
    }  # fmt: skip
