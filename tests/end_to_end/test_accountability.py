"""The accountability briefing of a small demonstration, recounted from the raw files by hand."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TypeAlias

import numpy as np
import pandas as pd
import pytest

from briefings.gathering.accounts import INDEX_MEASURES
from briefings.gathering.counted import Counted, open_month
from briefings.gathering.gather import gather
from briefings.intake.take_in import take_in
from briefings.periods import Month
from briefings.project import load_project
from tests.conftest import Office, copy_of_project
from tests.statistics.plain_integral import chances_of_so_few

pytestmark = pytest.mark.slow

# Rule → cases by unit, who is below, who is above.
Rules: TypeAlias = dict[str, tuple[pd.DataFrame, set[str], set[str]]]

END = pd.Timestamp("2025-02-28")
START = pd.Timestamp("2025-01-01")
IN_YEAR = "@2025-01..2025-02/"
PLACE = f"{IN_YEAR}H23"
MONTHS = ("2024-01", "2024-02", "2024-03", "2024-04", "2024-05", "2024-06", "2024-07", "2024-08",
          "2024-09", "2024-10", "2024-11", "2024-12", "2025-01", "2025-02")  # fmt: skip
FILES = ["accountability.en.build.json", "accountability.en.html", "accountability.en.pdf",
         "accountability.figures.csv", "accountability.vi.build.json", "accountability.vi.html",
         "accountability.vi.pdf"]  # fmt: skip
MOST_BYTES = 195_000
SMALLER_BY = 10  # with fewer dossiers no unit would be on any list
# The portal lacks nearly all dossiers of a district, and none of a commune. (Two of one small
# level would hide each other.)
BAD, GOOD = "288", "10576"
STATUSES = {
    "Được tiếp nhận", "Đang xử lý", "Yêu cầu bổ sung giấy tờ", "Công dân yêu cầu rút hồ sơ",
    "Yêu cầu thực hiện nghĩa vụ tài chính", "Dừng xử lý", "Đã xử lý xong", "Đã trả kết quả",
}  # fmt: skip
CHANNELS = {"Trực tuyến", "Trực tiếp", "Bưu chính công ích"}


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Office:
    office = copy_of_project(tmp_path_factory.mktemp("accountable"), smaller_by=SMALLER_BY)
    change_the_portal(office)
    announce_late(office)
    run = office.run("report", "--month", "2025-02", "--unit", "accountability")
    assert run.code == 0, run.screen
    assert "2 briefings: 2 executed" in run.screen
    return office


def change_the_portal(office: Office) -> None:
    """The demonstration has no office that differs by more than usual: make one of each kind.

    The other communes lose half of what the portal holds, so that one with all of it stands out.
    """
    units = pd.read_csv(office.folder / "data" / "reference" / "units.csv", dtype=str)
    communes = set(units.code[units.level == "commune"]) - {GOOD}
    for month in ("2025-01", "2025-02"):
        file = office.folder / "data" / "raw" / month / "ho_so_cong_quoc_gia.csv"
        portal = pd.read_csv(file, dtype=str)
        unit = portal["Mã hồ sơ"].str.extract(r"\.(.+)-\d{6}-")[0]
        kept = portal[
            ((unit != BAD) | (portal.index % 20 == 0))
            & (~unit.isin(communes) | (portal.index % 2 == 0))
        ]
        d = pd.read_csv(file.with_name("ho_so.csv"), dtype=str)
        lacking = d[(d["Mã đơn vị"] == GOOD) & ~d["Mã hồ sơ"].isin(portal["Mã hồ sơ"])]
        more = pd.DataFrame(
            {
                "Mã hồ sơ": lacking["Mã hồ sơ"].drop_duplicates(),
                "Thời điểm đồng bộ": f"{month}-28 08:00:00",
                "Mã trạng thái": "10",
            }
        )
        pd.concat([kept, more]).to_csv(file, index=False)


def announce_late(office: Office) -> None:
    """One decision issued three days before its text takes effect."""
    file = office.folder / "data" / "raw" / "2025-02" / "quyet_dinh.xlsx"
    decisions = pd.read_excel(file)
    issued = decisions.loc[1, "Ngày ban hành"]
    decisions.loc[1, "Ngày văn bản có hiệu lực"] = issued + pd.Timedelta(days=3)
    decisions.to_excel(file, index=False)


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


def named(parts: pd.DataFrame) -> tuple[set[str], set[str]]:
    """Who is below and who above the limits of one level, by a plain sum over all not known."""
    if len(parts) <= 5:
        return set(), set()
    good, failed = (list(zip(each, parts.cases, strict=True))
                    for each in (parts.good, parts.cases - parts.good))  # fmt: skip
    low, high = (np.array(chances_of_so_few(each, moved=3)) < 0.001 for each in (good, failed))
    others = (parts.good.sum() - parts.good) / (parts.cases.sum() - parts.cases)
    share, bad = parts.good / parts.cases, parts.cases - parts.good
    enough = parts.cases.sum() - parts.cases >= 100
    below = low & (share < others) & (bad >= 5) & enough
    above = high & (share > others) & (parts.cases >= 30) & enough
    return set(parts.index[below]), set(parts.index[above])


@pytest.fixture(scope="module")
def rules(dossiers: pd.DataFrame, units: pd.DataFrame, there: set[str]) -> Rules:
    """Rule → cases, and who is below and above, recomputed from the raw rows."""
    found = {}
    for rule in ("sync", "on_time", "open_in_time"):
        parts = parts_of(rule, dossiers, there)
        sides = [
            named(parts[parts.index.isin(units.code[units.level == level])])
            for level in ("department", "district", "commune")
        ]
        found[rule] = (parts, *(set().union(*side) for side in zip(*sides, strict=True)))
    return found


def on_the_page(figures, rule: str) -> dict[str, str]:
    """Unit → side, of the entries of both lists; their cases are compared with the raw ones."""
    return {
        row["unit"]: "below"
        if float(row["value"])
        < float(figures[f"judged.{rule}.others{IN_YEAR}{row['unit']}"]["value"])
        else "above"
        for name, row in figures.items()
        if name.startswith(f"judged.{rule}@")
    }


@pytest.mark.parametrize("rule", ["sync", "on_time", "open_in_time"])
def test_both_lists_are_recomputed_from_the_raw_rows(figures, rules, rule):
    parts, below, above = rules[rule]
    inspected = set().union(*(each for _, each, _ in rules.values()))
    assessed = set(parts.index) if rule == "sync" else set(rules["sync"][0].index)
    for each in ("sync", "on_time"):
        cases = rules[each][0].cases
        assessed &= set(cases.index[cases >= 30])
    expected = dict.fromkeys(below, "below") | dict.fromkeys(
        (above - inspected) & assessed, "above"
    )
    shown = on_the_page(figures, rule)
    assert shown == expected
    for unit in shown:
        row, own = figures[f"judged.{rule}{IN_YEAR}{unit}"], parts.loc[unit]
        assert (float(row["numerator"]), float(row["denominator"])) == (own.good, own.cases)
        side = "lower_bound" if shown[unit] == "below" else "upper_bound"
        limit = float(figures[f"judged.{rule}.limit.{side}{IN_YEAR}{unit}"]["value"])
        assert (float(row["value"]) < limit) == (shown[unit] == "below")
    if rule == "sync":
        assert (shown[BAD], shown[GOOD]) == ("below", "above")


def announcements(office: Office) -> pd.DataFrame:
    """Decision × procedure of the raw files: issued, published on both systems, unit."""
    decisions = raw(office, "quyet_dinh.xlsx").drop_duplicates()
    changes = raw(office, "thu_tuc_thay_doi.xlsx").drop_duplicates()
    published = raw(office, "cong_khai.xlsx").drop_duplicates()
    both = published.groupby(["Số quyết định", "Mã TTHC"])["Ngày công khai"].agg(["max", "count"])
    both = both["max"].where(both["count"] == 2).rename("published").reset_index()
    found = changes.merge(decisions, on="Số quyết định").merge(both, how="left")
    for name, heading in {
        "issued": "Ngày ban hành", "effective": "Ngày văn bản có hiệu lực",
        "published": "published",
    }.items():  # fmt: skip
        found[name] = pd.to_datetime(found[heading]).dt.normalize()
    return found


@pytest.fixture(scope="module")
def working(made: Office) -> pd.DatetimeIndex:
    """The working days from December 2023 to June 2025."""
    rows = pd.read_csv(made.folder / "data" / "reference" / "calendar.csv", dtype=str)
    known = dict(zip(pd.to_datetime(rows.date), rows.working == "true", strict=True))
    days = pd.date_range("2023-12-01", "2025-06-30")
    return days[[known.get(day, day.weekday() < 5) for day in days]]


def test_late_procedures_are_those_of_the_raw_files(made, figures, working):
    a = announcements(made)
    due = pd.Series([working[working > day][4] for day in a.issued], index=a.index)
    in_time = (a.published <= due) & (a.published <= END)
    missed = ~in_time & (due >= START) & (due <= END)
    shown = a.published.where(a.published <= END)
    ahead = pd.Series([working[working < day][-5] for day in a.effective], index=a.index)
    announced = (a.issued >= START) & (a.issued <= END) & (a.issued > ahead)
    assert min(missed.sum(), announced.sum()) > 0
    assert int(figures[f"accountability.late{PLACE}"]["value"]) == missed.sum() + announced.sum()
    expected = {}
    for act, rows, last, done in (
        ("published", missed, due, shown), ("announced", announced, ahead, a.issued),
    ):  # fmt: skip
        for at, row in a[rows].iterrows():
            until = END if pd.isna(done[at]) else done[at]
            name = f"{act}:{row['Số quyết định']}:{row['Mã TTHC']}@{row['Cơ quan trình']}"
            expected[name] = int(((working > last[at]) & (working <= until)).sum())
    listed = {
        name.removeprefix("days_late:").replace(IN_YEAR, "@"): int(row["value"])
        for name, row in figures.items()
        if name.startswith("days_late:")
    }
    assert listed == {name: expected[name] for name in listed}
    # The page names the longest delays.
    left = [days for name, days in expected.items() if name not in listed]
    assert max(left) <= min(listed.values())


def test_petitions_of_each_unit_are_those_of_the_raw_file(made, figures):
    kinds = {"Chậm trễ": "delay", "Nhũng nhiễu, phiền hà": "harassment", "Thái độ": "attitude"}
    f = raw(made, "phan_anh_kien_nghi.csv").drop_duplicates()
    received, due, answered = (
        pd.to_datetime(f[name], format="%d/%m/%Y")
        for name in ("Ngày tiếp nhận", "Hạn trả lời", "Ngày trả lời")
    )
    done = answered <= END
    f = f.assign(
        late=done & (answered > due), open_late=~done & (due < END),
        unsatisfied=done & (f["Kết quả"] == "Không hài lòng"), petitions=True,
    )  # fmt: skip
    f["badly"] = f.late | f.open_late | f.unsatisfied
    f = f[f["Nội dung phân loại"].isin(kinds) & (received <= END) & ~(answered < START)]
    names = ["petitions", "late", "open_late", "unsatisfied", "badly"]
    by_unit = f.groupby([f["Mã đơn vị"], f["Nội dung phân loại"].map(kinds)])[names].sum()
    shown = [
        (*name.removeprefix("complaints.").split("@")[0].split(":"), int(row["value"]))
        for name, row in figures.items()
        if name.startswith("complaints.") and name.split("@")[0].count(":") == 2
    ]
    assert shown
    for name, unit, category, value in shown:
        assert value == by_unit.loc[(unit, category), name], (unit, category, name)
    listed = {(unit, category) for name, unit, category, _ in shown}
    badly = by_unit.badly[by_unit.badly > 0]
    assert listed <= set(badly.index)
    if "complaints.badly:other" + PLACE not in figures:
        assert listed == set(badly.index)


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
