"""Requests for information in New Zealand: totals that were printed against the rows behind them.

The data are no part of this repository; where they are absent the tests are skipped.
"""

from __future__ import annotations

from collections import Counter

import pandas as pd
import pytest

from briefings.intake.profiles import load_profile
from briefings.project import REPOSITORY
from tests.intake.inspected import Inspected, inspect

FILE = REPOSITORY.parent / "shared" / "data" / "nz_oia" / "OIA-StatisticsAllData.xlsx"
PROFILE = REPOSITORY / "data" / "profiles" / "nz_oia.yaml"
HALVED = {"2015-12-31", "2016-06-30", "2016-12-31", "2017-06-30"}

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not FILE.is_file(), reason=f"{FILE} is not there"),
]


@pytest.fixture(scope="module")
def found() -> Inspected:
    return inspect([FILE], load_profile(PROFILE))


@pytest.fixture(scope="module")
def raw() -> pd.DataFrame:
    """The file as pandas reads it, for counting by other means than ours."""
    return pd.read_excel(FILE, keep_default_na=False, na_values=[""])


def test_subtotals_whole_years_and_doubled_rows_are_left_out_each_by_its_reason(
    found: Inspected, raw: pd.DataFrame
) -> None:
    assert found.read == len(raw) == 2126
    assert found.quarantined == {
        "total of a group": 96,
        "whole year beside its half": 218,
        "repeats an earlier row": 3,
    }
    assert found.rows_used == 2126 - 96 - 218 - 3


def test_every_agency_stands_once_in_every_half_year(found: Inspected, raw: pd.DataFrame) -> None:
    used = found.used["unit_counts"]
    agencies = raw[raw["OrgID"] != 0]
    expected = agencies.drop_duplicates(["OrgID", "SurveyPeriodEndDate"])
    assert len(used) == len(expected)
    assert set(used["unit"]) == set(agencies["OrgID"].astype(str))
    assert not used.duplicated(["unit", "period_to"]).any()
    assert set((used["period_to"] - used["period_from"]).dt.days + 1) == {181, 182, 184}


def test_a_halved_year_keeps_its_half_requests(found: Inspected) -> None:
    used = found.used["unit_counts"]
    halves = used[(used["processed"] % 1 != 0)]
    assert set(halves["period_to"].dt.strftime("%Y-%m-%d")) <= HALVED
    assert 2.5 in set(used["processed_on_time"])


def test_every_printed_total_equals_the_sum_of_its_agencies(found: Inspected) -> None:
    """For each period and group a verdict; all 96 are equal, in all three columns."""
    subtotals = found.subtotals
    assert Counter(subtotals["verdict"]) == {"equal": 96 * 3}
    assert subtotals["period"].nunique() == 16
    groups = subtotals.groupby("period")["group"].nunique()
    assert set(groups) == {
        5,
        6,
        7,
    }  # without health boards from December 2022; twice a nameless one
    public = subtotals[
        (subtotals["period"] == "2023-06-30") & (subtotals["group"] == "Public Service")
    ].set_index("column")
    assert public.loc["OIA_RequestsHandled", ["stated", "summed", "rows"]].tolist() == [
        14855, 14855, 37,
    ]  # fmt: skip


def test_a_total_that_does_not_fit_is_said_to_and_nothing_is_bent(
    raw: pd.DataFrame, tmp_path
) -> None:
    first = raw.index[(raw["OrgID"] == 0)][0]
    raw.loc[first, "OIA_RequestsHandled"] += 1
    raw.to_excel(tmp_path / "changed.xlsx", index=False)
    changed = inspect([tmp_path / "changed.xlsx"], load_profile(PROFILE))
    differing = changed.subtotals[changed.subtotals["verdict"] != "equal"]
    assert differing[["period", "group", "verdict"]].values.tolist() == [
        ["2015-12-31", "Public Service", "differs"]
    ]
    assert (differing["stated"] - differing["summed"]).tolist() == [1]
