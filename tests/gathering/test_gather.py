"""The facts of the tiny province (see tests/tiny.py), whole and in files."""

from __future__ import annotations

import dataclasses
from fractions import Fraction
from pathlib import Path

import pytest

from briefings.errors import ParameterError
from briefings.facts import Facts
from briefings.facts.files import from_files, read_facts, to_files
from briefings.gathering.counted import open_month
from briefings.gathering.gather import gather, gather_facts
from briefings.intake.take_in import take_in
from briefings.periods import Month
from briefings.project import REPOSITORY, Project
from tests import tiny

pytestmark = pytest.mark.slow

FEBRUARY = Month(2025, 2)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = tiny.write_project(tmp_path_factory.mktemp("tiny"))
    take_in(project)
    return project


@pytest.fixture(scope="module")
def facts(project: Project) -> dict[str, Facts]:
    counted = open_month(project, FEBRUARY)
    return {each.unit.code: each for each in gather(counted, counted.organisation.units)}


def test_a_unit_gathered_alone_has_the_facts_it_has_among_others(project, facts):
    for code in tiny.CODES:
        assert gather_facts(tiny.FEBRUARY, code, project) == facts[code]


def test_only_the_root_compares_units(facts):
    assert {code: each.all_units is not None for code, each in facts.items()} == {
        "T1": True, "D1": False, "D2": False,
    }  # fmt: skip


def test_facts_come_back_from_their_files_as_they_were(facts, tmp_path: Path):
    for each in facts.values():
        files = to_files(each)
        assert from_files(files) == each
        assert to_files(from_files(files)) == files
    for name, content in to_files(facts["T1"]).items():
        (tmp_path / name).write_bytes(content)
    assert read_facts(tmp_path) == facts["T1"]


def test_the_index_is_there_where_a_project_has_its_rules(project, facts):
    """Year to date: one of three procedures published in time, four of eight synchronised."""
    rules = REPOSITORY / "data" / "reference" / "index_766.csv"
    found = gather_facts(tiny.FEBRUARY, "T1", dataclasses.replace(project, index=rules))
    assert facts["T1"].index is None
    assert found.index is not None
    points = {each.indicator.id: each.points for each in found.index.measured}
    assert points["1.2"] == 4 * Fraction(1, 3)
    assert points["1.4"] == 6 * Fraction(4, 8)
    assert from_files(to_files(found)) == found


def test_a_missing_or_damaged_part_is_named(facts):
    files = to_files(facts["D1"])
    with pytest.raises(ValueError, match="parts are missing: scores"):
        from_files({name: content for name, content in files.items() if name != "scores.json"})
    with pytest.raises(ValueError, match="form"):
        from_files(files | {"form.json": b'{"month": []}'})


def test_parts_of_two_reports_are_never_put_together(project, facts):
    """Each part alone, so that none relies on what its content says of itself."""
    january = to_files(gather_facts("2025-01", "D1", project))
    mine, others = to_files(facts["D1"]), to_files(facts["D2"])
    for name in mine:
        for other in (others, january):
            with pytest.raises(
                ValueError, match=r"is of D\d in 2025-0\d, about of D\d in 2025-0\d"
            ):
                from_files(mine | {name: other[name]})


def test_each_part_has_its_own_reason_to_change(project, facts, tmp_path: Path):
    """A5 of D2 is settled: D1 sees nothing of it, and of D2 only what it touches."""
    february = tiny.DOSSIERS_FEBRUARY
    january = tiny.DOSSIERS_JANUARY.replace(
        "14/02/2025 17:00,,Đang xử lý", "14/02/2025 17:00,13/02/2025 08:00,Đã trả kết quả"
    )
    assert january != tiny.DOSSIERS_JANUARY
    other = tiny.write_project(tmp_path, dossiers={tiny.JANUARY: january, tiny.FEBRUARY: february})
    take_in(other)
    changed = {
        code: [
            name
            for name, content in to_files(gather_facts(tiny.FEBRUARY, code, other)).items()
            if content != to_files(facts[code])[name]
        ]
        for code in tiny.CODES
    }
    assert changed == {
        "T1": [
            "scores.json", "daily_volumes.json", "intervals.json", "form.json", "overdue.json",
            "accountability.json", "all_units.json",
        ],
        "D1": [],
        "D2": [
            "scores.json", "signals.json", "daily_volumes.json", "intervals.json", "form.json",
            "overdue.json", "accountability.json",
        ],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("month", "unit", "fault"),
    [
        ("2025-13", "T1", "not a month"),
        ("2025-03", "T1", "has no data"),
        ("2025-02", "X9", "is not a unit"),
    ],
)
def test_what_does_not_exist_is_refused(project, month, unit, fault):
    with pytest.raises(ParameterError, match=fault):
        gather_facts(month, unit, project)
