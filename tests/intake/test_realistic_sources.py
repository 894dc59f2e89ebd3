"""Files as offices publish them, each taken in by a profile alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from openpyxl import Workbook

from briefings.errors import InputError
from briefings.intake.profiles import load_profile
from tests import tiny
from tests.intake.inspected import Inspected, inspect


def look(folder: Path, profile: str, file: Path) -> Inspected:
    return inspect([file], load_profile(tiny.write(folder / "profile.yaml", profile)))


def columns(table: pd.DataFrame, *names: str) -> list[tuple[Any, ...]]:
    plain = table[list(names)].astype(object)
    rows = plain.where(plain.notna(), None).itertuples(index=False, name=None)
    return [tuple(c.isoformat() if isinstance(c, pd.Timestamp) else c for c in row) for row in rows]


PERMITS = """\
Permit Number,Permit Type,Dept,Filed,Issued,Expected Days,Fee,Current Status,Applicant Name,Phone
BP-22/001,Building,Bldg & Safety,1/5/22 9:05 AM,2/1/22 12:00 AM,20,"$1,250.00",Issued,Ann,617-555
BP-22/002,Building,Bldg & Safety,1/31/22 11:59 PM,,20,"$90.00",In Review,Bob Doe,617-556
EL-22/003,Electrical,BLDG & SAFETY,2/28/22 1:00 PM,3/1/22 8:00 AM,N/A,-,Void,Cy Doe,617-557
Source: Office of Permits,,,,,,,,,
"""
PERMITS_PROFILE = """
zone: America/Chicago
format: month-first
ignore: case
units: {Bldg & Safety: BS}
layout: {empty: [N/A, "-"], footer: "Source*"}
tables:
  dossiers:
    columns:
      dossier_code: Permit Number
      procedure_code: {heading: Permit Number, part: "^[A-Z]+"}
      unit: Dept
      received_at: Filed
      due_at: {heading: Filed, plus: {working_days: Expected Days}}
      finished_at: {heading: Issued, only_if: {Current Status: {not: Void}}}
      status: {heading: Current Status, codes: {issued: 10, in review: 4, void: 8}}
    constants: {channel: counter}
"""


def test_permits_in_american_writing_with_a_footer_and_limits_in_a_column(tmp_path: Path) -> None:
    found = look(tmp_path, PERMITS_PROFILE, tiny.write(tmp_path / "permits.csv", PERMITS))
    assert (found.read, found.rows_used, found.quarantined) == (3, 3, {})
    rows = columns(found.used["dossiers"], "procedure_code", "unit", "received_at", "due_at",
                   "finished_at", "status")  # fmt: skip
    assert rows == [
        ("BP", "BS", "2022-01-05T09:05:00", "2022-02-02T09:05:00", "2022-02-01T00:00:00", 10),
        ("BP", "BS", "2022-01-31T23:59:00", "2022-02-28T23:59:00", None, 4),
        ("EL", "BS", "2022-02-28T13:00:00", None, None, 8),
    ]
    assert set(found.dropped_personal_columns) == {"Applicant Name", "Phone"}
    assert found.ignored_columns == ("Permit Type", "Fee")


REQUESTS = [
    {"service_request_id": 7, "agency": "A", "requested": "2024-07-01T03:30:00Z",
     "closed": 1719880200, "expected": "2024-07-05T00:00:00.000", "status_description": "closed"},
    {"service_request_id": 8, "agency": "A", "requested": "2024-07-01T23:30:00-05:00",
     "closed": None, "expected": None, "status_description": "open"},
]  # fmt: skip
REQUESTS_PROFILE = """
zone: America/Chicago
tables:
  dossiers:
    columns:
      dossier_code: service_request_id
      unit: agency
      received_at: requested
      due_at: expected
      finished_at: {heading: closed, format: epoch seconds}
      status: {cases: [{if: {closed: filled}, then: 9}], otherwise: 4}
