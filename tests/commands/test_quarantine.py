"""What a clerk does: look at the rows set aside, write a file, fill it in, take in again."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from briefings.commands.changes import show_changes
from briefings.commands.data import intake
from briefings.commands.quarantine import show_quarantine
from briefings.errors import InputError, ParameterError
from briefings.intake.take_in import take_in
from briefings.project import Project, load_project
from tests import tiny

FAULTY = tiny.DOSSIERS_JANUARY.replace("A2,P1,D1", "A2,P1,D9")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    file = tiny.write_project(tmp_path, only=["dossiers"], dossiers={"2025-01": FAULTY}).file
    text = file.read_text(encoding="utf-8")
    tiny.write(file, text.replace("[intake]", '[intake]\ncorrections = "corrections"'))
    project = load_project(file)
    take_in(project)
    return project


def test_rows_are_listed_with_what_they_are_found_by(project: Project, capsys) -> None:
    show_quarantine(project, "", "", None)
    screen = capsys.readouterr()
    assert "A2" in screen.out
    assert "unit: unknown unit" in screen.out
    assert "1 of 5 rows are in quarantine." in screen.err
    assert tiny.CANARY not in screen.out


@pytest.mark.parametrize("asked", [("2025-09", ""), ("", "payments")])
def test_what_was_not_delivered_is_refused(project: Project, asked: tuple[str, str]) -> None:
    with pytest.raises(ParameterError, match=r"not.* delivered"):
        show_quarantine(project, *asked, None)


@pytest.mark.slow
def test_a_workbook_is_filled_in_and_taken_in(project: Project, capsys) -> None:
    assert project.corrections is not None
    file = project.corrections / "march.xlsx"
    show_quarantine(project, "2025-01", "dossiers", file)
    book = openpyxl.load_workbook(file)
    sheet = book.worksheets[0]
    headings = [cell.value for cell in sheet[1]]
    (line,) = (row for row in sheet if row[headings.index("found")].value == "D9")
    said = {"value": "D1", "reason": "mistyped", "corrected_on": "2025-03-05", "office": "D1"}
    for name, value in said.items():
        line[headings.index(name)].value = value
    book.save(file)
    capsys.readouterr()
    intake(project, 1)
    screen = capsys.readouterr().err
    assert "dossiers 2025-01: 1 new, 0 changed, 0 gone since the intake before." in screen
    show_changes(project)
    assert capsys.readouterr().err.startswith("dossiers 2025-01: 1 new")
    show_quarantine(project, "", "", None)
    assert "0 of 5 rows" in capsys.readouterr().err


@pytest.mark.slow
def test_a_correction_that_does_not_fit_is_told(project: Project, capsys) -> None:
    assert project.corrections is not None
    line = "2025-01,dossiers,3,A2,,Mã đơn vị,D8,D1,mistyped,2025-03-05,D1"
    headings = "delivery,table,row,key,fault,column,found,value,reason,corrected_on,office"
    tiny.write(project.corrections / "c.csv", f"{headings}\n{line}\n")
    intake(project, 1)
    told = "Correction not applied: c.csv, row 2: the cell holds something else by now."
    assert told in capsys.readouterr().err.replace("\n", " ")


def test_other_kinds_of_files_are_refused(project: Project, tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="of no kind"):
        show_quarantine(project, "", "", tmp_path / "rows.ods")
    with pytest.raises(InputError, match="can not be written"):
        show_quarantine(project, "", "", tiny.write(tmp_path / "a", "") / "rows.csv")
