"""The accountability briefing of a small demonstration, recounted from the raw files by hand."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binom, norm

from briefings.gathering.accounts import INDEX_MEASURES
from briefings.gathering.counted import Counted, open_month
from briefings.gathering.gather import gather
from briefings.intake.take_in import take_in
from briefings.periods import Month
from briefings.project import load_project
from tests.conftest import Office, copy_of_project

pytestmark = pytest.mark.slow

END = pd.Timestamp("2025-02-28")
START = pd.Timestamp("2025-01-01")
IN_YEAR = "@2025-01..2025-02/"
PLACE = f"{IN_YEAR}H23"
MONTHS = ("2024-01", "2024-02", "2024-03", "2024-04", "2024-05", "2024-06", "2024-07", "2024-08",
          "2024-09", "2024-10", "2024-11", "2024-12", "2025-01", "2025-02")  # fmt: skip
FILES = ["accountability.en.build.json", "accountability.en.html", "accountability.en.pdf",
         "accountability.figures.csv", "accountability.vi.build.json", "accountability.vi.html",
         "accountability.vi.pdf"]  # fmt: skip
MOST_BYTES = 190_000
SMALLER_BY = 10  # with fewer dossiers no unit would be on any list
STATUSES = {
    "Được tiếp nhận", "Đang xử lý", "Yêu cầu bổ sung giấy tờ", "Công dân yêu cầu rút hồ sơ",
    "Yêu cầu thực hiện nghĩa vụ tài chính", "Dừng xử lý", "Đã xử lý xong", "Đã trả kết quả",
}  # fmt: skip
CHANNELS = {"Trực tuyến", "Trực tiếp", "Bưu chính công ích"}


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Office:
    office = copy_of_project(tmp_path_factory.mktemp("accountable"), smaller_by=SMALLER_BY)
    run = office.run("report", "--month", "2025-02", "--unit", "accountability")
    assert run.code == 0, run.screen
    assert "2 briefings: 2 executed" in run.screen
    return office


def folder(office: Office) -> Path:
    return office.folder / "reports" / "2025-02"


@pytest.fixture(scope="module")
def figures(made: Office) -> dict[str, dict[str, str]]:
    file = folder(made) / "accountability.figures.csv"
    with file.open(encoding="utf-8", newline="") as stream:
        return {row["figure"]: row for row in csv.DictReader(stream)}


def raw(office: Office, name: str) -> pd.DataFrame:
    files = [office.folder / "data" / "raw" / month / name for month in MONTHS]
    return pd.concat(
        pd.read_excel(file, dtype=str) if name.endswith("xlsx") else pd.read_csv(file, dtype=str)
        for file in files
    )


@pytest.fixture(scope="module")
def units(made: Office) -> pd.DataFrame:
    """The units of February 2025."""
    rows = pd.read_csv(made.folder / "data" / "reference" / "units.csv", dtype=str)
    begun = rows.valid_from.isna() | (rows.valid_from <= "2025-02-28")
    return rows[begun & (rows.valid_to.isna() | (rows.valid_to >= "2025-02-28"))]


@pytest.fixture(scope="module")
def dossiers(made: Office, units: pd.DataFrame) -> pd.DataFrame:
    """The raw dossiers without the rows that are faulty on purpose."""
    d = raw(made, "ho_so.csv").drop_duplicates()
    d = d[d["Mã đơn vị"].isin(units.code) & d["Trạng thái"].isin(STATUSES)]
    d = d[d["Kênh tiếp nhận"].isin(CHANNELS)]
    found = pd.DataFrame({"code": d["Mã hồ sơ"], "unit": d["Mã đơn vị"]})
    for name, heading in {
        "received": "Ngày tiếp nhận", "due": "Ngày hẹn trả", "finished": "Ngày hoàn thành",
    }.items():  # fmt: skip
        found[name] = pd.to_datetime(d[heading], format="%d/%m/%Y %H:%M").dt.normalize()
    return found[found.code.notna() & found.received.notna() & ~(found.finished < found.received)]


@pytest.fixture(scope="module")
def there(made: Office) -> set[str]:
    """The codes that the portal holds at the end."""
    portal = raw(made, "ho_so_cong_quoc_gia.csv")
    synced = pd.to_datetime(portal["Thời điểm đồng bộ"]).dt.normalize()
    return set(portal["Mã hồ sơ"][synced <= END])


def test_it_lies_in_the_folder_of_the_month(made):
    found = sorted(each.name for each in folder(made).glob("accountability.*"))
    assert found == FILES
    for name in FILES:
        if name.endswith("html"):
            assert (folder(made) / name).stat().st_size < MOST_BYTES


def test_the_index_leads_to_it(made):
    page = (made.folder / "reports" / "index.html").read_text("utf-8")
    assert 'href="2025-02/accountability.vi.html"' in page
    assert 'href="2025-02/accountability.en.pdf"' in page


def test_it_is_not_made_again_and_units_alone_leave_it_out(made):
    again = made.run("report", "--month", "2025-02", "--unit", "accountability")
    assert "2 briefings: 0 executed, 0 rendered, 2 unchanged" in again.screen
    planned = made.run("plan", "--month", "2025-02", "--unit", "X-TTR", "--json")
    assert "accountability" not in planned.screen
    planned = made.run("plan", "--month", "2025-02", "--json")
    assert '"2025-02/accountability/vi"' in planned.screen


def test_petitions_are_those_of_the_raw_file(made, figures):
    f = raw(made, "phan_anh_kien_nghi.csv").drop_duplicates()
    received, due, answered = (
        pd.to_datetime(f[name], format="%d/%m/%Y")
        for name in ("Ngày tiếp nhận", "Hạn trả lời", "Ngày trả lời")
    )
    about = f["Nội dung phân loại"].isin(["Chậm trễ", "Nhũng nhiễu, phiền hà", "Thái độ"])
    counted = about & (received <= END) & ~(answered < START)
    done = answered <= END
    late, open_late = done & (answered > due), ~done & (due < END)
    unhappy = done & (f["Kết quả"] == "Không hài lòng")
    expected = {
        "petitions": counted, "late": counted & late, "open_late": counted & open_late,
        "unsatisfied": counted & unhappy, "badly": counted & (late | open_late | unhappy),
    }  # fmt: skip
    for name, rows in expected.items():
        assert int(figures[f"complaints.{name}:total{PLACE}"]["value"]) == rows.sum(), name


def received_in_year(dossiers: pd.DataFrame) -> pd.DataFrame:
    return dossiers[(dossiers.received >= START) & (dossiers.received <= END)]


def test_dossiers_the_portal_lacks_are_those_of_the_raw_files(figures, dossiers, there):
    d = received_in_year(dossiers)
    lacking = d[~d.code.isin(there)]
    ages = (END - lacking.received).dt.days
    counts = [(ages <= 10).sum(), ((ages > 10) & (ages <= 30)).sum(), (ages > 30).sum()]
    for age, count in enumerate(counts):
        assert int(figures[f"unsynchronised.age_{age}:total{PLACE}"]["value"]) == count
    assert int(figures[f"accountability.unsynchronised{PLACE}"]["value"]) == len(lacking)
    by_unit = lacking.unit.value_counts()
    shown = {
        name.split(":")[1].split("@")[0]: int(row["value"])
        for name, row in figures.items()
        if name.startswith("unsynchronised.all:")
    }
    assert {unit: by_unit[unit] for unit in shown if unit in by_unit} == {
        unit: count for unit, count in shown.items() if unit not in ("total", "other")
    }


def test_open_overdue_dossiers_are_those_of_the_raw_files(figures, dossiers):
    d = dossiers
    overdue = d[(d.received <= END) & (d.due <= END) & ~(d.finished <= END)]
    assert int(figures[f"accountability.overdue{PLACE}"]["value"]) == len(overdue)


def parts_of(rule: str, d: pd.DataFrame, there: set[str]) -> pd.DataFrame:
    """Unit → cases that went well, and cases, counted from the raw rows."""
    if rule == "sync":
        d = received_in_year(d)
        good = d.code.isin(there)
    elif rule == "on_time":
        d = d[(d.finished >= START) & (d.finished <= END) & d.due.notna()]
        good = d.finished <= d.due
    else:
        d = d[(d.received <= END) & ~(d.finished <= END)]
        good = ~(d.due <= END)
    return good.groupby(d.unit).agg(["sum", "count"]).set_axis(["good", "cases"], axis=1)


def place(good, cases, centre):
    """The normal place of the mid-p tail, from scipy's distribution."""
    half = binom.pmf(good, cases, centre) / 2
    below, above = binom.cdf(good, cases, centre) - half, binom.sf(good, cases, centre) + half
    return np.where(below < above, norm.ppf(below), norm.isf(above))


