"""A month that does not pass: nothing official is made, what there is stays, drafts are marked."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefings.commands.draft import as_drafts
from briefings.commands.gates import ADVICE, refuse_unpassed, sentence
from briefings.commands.prepare import prepare
from briefings.commands.report import make_reports
from briefings.commands.request import parse_request
from briefings.errors import GateError, ParameterError
from briefings.facts.gate import GATES, GateResult
from briefings.periods import Month
from briefings.project import Project
from tests import tiny

pytestmark = pytest.mark.slow

FEBRUARY = Month(2025, 2)
BAD = tiny.DOSSIERS_FEBRUARY.replace("B2,P1,D1", "B2,P1,D9")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    dossiers = {tiny.JANUARY: tiny.DOSSIERS_JANUARY, tiny.FEBRUARY: BAD}
    return tiny.write_project(tmp_path, dossiers=dossiers)


def result(gate: str, place: str = "dossiers", **changes: object) -> GateResult:
    found = GateResult(gate, "2025-02", place, passed=False, count=21, of=1000, limit=0.02)
    return GateResult(**{**vars(found), **changes})  # type: ignore[arg-type]


def test_what_was_published_stays_and_nothing_is_made(project: Project) -> None:
    page = tiny.write(project.reports / "2025-02" / "D1" / "briefing.en.html", "published")
    request = parse_request(project, tiny.FEBRUARY, "D1", "en", "html")
    with pytest.raises(GateError) as caught:
        make_reports(request, 1)
    assert caught.value.exit_code == 6
    assert "quarantined: Dossiers, 2025-02: 1 of 3 rows set aside" in caught.value.message
    assert "2025-02,quarantined,dossiers,1 of 3,,,," in caught.value.advice
    assert page.read_text(encoding="utf-8") == "published"
    assert [file for file in project.reports.rglob("*") if file.is_file()] == [page]


def test_the_month_before_is_made_all_the_same(project: Project) -> None:
    prepared = prepare(parse_request(project, tiny.JANUARY, "D1", "en", "html"), 1)
    refuse_unpassed(prepared.gates, Month(2025, 1))


def test_a_draft_has_a_place_a_name_and_a_foot_of_its_own(project: Project) -> None:
    prepared = prepare(parse_request(project, tiny.FEBRUARY, "D1", "vi", "html"), 1)
    (draft,) = as_drafts(prepared.jobs, prepared.gates, project, FEBRUARY)
    (official,) = prepared.jobs
    assert draft.folder == project.reports / "drafts" / "2025-02" / "D1"
    assert (draft.stem, draft.figures) == ("draft-briefing.vi", "draft-figures.csv")
    assert draft.label.startswith("BẢN NHÁP")
    assert draft.title == f"Bản nháp: {official.title}"
    assert draft.data == "draft"


def test_where_all_is_passed_there_is_nothing_to_draft(tmp_path: Path) -> None:
    project = tiny.write_project(tmp_path)
    prepared = prepare(parse_request(project, tiny.FEBRUARY, "D1", "vi", "html"), 1)
    with pytest.raises(ParameterError, match="nothing to draft"):
        as_drafts(prepared.jobs, prepared.gates, project, FEBRUARY)


@pytest.mark.parametrize("gate", GATES)
def test_every_gate_says_what_it_found_and_what_to_do(gate: str) -> None:
    with pytest.raises(GateError) as caught:
        refuse_unpassed([result(gate)], FEBRUARY)
    assert sentence(result(gate)) in caught.value.message
    assert f"- {gate}: {ADVICE[gate]}" in caught.value.advice


def test_of_many_places_the_first_are_named_and_the_others_counted() -> None:
    with pytest.raises(GateError) as caught:
        refuse_unpassed([result("missing_units", f"D{n}") for n in range(25)], FEBRUARY)
    assert caught.value.message.count("no dossier") == 20
    assert "and 5 more: briefings gates --month 2025-02" in caught.value.message
