"""The form of a whole province, row by row as it was filled in by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefings.errors import ReportError
from briefings.facts.form_book import FormBook, FormTable
from briefings.gathering.counted import Counted, open_month
from briefings.gathering.form_book import form_book
from briefings.gathering.gather import gather_facts
from briefings.intake.take_in import take_in
from briefings.periods import Month
from briefings.project import Project, load_project
from tests import form_province as province
from tests import tiny

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = province.write_project(tmp_path_factory.mktemp("province"))
    take_in(project)
    return project


@pytest.fixture
def counted(project: Project) -> Counted:
    return open_month(project, Month(2025, 2))


@pytest.fixture(scope="module")
def book(project: Project) -> FormBook:
    return form_book(open_month(project, Month(2025, 2)))


def filled_in(table: FormTable) -> list[tuple[str, province.Cells]]:
    return [(identity, tuple(row.cells.values())) for identity, row in table.rows()]


@pytest.mark.parametrize("place", [0, 1], ids=["period", "year to date"])
def test_every_row_of_every_unit_and_field_is_the_one_filled_in_by_hand(book: FormBook, place):
    by_unit, by_field = book.by_unit[place], book.by_field[place]
    assert filled_in(by_unit) == province.BY_UNIT[by_unit.window.name]
    assert filled_in(by_field) == province.BY_FIELD[by_field.window.name]


def test_a_unit_that_ended_is_listed_as_such_while_it_has_dossiers(book: FormBook):
    communes = book.by_unit[0].blocks[2]
    assert [(entry.identity, entry.former) for entry in communes.entries] == [
        ("X1", False), ("X0", True),
    ]  # fmt: skip


def test_units_of_one_name_are_told_apart_by_who_is_above_them_only_if_that_differs(
    book: FormBook, tmp_path: Path
):
    """A department and the one it came from have the same province above them."""
    assert [entry.within.code for entry in book.by_unit[0].blocks[2].entries] == ["Q1", "Q2"]
    project = province.write_project(tmp_path)
    same_parent = province.UNITS.replace("commune,Q2,,2025-01-31", "commune,Q1,,2025-01-31")
    assert same_parent != province.UNITS
    tiny.write(tmp_path / "units.csv", same_parent)
    take_in(project)
    communes = form_book(open_month(project, Month(2025, 2))).by_unit[0].blocks[2]
    assert [(entry.within, entry.former) for entry in communes.entries] == [
        (None, False), (None, True),
    ]  # fmt: skip


def test_the_levels_are_those_that_the_briefing_prints(book: FormBook, project: Project):
    facts = gather_facts(province.MONTH, "T1", project)
    for table, lines in zip(book.by_unit, (facts.form.period, facts.form.to_date), strict=True):
        rows = dict(table.rows()) | {"T1": table.total}
        for line in lines:
            assert line.row == rows[line.identity]


def test_what_was_carried_over_but_not_pending_before_stops_the_form(counted: Counted):
    """January is counted once more with one dossier of X1 less, as a changed export would be."""
    january = counted.components.copy()
    january.loc[("2025-01", "X0"), "pending_overdue"] -= 1
    vars(counted)["components"] = january
    with pytest.raises(ReportError, match=r"2025-02, X0: \(6\) = \(11\) of 2025-01"):
        form_book(counted)


def test_a_window_outside_the_data_has_gaps_and_no_fields(tmp_path: Path):
    february = {tiny.FEBRUARY: province.FEBRUARY}
    project = province.write_project(tmp_path, dossiers=february)
    take_in(project)
    book = form_book(open_month(project, Month(2025, 2)))
    units, fields = book.by_unit[1], book.by_field[1]
    assert units.window.name == province.TO_DATE
    for _, row in (*units.rows(), *fields.rows()):
        assert set(row.cells.values()) == {None}
    assert [entry.identity for block in units.blocks for entry in block.entries] == [
        "D1", "D2", "Q1", "Q2", "X1",
    ]  # fmt: skip
    assert [block.entries for block in fields.blocks] == [(), (), ()]
    assert book.by_field[0].total.cells[3] == 4


def test_where_no_window_lies_in_the_data_there_is_still_a_form(tmp_path: Path):
    """A quarter whose first month lies before the data, and so does the year."""
    project = province.write_project(tmp_path, dossiers={tiny.FEBRUARY: province.FEBRUARY})
    text = project.file.read_text(encoding="utf-8")
    settings = text.replace("[project.notes]", 'period = "quarter"\n[project.notes]')
    quarterly = load_project(tiny.write(project.file, settings))
    take_in(quarterly)
    book = form_book(open_month(quarterly, Month(2025, 2)))
    assert {row.cells[3] for _, row in book.by_field[0].rows()} == {None}


def test_without_a_list_of_procedures_no_field_is_known(tmp_path: Path):
    project = tiny.write_project(tmp_path, only=["dossiers"])
    take_in(project)
    period = form_book(open_month(project, Month(2025, 2))).by_field[0]
    assert [identity for identity, _ in period.rows()] == [
        province.NONE, "level:department", "total",
    ]  # fmt: skip


def test_a_dossier_lost_between_units_and_fields_stops_the_form(counted: Counted):
    """One group of level and field goes missing, as a faulty join would lose it."""
    lost = counted.fields.copy()
    lost.loc[("2025-02", "district/Hộ tịch")] = 0
    vars(counted)["fields"] = lost
    with pytest.raises(ReportError) as refused:
        form_book(counted)
    message = str(refused.value)
    assert "06, 2025-02, level:district: (3) is not that of the units" in message
    assert "06, 2025-02, total: (9) is not the sum of levels" in message
    assert "2025-01..2025-02" not in message


LINEAGE = """\
on,event,from_unit,to_unit,share,estimate,source,verified,note
2025-01-01,abolish,X9,,,false,test,true,
2025-02-01,{event},X0,{to},{share},{estimate},test,true,
"""


def read_as_now(folder: Path, *steps: str, series: str = "as_now") -> FormBook:
    """The form where what X0 did is read on who took it over: `unit` or `unit=share`."""
    project = province.write_project(folder)
    settings = project.file.read_text(encoding="utf-8").replace(
        "[reference]", '[reference]\nlineage = "unit_lineage.csv"'
    )
    settings = settings.replace("[project.notes]", f'series = "{series}"\n[project.notes]')
    *above, line = LINEAGE.splitlines()
    lines = [
        line.format(
            event="split" if "=" in step else "merge",
            to=step.partition("=")[0],
            share=step.partition("=")[2],
            estimate=str("=" in step).lower(),
        )
        for step in steps
    ]
    tiny.write(folder / "unit_lineage.csv", "\n".join([*above, *lines, ""]))
    reading = load_project(tiny.write(project.file, settings))
    take_in(reading)
    return form_book(open_month(reading, Month(2025, 2)))


def rows_of(table: FormTable) -> dict[str, province.Cells]:
    return dict(filled_in(table))


def test_a_unit_that_was_merged_stands_with_the_one_that_took_it_over(tmp_path: Path):
    book = read_as_now(tmp_path, "X1")
    expected = dict(province.BY_UNIT[province.MONTH])
    found = rows_of(book.by_unit[0])
    assert found["X1"] == expected["level:commune"]
    assert "X0" not in found
    assert found["total"] == expected["total"]
    assert filled_in(book.by_field[0]) == province.BY_FIELD[province.MONTH]
    assert book.taken_over == 1


def test_read_as_then_it_stands_for_itself(tmp_path: Path):
    book = read_as_now(tmp_path, "X1", series="as_then")
    assert filled_in(book.by_unit[0]) == province.BY_UNIT[province.MONTH]
    assert book.taken_over == 0


def test_what_went_to_another_level_moves_among_units_but_not_among_fields(tmp_path: Path):
    book = read_as_now(tmp_path, "Q1")
    expected = dict(province.BY_UNIT[province.MONTH])
    found = rows_of(book.by_unit[0])
    assert found["level:commune"] == expected["X1"]
    assert found["Q1"][0] == expected["Q1"][0] + expected["X0"][0]
    assert filled_in(book.by_field[0]) == province.BY_FIELD[province.MONTH]


def test_what_the_root_took_over_stands_with_what_is_recorded_for_it(tmp_path: Path):
    book = read_as_now(tmp_path, "T1")
    expected = dict(province.BY_UNIT[province.MONTH])
    found = rows_of(book.by_unit[0])
    assert found["T1"] == tuple(map(sum, zip(expected["T1"], expected["X0"], strict=True)))
    assert found["total"] == expected["total"]


def test_what_was_divided_is_marked_and_still_adds_up(tmp_path: Path):
    book = read_as_now(tmp_path, "X1=0.5", "Q1=0.5")
    rows = dict(book.by_unit[0].rows())
    assert {name for name, row in rows.items() if row.estimate} == {
        "X1", "Q1", "level:commune", "level:district",
    }  # fmt: skip
    assert rows["total"].cells[3] == 7