def named_below(parts: pd.DataFrame) -> set[str]:
    found = set()
    for unit, own in parts.iterrows():
        peers = parts.drop(index=unit)
        centre = (peers.good.sum() + 0.5) / (peers.cases.sum() + 1)
        z = place(peers.good, peers.cases, centre)
        low, high = np.quantile(z, [0.1, 0.9])
        reach = norm.ppf(0.999) * max(np.sqrt(np.mean(np.clip(z, low, high) ** 2)), 1)
        bad = own.cases - own.good
        if len(peers) >= 5 and bad >= 5 and place(own.good + 3, own.cases, centre) < -reach:
            found.add(str(unit))
    return found


@pytest.mark.parametrize("rule", ["sync", "on_time", "open_in_time"])
def test_the_inspection_list_is_recomputed_from_the_raw_rows(figures, dossiers, units, there, rule):
    parts = parts_of(rule, dossiers, there)
    expected: set[str] = set()
    for level in ("department", "district", "commune"):
        codes = units.code[units.level == level]
        expected |= named_below(parts[parts.index.isin(codes)])
    listed = {
        row["unit"]: row for name, row in figures.items() if name.startswith(f"judged.{rule}@")
    }
    of_list = {
        row["unit"] for name, row in figures.items()
        if name.startswith(f"judged.{rule}.limit.lower_bound@")
    }  # fmt: skip
    assert of_list == set(listed)
    for unit, row in listed.items():
        own = parts.loc[unit]
        assert (float(row["numerator"]), float(row["denominator"])) == (own.good, own.cases)
    below = {
        unit for unit, row in listed.items()
        if float(row["value"]) < float(figures[f"judged.{rule}.others{IN_YEAR}{unit}"]["value"])
    }  # fmt: skip
    assert below == expected
    if rule == "sync":
        assert below


@pytest.fixture(scope="module")
def counted(made: Office) -> Counted:
    project = load_project(made.folder / "briefings.toml")
    take_in(project)
    return open_month(project, Month(2025, 2))


@pytest.mark.parametrize("act", ["announced", "published"])
def test_the_points_of_all_rows_are_those_the_province_lost(counted, act):
    """Each late procedure costs the same share of its indicator, and costs it once."""
    (facts,) = gather(counted, [counted.organisation.root])
    assert facts.index is not None
    rows = [row for row in counted.accounts.late if row["act"] == act]
    (result,) = (
        each
        for each in facts.index.results
        if each.measure and each.measure.kpi == INDEX_MEASURES[act]
    )
    assert sum(row["points"] for row in rows) == result.lost


def test_the_page_of_a_unit_shows_the_others_only_where_a_rule_named_it(counted):
    """Else a dossier of any office would make the pages of all offices of its level anew."""
    for facts in gather(counted, counted.organisation.units[1:40]):
        for judged in facts.accountability.judged:
            assert (judged.others is not None) == (judged.outcome in ("below", "above"))