"""


def test_requests_with_offsets_and_epochs_become_the_clock_of_the_city(tmp_path: Path) -> None:
    """03:30 UTC on 1 July is still June in Chicago."""
    csv = pd.DataFrame(REQUESTS).astype(object)
    csv["closed"] = ["1719880200", None]
    csv.to_csv(tmp_path / "requests.csv", index=False)
    found = look(tmp_path, REQUESTS_PROFILE, tmp_path / "requests.csv")
    assert (found.read, found.rows_used) == (2, 2)
    assert columns(found.used["dossiers"], "received_at", "finished_at", "status") == [
        ("2024-06-30T22:30:00", "2024-07-01T19:30:00", 9),
        ("2024-07-01T23:30:00", None, 4),
    ]


def test_the_same_requests_as_json_lines(tmp_path: Path) -> None:
    lines = "\n".join(map(json.dumps, REQUESTS))
    found = look(tmp_path, REQUESTS_PROFILE, tiny.write(tmp_path / "requests.jsonl", lines))
    assert columns(found.used["dossiers"], "dossier_code", "received_at", "finished_at") == [
        ("7", "2024-06-30T22:30:00", "2024-07-01T19:30:00"),
        ("8", "2024-07-01T23:30:00", None),
    ]


REPORT_PROFILE = """
number: {decimal: ",", thousands: "."}
layout: {sheet: "Tháng *", header_rows: [3, 4], first_row: 6, footer: "Người lập*"}
tables:
  unit_counts:
    columns:
      unit: Đơn vị
      period_from: {sheet_name: "[0-9]+-[0-9]{4}", format: "%m-%Y"}
      period_to: {sheet_name: "[0-9]+-[0-9]{4}", format: "%m-%Y", end_of: {months: 1}}
      received: Tiếp nhận
      processed: Đã giải quyết / Tổng
      processed_on_time: Đã giải quyết / Đúng hạn
    rows:
      - leave_out: dòng cộng
        where: {STT: empty}
        sums: {by: (sheet), group: Đơn vị, of: Khối, columns: [Đã giải quyết / Tổng]}
"""


def report_sheet(book: Workbook, name: str, total: int) -> None:
    sheet = book.create_sheet(name)
    for row in (
        ["BÁO CÁO KẾT QUẢ GIẢI QUYẾT"],
        [],
        ["STT", "Đơn vị", "Khối", "Tiếp nhận", "Đã giải quyết", None],
        [None, None, None, None, "Tổng", "Đúng hạn"],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
        [None, "Khối sở", None, "1.250", total, 1000],
        [1, "Sở Một", "Khối sở", "1.000", 900, "850"],
        [2, "Sở Hai", "Khối sở", "250", 210, "150"],
        [],
        ["Người lập biểu", None, None, "Giám đốc"],
    ):
        sheet.append(row)
    for merged in ("A3:A4", "B3:B4", "C3:C4", "D3:D4", "E3:F3"):
        sheet.merge_cells(merged)


def test_a_vietnamese_report_with_a_sheet_a_month_and_sums_among_its_rows(tmp_path: Path) -> None:
    book = Workbook()
    book.active.title = "Bìa"  # type: ignore[union-attr]
    report_sheet(book, "Tháng 1-2025", 1110)
    report_sheet(book, "Tháng 2-2025", 1111)
    book.save(tmp_path / "bao_cao.xlsx")
    found = look(tmp_path, REPORT_PROFILE, tmp_path / "bao_cao.xlsx")
    assert (found.read, found.rows_used, found.quarantined) == (6, 4, {"dòng cộng": 2})
    names = ("unit", "period_from", "period_to", "received", "processed", "processed_on_time")
    rows = columns(found.used["unit_counts"], *names)
    january = ("2025-01-01T00:00:00", "2025-01-31T00:00:00")
    assert rows[0] == ("Sở Hai", *january, 250, 210, 150)
    assert rows[2] == ("Sở Một", *january, 1000, 900, 850)
    assert found.subtotals[["period", "verdict"]].to_numpy().tolist() == [
        ["Tháng 1-2025", "equal"],
        ["Tháng 2-2025", "differs"],
    ]
    assert found.ignored_columns == ()


SETTLED = """\
Office,Received,Early,In time,Late
Total,230,"1,110",-,21
Ministry of Health,,,,
Hospital,100,80,..,1
Clinic,100,"1,000",20,-
Ministry of Justice,,,,
Court,30,30,-,..
"""
SETTLED_PROFILE = """
number: {thousands: ","}
layout: {empty: [".."]}
tables:
  unit_counts:
    columns:
      unit: Office
      unit_group: {heading: Office, only_if: {Received: empty}, fill_down: true}
      processed: {sum: [Early, In time], if_empty: 0}
      pending: {heading: Late, codes: {"-": 0}, others: as they stand}
      transferred: {sum: [Received], minus: [Received]}
    constants: {period_from: 2025-01-01, period_to: 2025-01-31}
    rows:
      - leave_out: total
        where: {Office: Total}
        sums: {by: (file), columns: [Received, Early]}
      - {leave_out: ministry, where: {Received: empty}}
