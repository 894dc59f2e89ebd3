"""Real permits of five Dutch municipalities against answers computed by somebody else.

The data and the answers are no part of this repository; where they are absent the tests are
skipped. Every month of every municipality is compared, 420 rows.
"""

from __future__ import annotations

import dataclasses

import pandas as pd
import pytest

from briefings.gathering.gather import gather_facts
from briefings.intake.snapshot import Snapshot
from briefings.intake.take_in import take_in
from briefings.organisation import Organisation
from briefings.periods import Month, Regime
from briefings.project import REPOSITORY, Project, load_project
from briefings.reference import load_organisation
from briefings.report.briefing import Briefing
from briefings.report.figures import Figure
from briefings.report.material import Material
from briefings.statistics.components import count_components
from briefings.statistics.kpis import load_kpis
from briefings.statistics.observations import Observations
from briefings.statistics.tables import open_tables
from tests.report.conftest import figures_of

FOLDER = REPOSITORY.parent / "shared" / "data" / "bpic2015"
ANSWERS = FOLDER / "answers_monthly_wallclock.csv"
EVERYTHING = "ALL"
# Column of the answers → the components that it sums.
COLUMNS = {
    "received": ("received_online", "received_other"),
    "processed": ("processed_early", "processed_on_day", "processed_late", "processed_undated"),
    "carry_in": ("carried_over",),
    "pending_end": ("pending_in_time", "pending_overdue", "pending_undated"),
    "processed_with_due": ("processed_dated",),
    "on_time_date": ("processed_early", "processed_on_day"),
    "pending_overdue_end": ("pending_overdue",),
}

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not FOLDER.is_dir(), reason=f"{FOLDER} is not there"),
]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    shipped = load_project(REPOSITORY / "data" / "projects" / "bpic2015" / "project.toml")
    return dataclasses.replace(shipped, snapshots=tmp_path_factory.mktemp("bpic2015"))


@pytest.fixture(scope="module")
def snapshot(project: Project) -> Snapshot:
    return take_in(project)


@pytest.fixture(scope="module")
def organisation(project: Project) -> Organisation:
    return load_organisation(project.units, Month(2014, 2))


@pytest.fixture(scope="module")
def answers(organisation: Organisation) -> pd.DataFrame:
    """The right answers by month and unit, every column of COLUMNS."""
    table = pd.read_csv(ANSWERS, dtype={"department": "str", "month": "str"})
    unit = table["department"].replace(EVERYTHING, organisation.root.code)
    return table.assign(unit=unit).set_index(["month", "unit"])[list(COLUMNS)].sort_index()


@pytest.fixture(scope="module")
def components(snapshot: Snapshot, organisation: Organisation, answers: pd.DataFrame):
    months = {month for month, _ in answers.index}
    windows = [Regime().month(month) for month in snapshot.months if str(month) in months]
    return count_components(open_tables(snapshot), windows, organisation, None)


def test_every_case_is_taken_in(snapshot: Snapshot):
    (intake,) = snapshot.intake
    cases = (FOLDER / "cases_wallclock.csv").read_text(encoding="utf-8").count("\n") - 1
    assert (intake.read, intake.used, intake.quarantined) == (cases, cases, 0)


def test_all_420_rows_equal_the_answers(components: pd.DataFrame, answers: pd.DataFrame):
    found = pd.DataFrame(
        {name: components[list(parts)].sum(axis=1) for name, parts in COLUMNS.items()}
    )
    assert len(answers) == 420
    differing = found.loc[answers.index].compare(answers.astype("int64"))
    assert differing.empty, differing


def test_every_observation_equals_its_answer_and_no_case_is_lost_between_months(
    components: pd.DataFrame, snapshot: Snapshot, organisation: Organisation
):
    answers = pd.read_csv(ANSWERS, dtype={"department": "str", "month": "str"})
    seen = Observations(components, load_kpis().values(), snapshot.supplied, organisation.root.code)
    for row in answers.itertuples():
        unit = organisation.root.code if row.department == EVERYTHING else row.department
        found = {
            kpi: seen.get(kpi, row.month, unit).value
            for kpi in ("carried_over", "received_in_period", "processed", "pending")
        }
        assert list(found.values()) == [row.carry_in, row.received, row.processed, row.pending_end]
        gap = seen.get("received_total", row.month, unit).value - row.processed - row.pending_end
        assert gap == row.identity_gap == 0
        assert row.on_time_timestamp == row.on_time_date  # these data plan whole days


def test_the_answers_leave_out_no_month_with_dossiers(snapshot: Snapshot, answers: pd.DataFrame):
    assert {str(month) for month in snapshot.months} == {month for month, _ in answers.index}


def test_what_these_data_cannot_say_is_not_measurable(
    components: pd.DataFrame, snapshot: Snapshot, organisation: Organisation
):
    seen = Observations(
        components, load_kpis().values(), snapshot.supplied, organisation.root.code
    ).table()
    by_kpi = seen.set_index(["kpi", "window", "unit"]).sort_index()
    for kpi, needs in (
        ("on_time", ["processed_early", "processed_on_day", "processed_late",
                     "processed_undated"]),
        ("online_filing", ["received_online", "received_other"]),
    ):  # fmt: skip
        with_dossiers = components[components[needs].sum(axis=1) > 0].index
        statuses = by_kpi.loc[kpi].loc[with_dossiers, "status"]
        assert len(statuses) > 300
        assert set(statuses) == {"not_measurable"}, kpi
    for kpi in ("sync", "online_payment"):
        assert set(by_kpi.loc[kpi, "status"]) == {"not_measurable"}
        assert by_kpi.loc[kpi, "value"].isna().all()


def test_february_2014_as_a_briefing(project: Project, snapshot: Snapshot):
    briefing = Briefing(Material(gather_facts("2014-02", "NL5", project), "en"))
    form: dict[str, Figure] = {
        figure.identity: figure for figure in figures_of(briefing.form_of_period())
    }
    cells = {number: form[f"II.06a({number})@2014-02/NL5"].value for number in (3, 6, 7, 11)}
    assert cells == {3: 708, 6: 624, 7: 84, 11: 624}
    for number in (4, 5, 8, 9, 10, 12, 13):
        assert form[f"II.06a({number})@2014-02/NL5"].status == "not_measurable"
    assert "Alone in February 2014: received 84, processed 84" in briefing.headlines().plain()
    assert briefing.rate_trends().blocks == ()


@pytest.mark.parametrize("month", ["2009-11", "2009-12"])
def test_the_first_year_can_be_shown_although_its_data_begin_in_november(
    project: Project, snapshot: Snapshot, month: str
):
    briefing = Briefing(Material(gather_facts(month, "NL5", project), "en"))
    assert briefing.form_of_period().rows
    assert briefing.form_to_date().plain()
