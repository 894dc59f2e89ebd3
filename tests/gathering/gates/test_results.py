"""The gates of a whole month, what an office accepts of them, and what pages say."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from briefings.errors import SettingsError
from briefings.facts.gate import GATES, GateResult, from_bytes, to_bytes
from briefings.gathering.counted import open_month
from briefings.gathering.gates.results import gate_results
from briefings.gathering.gather import gather_facts
from briefings.gathering.kept import GATES as ALL_GATES
from briefings.gathering.kept import facts_of_units
from briefings.intake.take_in import take_in
from briefings.periods import Month
from briefings.project import Project, load_project
from tests import tiny

pytestmark = pytest.mark.slow

FEBRUARY = Month(2025, 2)
HEADINGS = "month,gate,place,figures,reason_vi,reason_en,accepted_on,office\n"
ACCEPTED = "2025-02,quarantined,dossiers,1 of 3,Biết,Known,2025-03-05,Văn phòng\n"
BAD = tiny.DOSSIERS_FEBRUARY.replace("B2,P1,D1", "B2,P1,D9")


@pytest.fixture(scope="module")
def taken_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One of February's three dossiers names a unit that there is not."""
    dossiers = {tiny.JANUARY: tiny.DOSSIERS_JANUARY, tiny.FEBRUARY: BAD}
    project = tiny.write_project(tmp_path_factory.mktemp("bad"), dossiers=dossiers)
    take_in(project)
    return project.file.parent


@pytest.fixture
def project(taken_in: Path, tmp_path: Path) -> Project:
    """The same in a folder of the test's own."""
    return tiny.copy_project(taken_in, tmp_path)


def accept(project: Project, *rows: str) -> Project:
    file = tiny.write(project.file.parent / "accepted.csv", HEADINGS + "".join(rows))
    return dataclasses.replace(project, accepted_gates=file)


def results(project: Project, month: Month = FEBRUARY) -> tuple[GateResult, ...]:
    take_in(project)
    return gate_results(open_month(project, month))


def held(project: Project, month: Month = FEBRUARY) -> list[tuple[str, str, str, str]]:
    found = results(project, month)
    return [(each.gate, each.month, each.place, each.figures) for each in found if each.holds_back]


def test_every_gate_is_asked_except_where_there_is_nothing_to_compare_with(
    project: Project,
) -> None:
    asked = list(dict.fromkeys(each.gate for each in results(project)))
    assert asked == [gate for gate in GATES if gate not in ("volume", "stock")]


def test_the_sound_province_passes(tmp_path: Path) -> None:
    assert held(tiny.write_project(tmp_path)) == []


def test_a_bad_month_is_held_back_and_the_month_before_is_not(project: Project) -> None:
    assert held(project) == [
        ("quarantined", "2025-02", "dossiers", "1 of 3"),
        ("unknown_units", "2025-02", "dossiers", "1 of 3"),
    ]
    assert held(project, Month(2025, 1)) == []


def test_a_bad_month_holds_back_the_later_ones_of_the_year(tmp_path: Path) -> None:
    bad = tiny.DOSSIERS_JANUARY.replace("A2,P1,D1", "A2,P1,D9")
    dossiers = {tiny.JANUARY: bad, tiny.FEBRUARY: tiny.DOSSIERS_FEBRUARY}
    found = held(tiny.write_project(tmp_path, dossiers=dossiers))
    assert ("quarantined", "2025-01", "dossiers", "1 of 5") in found


def test_limits_are_those_of_the_project(project: Project) -> None:
    lenient = dataclasses.replace(project.gates, quarantined_share=0.5, unknown_unit_share=0.5)
    assert held(dataclasses.replace(project, gates=lenient)) == []


def test_what_is_accepted_passes_with_its_reason(project: Project) -> None:
    found = {each.gate: each for each in results(accept(project, ACCEPTED)) if not each.passed}
    accepted = found["quarantined"].acceptance
    assert accepted is not None
    assert accepted.reasons["en"] == "Known"
    assert found["unknown_units"].holds_back


@pytest.mark.parametrize(
    "other",
    [
        ACCEPTED.replace("1 of 3", "1 of 4"),  # the data have become others since
        ACCEPTED.replace("2025-02", "2025-01"),
        ACCEPTED.replace("dossiers", "payments"),
        ACCEPTED.replace("dossiers", ""),
    ],
)
def test_an_acceptance_holds_for_the_figures_that_were_seen(project: Project, other: str) -> None:
    assert ("quarantined", "2025-02", "dossiers", "1 of 3") in held(accept(project, other))


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (ACCEPTED.replace("quarantined", "quarantine"), "row 2: there is no gate 'quarantine'"),
        (ACCEPTED.replace("dossiers", "dossier"), "row 2: there is no table 'dossier'"),
        (
            ACCEPTED.replace("quarantined,dossiers", "missing_units,D9"),
            "row 2: there is no unit 'D9'",
        ),
        (ACCEPTED.replace("2025-03-05", "soon"), "row 2, accepted_on: 'soon'"),
        (ACCEPTED.replace("2025-02", "2025-2"), "row 2, month: '2025-2'"),
    ],
)
def test_an_acceptance_of_nothing_is_refused(project: Project, row: str, words: str) -> None:
    with pytest.raises(SettingsError, match=words):
        results(accept(project, row))


