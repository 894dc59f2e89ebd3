"""A tiny province for tests: two months, three units, every table as a few lines of CSV.

    project = tiny.write_project(tmp_path)                      # all eight tables
    project = tiny.write_project(tmp_path, only=["dossiers"])   # one of them
    project = tiny.write_project(tmp_path, dossiers={"2025-01": CSV, "2025-02": CSV})

A table given as text is one file for all months, a table given as a dictionary is delivered
monthly. The profile maps Vietnamese headings, labels and dates as the real one does, and leaves
out the applicant's name: CANARY stands in every row of the raw dossiers and must stay there.

January in dossiers: five received, four finished, of which one late; one open.
February: three received, two finished; one of January's finished as well, on time.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TypeAlias

from briefings.project import Project, load_project

JANUARY, FEBRUARY = "2025-01", "2025-02"
MONTHS = (JANUARY, FEBRUARY)
CODES = ("T1", "D1", "D2")
CANARY = "Nguyễn Thị Bí Mật"

Raw: TypeAlias = str | Mapping[str, str]

UNITS = """\
code,name_vi,name_en,level,parent,valid_from,valid_to,code_status,source
T1,Tỉnh Thử,Test Province,province,,,,synthetic,test
D1,Sở Một,Department One,department,T1,,,synthetic,test
D2,Sở Hai,Department Two,department,T1,,,synthetic,test
"""

CALENDAR = """\
date,working,reason_vi,reason_en,source,verified
2024-01-01,false,Tết Dương lịch,New Year's Day,test,true
2025-01-01,false,Tết Dương lịch,New Year's Day,test,true
"""

PROJECT = """\
[project]
key = "tiny"
name = { vi = "Tỉnh Thử", en = "Test Province" }
languages = ["vi", "en"]
window = "calendar_month"
default_levels = ["province", "department"]

[project.notes]
vi = "Dữ liệu thử."
en = "Test data."

[reference]
units = "units.csv"
calendar = "calendar.csv"

[intake]
profile = "profile.yaml"

[output]
snapshots = "snapshots"
reports = "reports"

[tables]
"""

PROFILE = """\
tables:
  decisions:
    columns:
      decision_no: Số quyết định
      issued_on: {heading: Ngày ban hành, format: "%d/%m/%Y"}
      submitted_by: Cơ quan trình
      title: Trích yếu
  procedure_changes:
    columns:
      decision_no: Số quyết định
      procedure_code: Mã TTHC
      change:
        heading: Hình thức
        codes: {Ban hành mới: new, Thay thế: amended, Bãi bỏ: abolished}
  procedures:
    columns:
      procedure_code: Mã TTHC
      name_vi: Tên TTHC
      field: Lĩnh vực
      unit: Mã đơn vị
      time_limit_days: Thời hạn
      fee_due: {heading: Thu phí, codes: {Có: true, Không: false}}
  publications:
    columns:
      procedure_code: Mã TTHC
      decision_no: Số quyết định
      system: {heading: Hệ thống, codes: {Quốc gia: national_db, Tỉnh: provincial}}
      published_on: {heading: Ngày công khai, format: "%d/%m/%Y"}
  dossiers:
    columns:
      dossier_code: Mã hồ sơ
      procedure_code: Mã TTHC
      unit: Mã đơn vị
      received_at: {heading: Ngày tiếp nhận, format: "%d/%m/%Y %H:%M"}
      channel: {heading: Kênh, codes: {Trực tuyến: online, Trực tiếp: counter}}
      due_at: {heading: Ngày hẹn trả, format: "%d/%m/%Y %H:%M"}
      finished_at: {heading: Ngày hoàn thành, format: "%d/%m/%Y %H:%M"}
      status: {heading: Trạng thái, codes: {Đang xử lý: 4, Đã trả kết quả: 10}}
  portal_dossiers:
    columns:
      dossier_code: Mã hồ sơ
      synced_at: Thời điểm đồng bộ
      status: Mã trạng thái
  payments:
    columns:
      transaction_id: Mã giao dịch
      dossier_code: Mã hồ sơ
      paid_at: Thời điểm
      amount_vnd: Số tiền
      method: {heading: Hình thức, codes: {Cổng quốc gia: national_portal, Tiền mặt: cash}}
  feedback:
    columns:
      feedback_id: Mã PAKN
      unit: Mã đơn vị
      received_on: {heading: Ngày nhận, format: "%d/%m/%Y"}
      category: {heading: Loại, codes: {Chậm trễ: delay, Khác: other}}
      due_on: {heading: Hạn, format: "%d/%m/%Y"}
      answered_on: {heading: Ngày trả lời, format: "%d/%m/%Y"}
