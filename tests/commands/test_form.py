"""The form beside the briefings: written, left alone, or told why it could not be made."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefings.commands.form import FormFacts, form_as_planned, make_form
from briefings.errors import ReportError
from briefings.gathering.kept import FORM_BOOK, facts_of_units
from briefings.intake.take_in import take_in
from briefings.periods import Month
from briefings.press.failure import read_failure
from briefings.project import Project
from briefings.site import refresh_site
from tests import form_province

pytestmark = pytest.mark.slow

FEBRUARY = Month(2025, 2)
BROKEN = ReportError("Form II.06a: 06a, 2025-02, D1: (3) = (7) + (11).", "Tell the developers.")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return form_province.write_project(tmp_path)


@pytest.fixture
def facts(project: Project) -> FormFacts:
    return facts_of_units(project, take_in(project), FEBRUARY, [FORM_BOOK])[FORM_BOOK]


def form(project: Project) -> Path:
    return project.reports / "2025-02" / "form-II.06a.xlsx"


def index(project: Project) -> str:
    return refresh_site(project).read_text(encoding="utf-8")


def test_it_is_written_once_and_then_left_alone(project: Project, facts: FormFacts, capsys):
    assert form_as_planned(project, FEBRUARY, facts) == "Form II.06a: to write."
    assert make_form(project, FEBRUARY, facts, force=False) is None
    assert "Form II.06a: written" in capsys.readouterr().err
    made = form(project).stat().st_mtime_ns
    assert form_as_planned(project, FEBRUARY, facts) == "Form II.06a: unchanged."
    assert make_form(project, FEBRUARY, facts, force=False) is None
    assert capsys.readouterr().err == ""
    assert form(project).stat().st_mtime_ns == made
    assert make_form(project, FEBRUARY, facts, force=True) is None
    assert form(project).stat().st_mtime_ns > made


def test_a_form_that_does_not_add_up_leaves_the_old_one_and_the_index_says_why(
    project: Project, facts: FormFacts, capsys
):
    make_form(project, FEBRUARY, facts, force=False)
    before = form(project).read_bytes()
    assert make_form(project, FEBRUARY, BROKEN, force=False) is BROKEN
    assert "D1: (3) = (7) + (11)" in capsys.readouterr().err
    assert form(project).read_bytes() == before
    page = index(project)
    assert "D1: (3) = (7) + (11)" in page
    assert "(XLSX) (số liệu cũ hơn)</a>" in page
    assert "can not be made: Form II.06a: 06a" in form_as_planned(project, FEBRUARY, BROKEN)

    assert make_form(project, FEBRUARY, facts, force=False) is None
    page = index(project)
    assert "(3) = (7)" not in page
    assert "số liệu cũ hơn" not in page


def test_kept_facts_that_no_longer_add_up_are_a_fault_and_not_a_file(
    project: Project, facts: FormFacts
):
    assert not isinstance(facts, Exception)
    broken = {name: text.replace(b'"13":2}', b'"13":1}', 1) for name, text in facts.items()}
    fault = make_form(project, FEBRUARY, broken, force=False)
    assert "(11) = (12) + (13)" in str(fault)
    assert not form(project).exists()
    assert read_failure(project.reports / "2025-02", "form-II.06a") is not None


def test_a_file_that_can_not_be_replaced_is_told_with_what_to_do(
    project: Project, facts: FormFacts
):
    (form(project) / "in the way").mkdir(parents=True)
    fault = make_form(project, FEBRUARY, facts, force=False)
    assert fault is not None
    assert "can not be written" in fault.message
    assert "Close the file" in fault.advice