def test_pages_speak_of_what_is_not_passed_and_of_nothing_else(project: Project) -> None:
    take_in(accept(project, ACCEPTED))
    facts = gather_facts(tiny.FEBRUARY, "D2", accept(project, ACCEPTED))
    assert [each.gate for each in facts.gates] == ["quarantined", "unknown_units"]
    assert gather_facts(tiny.JANUARY, "D2", project).gates == ()


def test_what_is_accepted_of_a_unit_stands_on_its_page_and_on_that_of_the_root() -> None:
    silent = GateResult("missing_units", "2025-02", "D1", passed=False, count=0, of=40)
    assert [code for code in tiny.CODES if silent.concerns(code, "T1")] == ["T1", "D1"]
    assert GateResult("volume", "2025-02", "dossiers", False, 1, 9, 2.0).concerns("D2", "T1")


def test_results_are_kept_with_the_facts(project: Project) -> None:
    project = accept(project, ACCEPTED)
    found = results(project)
    assert from_bytes(to_bytes(found)) == found
    kept = facts_of_units(project, take_in(project), FEBRUARY, [ALL_GATES])[ALL_GATES]
    assert not isinstance(kept, Exception)
    assert from_bytes(*kept.values()) == found


def test_other_limits_are_other_facts(project: Project) -> None:
    def key(asked: Project) -> set[str]:
        facts_of_units(asked, take_in(asked), FEBRUARY, [ALL_GATES])
        return {file.parent.name for file in asked.cache.rglob("_gates.json")}

    lenient = dataclasses.replace(project.gates, quarantined_share=0.5)
    assert key(project) != key(dataclasses.replace(project, gates=lenient))


def whole(folder: Path, more: str = "") -> Project:
    """The tiny province whose dossiers come in one file for all months."""
    project = tiny.write_project(folder, only=("dossiers",))
    rows = tiny.DOSSIERS_FEBRUARY.partition("\n")[2]
    tiny.write(folder / "raw" / "all.csv", tiny.DOSSIERS_JANUARY + rows + more)
    text = project.file.read_text(encoding="utf-8")
    old = next(line for line in text.splitlines() if line.startswith("dossiers ="))
    tiny.write(project.file, text.replace(old, 'dossiers = "raw/all.csv"'))
    return load_project(project.file)


def test_a_year_mistyped_in_a_file_of_all_months_is_dated_later_than_can_be(
    tmp_path: Path,
) -> None:
    """The gate had nothing to say of such a file."""
    assert held(whole(tmp_path)) == []
    late = "A9,P1,D1,03/02/2052 08:00,Trực tuyến,,,Đang xử lý,x\n"
    done = "A8,P1,D1,03/02/2025 08:00,Trực tuyến,,03/02/2027 08:00,Đã trả kết quả,x\n"
    assert held(whole(tmp_path, late + done)) == [("future", "all", "dossiers", "2 of 10")]


PUBLISHED = "id,period_from,period_to,unit,kpi,relation,value,upper,decimals,source,note\n"


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("a,2025-01,2025-01,T1,pending,equal,1,,0,báo cáo tháng 1,\n", []),
        (
            "a,2025-01,2025-01,T1,pending,equal,3,,0,báo cáo tháng 1,\n",
            [("stock", "2025-02", "T1", "1 of 3")],
        ),
        ("a,2024-12,2024-12,T1,pending,equal,3,,0,báo cáo tháng 12,\n", []),
        ("a,2025-01,2025-01,T1,processed,equal,3,,0,báo cáo tháng 1,\n", []),
        ("a,2025-01,2025-01,D7,pending,equal,3,,0,đơn vị khác,\n", []),
    ],
)
def test_what_is_carried_over_must_be_what_was_published_as_pending(
    tmp_path: Path, row: str, expected: list[tuple[str, str, str, str]]
) -> None:
    project = tiny.write_project(tmp_path)
    file = tiny.write(tmp_path / "published.csv", PUBLISHED + row)
    assert held(dataclasses.replace(project, published=file)) == expected


def test_a_published_stock_may_stray_as_far_as_the_project_says(tmp_path: Path) -> None:
    project = tiny.write_project(tmp_path)
    row = "a,2025-01,2025-01,T1,pending,equal,2,,0,báo cáo,\n"
    file = tiny.write(tmp_path / "published.csv", PUBLISHED + row)
    lenient = dataclasses.replace(project.gates, stock_share=0.5)
    assert held(dataclasses.replace(project, published=file, gates=lenient)) == []