"""

DOSSIER_HEADINGS = (
    "Mã hồ sơ,Mã TTHC,Mã đơn vị,Ngày tiếp nhận,Kênh,Ngày hẹn trả,Ngày hoàn thành,Trạng thái,"
    "Người nộp"
)
DOSSIERS_JANUARY = f"""\
{DOSSIER_HEADINGS}
A1,P1,D1,02/01/2025 08:00,Trực tuyến,09/01/2025 17:00,08/01/2025 09:00,Đã trả kết quả,{CANARY}
A2,P1,D1,03/01/2025 08:00,Trực tiếp,10/01/2025 17:00,10/01/2025 16:59,Đã trả kết quả,{CANARY}
A3,P2,D2,06/01/2025 08:00,Trực tuyến,08/01/2025 17:00,09/01/2025 09:00,Đã trả kết quả,{CANARY}
A4,P2,D2,07/01/2025 08:00,Trực tuyến,16/01/2025 17:00,15/01/2025 09:00,Đã trả kết quả,{CANARY}
A5,P2,D2,31/01/2025 16:30,Trực tiếp,14/02/2025 17:00,,Đang xử lý,{CANARY}
"""
DOSSIERS_FEBRUARY = f"""\
{DOSSIER_HEADINGS}
B1,P1,D1,03/02/2025 08:00,Trực tuyến,10/02/2025 17:00,10/02/2025 09:00,Đã trả kết quả,{CANARY}
B2,P1,D1,04/02/2025 08:00,Trực tuyến,11/02/2025 17:00,07/02/2025 09:00,Đã trả kết quả,{CANARY}
B3,P2,D2,28/02/2025 08:00,Trực tuyến,14/03/2025 17:00,,Đang xử lý,{CANARY}
"""

TABLES: dict[str, Raw] = {
    "procedures": "Mã TTHC,Tên TTHC,Lĩnh vực,Mã đơn vị,Thời hạn,Thu phí\n"
    "P1,Thủ tục một,Đất đai,D1,5,Có\n"
    "P2,Thủ tục hai,Hộ tịch,D2,10,Không\n",
    "decisions": {
        JANUARY: "Số quyết định,Ngày ban hành,Cơ quan trình,Trích yếu\n"
        "1/QĐ,06/01/2025,D1,Công bố một\n",
        FEBRUARY: "Số quyết định,Ngày ban hành,Cơ quan trình,Trích yếu\n"
        "2/QĐ,10/02/2025,D2,Công bố hai\n",
    },
    "procedure_changes": {
        JANUARY: "Số quyết định,Mã TTHC,Hình thức\n1/QĐ,P1,Ban hành mới\n",
        FEBRUARY: "Số quyết định,Mã TTHC,Hình thức\n2/QĐ,P2,Thay thế\n2/QĐ,P9,Bãi bỏ\n",
    },
    "publications": {
        JANUARY: "Mã TTHC,Số quyết định,Hệ thống,Ngày công khai\n"
        "P1,1/QĐ,Quốc gia,07/01/2025\n"
        "P1,1/QĐ,Tỉnh,07/01/2025\n",
        FEBRUARY: "Mã TTHC,Số quyết định,Hệ thống,Ngày công khai\nP2,2/QĐ,Tỉnh,12/02/2025\n",
    },
    "dossiers": {JANUARY: DOSSIERS_JANUARY, FEBRUARY: DOSSIERS_FEBRUARY},
    "portal_dossiers": {
        JANUARY: "Mã hồ sơ,Thời điểm đồng bộ,Mã trạng thái\n"
        "A1,2025-01-02 09:00:00,10\n"
        "A2,2025-01-03 09:00:00,10\n"
        "A3,2025-01-06 09:00:00,10\n",
        FEBRUARY: "Mã hồ sơ,Thời điểm đồng bộ,Mã trạng thái\nB1,2025-02-03 09:00:00,10\n",
    },
    "payments": {
        JANUARY: "Mã giao dịch,Mã hồ sơ,Thời điểm,Số tiền,Hình thức\n"
        "G1,A1,2025-01-02 08:05:00,150000,Cổng quốc gia\n"
        "G2,A2,2025-01-03 08:05:00,150000,Tiền mặt\n",
        FEBRUARY: "Mã giao dịch,Mã hồ sơ,Thời điểm,Số tiền,Hình thức\n"
        "G3,B1,2025-02-03 08:05:00,150000,Cổng quốc gia\n",
    },
    "feedback": {
        JANUARY: "Mã PAKN,Mã đơn vị,Ngày nhận,Loại,Hạn,Ngày trả lời\n"
        "K1,D1,06/01/2025,Chậm trễ,20/01/2025,10/01/2025\n",
        FEBRUARY: "Mã PAKN,Mã đơn vị,Ngày nhận,Loại,Hạn,Ngày trả lời\n"
        "K2,D2,10/02/2025,Khác,24/02/2025,\n",
    },
}


def write_project(folder: Path, only: Collection[str] = tuple(TABLES), **tables: Raw) -> Project:
    """The tiny project in a folder, with some tables replaced; `only` names those delivered."""
    raw = {name: tables.get(name, TABLES[name]) for name in only}
    paths = [f'{name} = "{_path(name, content)}"' for name, content in raw.items()]
    write(folder / "units.csv", UNITS)
    write(folder / "calendar.csv", CALENDAR)
    write(folder / "profile.yaml", PROFILE)
    file = write(folder / "briefings.toml", PROJECT + "\n".join(paths) + "\n")
    for name, content in raw.items():
        deliver(folder, name, content)
    return load_project(file)


def copy_project(project: Path, folder: Path) -> Project:
    """The project of a folder, with all that was made of it, in another folder."""
    shutil.copytree(project, folder, dirs_exist_ok=True)
    return load_project(folder / "briefings.toml")


def deliver(folder: Path, table: str, content: Raw) -> None:
    """Put the raw file, or the monthly raw files, of one table into a project's folder."""
    if isinstance(content, str):
        write(folder / _path(table, content), content)
        return
    for month, text in content.items():
        write(folder / _path(table, content).format(month=month), text)


def write(file: Path, content: str | bytes) -> Path:
    """A file with its folders; text as UTF-8."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


def _path(table: str, content: Raw) -> str:
    return f"raw/{table}.csv" if isinstance(content, str) else f"raw/{{month}}/{table}.csv"
