"""A hundred real requests to the city of Boston: who has a target date, and who kept it.

The trap is the city's own column `ontime`: 83 of 100 have it, but eleven of those never had a
target date. The data are no part of this repository; where they are absent the tests
are skipped.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

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
profile = "profile.yaml"

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
PROFILE = """\
tables:
  dossiers:
    columns:
      dossier_code: case_enquiry_id
      procedure_code: type
      unit: {{heading: department, codes: {{{codes}}}}}
      received_at: {{heading: open_dt, format: "{moment}"}}
      due_at: {{heading: target_dt, format: "{moment}"}}
      finished_at: {{heading: closed_dt, format: "{moment}"}}
      status: {{heading: case_status, codes: {{Open: 4, Closed: 9}}}}
"""
CODES = ", ".join(f"{'GEN_' if code == 'GEN' else code}: {code}" for code in DEPARTMENTS)
ISO, DAY_FIRST = "%Y-%m-%d %H:%M:%S", "%d/%m/%Y %H:%M:%S"

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason=f"{FOLDER} is not there")


def boston(folder: Path, name: str, moment: str = ISO) -> tuple[Snapshot, pd.DataFrame]:
    """A file taken in, and its components from January to April 2022."""
    tiny.write(folder / "units.csv", UNITS)
    tiny.write(folder / "profile.yaml", PROFILE.format(codes=CODES, moment=moment))
    text = PROJECT.format(file=(FOLDER / name).as_posix())
    project = load_project(tiny.write(folder / "briefings.toml", text))
    snapshot = take_in(project)
    organisation = load_organisation(project.units, APRIL)
    return snapshot, count_components(open_tables(snapshot), [WINDOW], organisation, None)


@pytest.mark.parametrize(
    ("name", "moment"),
    [
        ("boston311-100.csv", ISO),
        ("boston311-dmy-100.csv", DAY_FIRST),
        ("boston311-100-notime.csv", "%Y-%m-%d"),
        ("boston311-100-with-nonascii.csv", ISO),
    ],
)
def test_77_were_closed_with_a_target_and_one_more_kept_its_day_than_its_hour(
    tmp_path, name, moment
):
    """72 by the clock; we count whole days, and one was closed later on its last day."""
    snapshot, components = boston(tmp_path, name, moment)
    (intake,) = snapshot.intake
    assert (intake.read, intake.used) == (100, 100)
    city = components.loc[(WINDOW.name, "BOS")]
    assert city["received_other"] == 100
    assert city[["processed_dated", "processed_undated"]].tolist() == [77, 8]
    assert city["processed_early"] + city["processed_on_day"] == 72 + 1
    assert city["processed_late"] == 5 - 1
    assert city[["pending_dated", "pending_undated", "pending_overdue"]].tolist() == [12, 3, 11]


def test_a_city_where_one_in_ten_has_no_target_is_not_said_to_be_on_time(tmp_path):
    snapshot, components = boston(tmp_path, "boston311-100.csv")
    seen = Observations(components, load_kpis().values(), snapshot.supplied, "BOS")
    on_time = seen.get("on_time", WINDOW.name, "BOS")
    assert (on_time.status, on_time.value) == ("not_measurable", None)  # 77 of 85 < 95%
    assert seen.get("processed", WINDOW.name, "BOS").value == 85
    assert seen.get("pending", WINDOW.name, "BOS").value == 15


def test_twenty_rows_delivered_twice_count_once(tmp_path):
    snapshot, components = boston(tmp_path, "boston311-100-20dupes-random.csv")
    (intake,) = snapshot.intake
    assert (intake.read, intake.used) == (100, 80)
    assert intake.reasons == {"repeats an earlier row": 20}
    assert components.loc[(WINDOW.name, "BOS"), "received_other"] == 80
