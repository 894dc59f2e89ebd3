"""A hundred real requests to the city of Boston: who has a target date, and who kept it.

The trap is the city's own column `ontime`: 83 of 100 have it, but eleven of those never had a
target date. The data are no part of this repository; where they are absent the tests
are skipped.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from briefings.intake.profiles import load_profile
from briefings.intake.snapshot import Snapshot
from briefings.intake.take_in import take_in
from briefings.periods import Month, Regime
from briefings.project import REPOSITORY, load_project
from briefings.reference import load_organisation
from briefings.statistics.components import count_components
from briefings.statistics.kpis import load_kpis
from briefings.statistics.observations import Observations
from briefings.statistics.tables import open_tables
from tests import tiny
from tests.intake.inspected import inspect

FOLDER = REPOSITORY.parent / "shared" / "data" / "us_311"
APRIL = Month(2022, 4)  # the last request of January was closed in April
WINDOW = Regime().year_to_date(APRIL)

PROJECT = """\
[project]
key = "boston"
name = {{ en = "City of Boston" }}
languages = ["en"]
window = "calendar_month"
default_levels = ["department"]

[reference]
units = "units.csv"

[intake]
profile = "{profile}"

[output]
snapshots = "snapshots"
reports = "reports"

[tables]
dossiers = "{file}"
"""
DEPARTMENTS = ("BTDT", "GEN", "INFO", "ISD", "PARK", "PROP", "PWDx")
UNITS = "code,name_vi,name_en,level,parent,valid_from,valid_to,code_status,source\n" + "".join(
    f"{code},{code},{code},{'province' if code == 'BOS' else 'department'},{parent},,,"
    "synthetic,test\n"
    for code, parent in (("BOS", ""), *((code, "BOS") for code in DEPARTMENTS))
)
PROFILE = REPOSITORY / "data" / "profiles" / "boston_311.yaml"
WITH_TIMES = (
    "boston311-100.csv",
    "boston311-dmy-100.csv",
    "boston311-100-with-nonascii.csv",
    "boston311-100-untrimmed.jsonl",
)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not FOLDER.is_dir(), reason=f"{FOLDER} is not there"),
]


def boston(folder: Path, name: str) -> tuple[Snapshot, pd.DataFrame]:
    """A file taken in with the delivered profile, and its components of January to April 2022."""
    tiny.write(folder / "units.csv", UNITS)
    text = PROJECT.format(file=(FOLDER / name).as_posix(), profile=PROFILE.as_posix())
    project = load_project(tiny.write(folder / "briefings.toml", text))
    snapshot = take_in(project)
    organisation = load_organisation(project.units, APRIL)
    return snapshot, count_components(open_tables(snapshot), [WINDOW], organisation, None)


def dossiers(name: str) -> pd.DataFrame:
    """The rows that the profile alone makes of a file."""
    return inspect([FOLDER / name], load_profile(PROFILE)).used["dossiers"]


@pytest.mark.parametrize("name", [*WITH_TIMES, "boston311-100-notime.csv"])
def test_77_were_closed_with_a_target_and_one_more_kept_its_day_than_its_hour(
    tmp_path: Path, name: str
) -> None:
    """72 by the clock; we count whole days, and one was closed later on its last day."""
    snapshot, components = boston(tmp_path, name)
    (intake,) = snapshot.intake
    assert (intake.read, intake.used) == (100, 100)
    city = components.loc[(WINDOW.name, "BOS")]
    assert city[["received_online", "received_other"]].tolist() == [59, 41]
    assert city[["processed_dated", "processed_undated"]].tolist() == [77, 8]
    assert city["processed_early"] + city["processed_on_day"] == 72 + 1
    assert city["processed_late"] == 5 - 1
    assert city[["pending_dated", "pending_undated", "pending_overdue"]].tolist() == [12, 3, 11]


@pytest.mark.parametrize("name", WITH_TIMES)
def test_72_of_the_77_were_closed_before_their_hour(name: str) -> None:
    rows = dossiers(name)
    judged = rows[rows["due_at"].notna() & rows["finished_at"].notna()]
    assert (len(judged), (judged["finished_at"] <= judged["due_at"]).sum()) == (77, 72)


@pytest.mark.parametrize("name", WITH_TIMES)
def test_every_damaged_copy_gives_the_same_rows(name: str) -> None:
    sound = dossiers("boston311-100.csv").reset_index(drop=True)
    pd.testing.assert_frame_equal(dossiers(name).reset_index(drop=True), sound)


def test_a_row_whose_cells_are_shifted_by_a_tab_is_not_trusted() -> None:
    found = inspect([FOLDER / "boston311-100-bad.tsv"], load_profile(PROFILE))
    assert (found.read, found.rows_used) == (100, 99)
    assert found.quarantined == {"more or fewer cells than headings": 1}
    sound = dossiers("boston311-100.csv")
    (lost,) = set(sound["dossier_code"]) - set(found.used["dossiers"]["dossier_code"])
    assert lost == "101004113615"


def test_a_city_where_one_in_ten_has_no_target_is_not_said_to_be_on_time(tmp_path: Path) -> None:
    snapshot, components = boston(tmp_path, "boston311-100.csv")
    seen = Observations(components, load_kpis().values(), snapshot.supplied, "BOS")
    on_time = seen.get("on_time", WINDOW.name, "BOS")
    assert (on_time.status, on_time.value) == ("not_measurable", None)  # 77 of 85 < 95%
    assert seen.get("processed", WINDOW.name, "BOS").value == 85
    assert seen.get("pending", WINDOW.name, "BOS").value == 15


def test_twenty_rows_delivered_twice_count_once(tmp_path: Path) -> None:
    snapshot, components = boston(tmp_path, "boston311-100-20dupes-random.csv")
    (intake,) = snapshot.intake
    assert (intake.read, intake.used) == (100, 80)
    assert intake.reasons == {"repeats an earlier row": 20}
    city = components.loc[(WINDOW.name, "BOS")]
    assert city["received_online"] + city["received_other"] == 80


def test_new_york_writes_the_month_first_and_twice_twelve_hours() -> None:
    profile = load_profile(PROFILE.with_name("nyc_311.yaml"))
    found = inspect([FOLDER / "nyc311-100.csv"], profile)
    assert (found.read, found.rows_used) == (100, 100)
    rows = found.used["dossiers"].set_index("dossier_code")
    raw = pd.read_csv(FOLDER / "nyc311-100.csv", dtype=str).set_index("Unique Key")
    for column, heading in (("received_at", "Created Date"), ("finished_at", "Closed Date")):
        expected = pd.to_datetime(raw[heading], format="%m/%d/%Y %I:%M:%S %p")
        assert (rows[column].isna() == expected.loc[rows.index].isna()).all()
        assert (rows[column].dropna() == expected.loc[rows.index].dropna()).all()