"""


def test_what_is_settled_is_two_columns_and_a_ministry_stands_above_its_offices(
    tmp_path: Path,
) -> None:
    found = look(tmp_path, SETTLED_PROFILE, tiny.write(tmp_path / "settled.csv", SETTLED))
    assert found.quarantined == {"ministry": 2, "not a number": 1, "total": 1}
    names = ("unit", "unit_group", "processed", "pending", "transferred")
    assert columns(found.used["unit_counts"], *names) == [
        ("Clinic", "Ministry of Health", 1020, 0, 0),
        ("Hospital", "Ministry of Health", 80, 1, 0),
    ]  # what the court settled is not known: its `-` is no number, and no label of the sum
    assert found.subtotals[["column", "stated", "summed", "verdict"]].to_numpy().tolist() == [
        ["Early", 1110, 1080, "differs"],
        ["Received", 230, 200, "differs"],
    ]


def test_cases_without_a_number_of_their_own_are_told_apart_by_their_rows(tmp_path: Path) -> None:
    profile = """
    tables:
      dossiers:
        columns: {dossier_code: {join: [(file), (row)], with: "#"}, received_at: Opened, unit: Ward}
    """
    text = "Opened,Ward\n2024-01-01 08:00,W1\n2024-01-01 08:00,W1\n"
    found = look(tmp_path, profile, tiny.write(tmp_path / "2024.csv", text))
    assert list(found.used["dossiers"]["dossier_code"]) == ["2024.csv#2", "2024.csv#3"]
    assert found.ignored_columns == ()


YEARS_PROFILE = """
layout: {headings: {Body: [Public body, Agency], Closed: [Date closed]}}
tables:
  dossiers:
    columns: {dossier_code: Ref, unit: Body, received_at: Opened, finished_at: Closed}
    rows:
      - {leave_out: total, where: {Body: Total}}
      - {leave_out: before its update, doubled: keep_last, same: Ref}
"""


def test_a_file_a_year_with_headings_that_change(tmp_path: Path) -> None:
    profile = load_profile(tiny.write(tmp_path / "p.yaml", YEARS_PROFILE))
    old = "Ref,Public body,Opened,Closed\n1,A,2023-01-02,\n1,A,2023-01-02,2023-02-01\n,Total,,\n"
    new = "Ref,Agency,Opened,Date closed\n2,B,2024-01-02,\n"
    files = [tiny.write(tmp_path / f"{n}.csv", text) for n, text in enumerate((old, new))]
    found = inspect(files, profile)
    assert found.quarantined == {"before its update": 1, "total": 1}
    assert columns(found.used["dossiers"], "dossier_code", "unit", "finished_at") == [
        ("1", "A", "2023-02-01T00:00:00"),
        ("2", "B", None),
    ]


def test_a_sheet_a_year_with_headings_that_change(tmp_path: Path) -> None:
    book = Workbook()
    for year, heads in (
        ("2023", ["Ref", "Public body", "Opened"]),
        ("2024", ["Ref", "Agency", "Opened"]),
    ):
        sheet = book.create_sheet(year)
        sheet.append(heads)
        sheet.append([int(year), "A", f"{year}-01-02"])
    book.save(tmp_path / "years.xlsx")
    profile = """
    layout: {sheet: "20*", headings: {Body: [Public body, Agency]}}
    tables: {dossiers: {columns: {dossier_code: Ref, unit: Body, received_at: Opened}}}
    """
    found = look(tmp_path, profile, tmp_path / "years.xlsx")
    assert list(found.used["dossiers"]["dossier_code"]) == ["2023", "2024"]


def test_a_rule_that_names_a_heading_which_is_not_there_is_told(tmp_path: Path) -> None:
    profile = YEARS_PROFILE.replace("{Body: Total}", "{Bodyx: Total}")
    file = tiny.write(tmp_path / "raw.csv", "Ref,Body,Opened,Closed\n1,A,2023-01-02,\n")
    with pytest.raises(InputError, match=r"missing column 'Bodyx' \(for rows: total\)"):
        look(tmp_path, profile, file)


LEVELS_PROFILE = """
tables:
  unit_counts:
    columns:
      unit: {heading: Name, only_if: {Level: {at_most: 1}}, fill_down: true}
      unit_group: (sheet)
      received: N
    constants: {period_from: 2025-01-01, period_to: 2025-01-31}
    rows: [{leave_out: head, where: {N: empty}}]
layout: {sheet: "*"}
"""


def levels(folder: Path, second: list[list[Any]]) -> Path:
    book = Workbook()
    book.active.title = "1"  # type: ignore[union-attr]
    for sheet, rows in (
        (book.active, [["North", 1, None], ["a", 2, 5]]),
        (book.create_sheet("11"), second),
    ):
        for row in (["Name", "Level", "N"], *rows):
            sheet.append(row)  # type: ignore[union-attr]
    book.save(folder / "levels.xlsx")
    return folder / "levels.xlsx"


def test_an_office_is_not_carried_into_the_next_sheet(tmp_path: Path) -> None:
    found = look(
        tmp_path, LEVELS_PROFILE, levels(tmp_path, [["b", 2, 7], ["South", 1, None], ["c", 2, 8]])
    )
    assert found.quarantined == {"empty cell": 1, "head": 2}
    assert columns(found.used["unit_counts"], "unit", "received") == [("North", 5), ("South", 8)]


def test_a_head_of_which_nobody_knows_whether_it_is_one_stops_the_file(tmp_path: Path) -> None:
    file = levels(tmp_path, [["South", "1*", None], ["c", 2, 8]])
    with pytest.raises(InputError, match=r"Level holds '1\*', which is no number"):
        look(tmp_path, LEVELS_PROFILE, file)
