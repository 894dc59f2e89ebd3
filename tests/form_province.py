"""A province of every level, small enough to fill in its Form II.06a by hand.

Two departments and two districts (one of each without a dossier), a commune, its namesake that
ended with January and still has a dossier, one that ended earlier and has none, and one dossier
recorded for the province itself. Procedure P3 has no field, P9 is not listed, and dossier J5
names none.

    project = form_province.write_project(tmp_path)

`BY_UNIT` and `BY_FIELD` hold the form's columns 3 to 13, filled in by hand.
"""

from __future__ import annotations

from pathlib import Path
from typing import TypeAlias

from briefings.project import Project
from tests import tiny

UNITS = """\
code,name_vi,name_en,level,parent,valid_from,valid_to,code_status,source
T1,Tỉnh Thử,Test Province,province,,,,synthetic,test
D1,Sở Một,Department One,department,T1,,,synthetic,test
D2,Sở Hai,Department Two,department,T1,,,synthetic,test
Q1,Huyện Một,District One,district,T1,,,synthetic,test
Q2,Huyện Hai,District Two,district,T1,,,synthetic,test
X0,Xã Một,Commune One,commune,Q2,,2025-01-31,synthetic,test
X1,Xã Một,Commune One,commune,Q1,,,synthetic,test
X9,Xã Xưa,Ancient Commune,commune,Q1,,2024-12-31,synthetic,test
"""

PROCEDURES = """\
Mã TTHC,Tên TTHC,Lĩnh vực,Mã đơn vị,Thời hạn,Thu phí
P1,Thủ tục một,Đất đai,D1,5,Có
P2,Thủ tục hai,Hộ tịch,D2,10,Không
P3,Thủ tục ba,,D2,10,Không
"""

OPEN, DONE = "Đang xử lý", "Đã trả kết quả"
JANUARY = f"""\
{tiny.DOSSIER_HEADINGS}
J1,P1,D1,02/01/2025 08:00,Trực tuyến,09/01/2025 17:00,08/01/2025 09:00,{DONE},x
J2,P1,Q1,03/01/2025 08:00,Trực tiếp,10/02/2025 17:00,10/02/2025 09:00,{DONE},x
J3,P2,X0,06/01/2025 08:00,Trực tuyến,20/01/2025 17:00,,{OPEN},x
J4,P3,X1,07/01/2025 08:00,Trực tiếp,20/01/2025 17:00,21/01/2025 09:00,{DONE},x
J5,,T1,31/01/2025 08:00,Trực tuyến,28/02/2025 17:00,,{OPEN},x
"""
FEBRUARY = f"""\
{tiny.DOSSIER_HEADINGS}
F1,P1,D1,03/02/2025 08:00,Trực tuyến,10/02/2025 17:00,11/02/2025 09:00,{DONE},x
F2,P9,D1,04/02/2025 08:00,Trực tiếp,11/02/2025 17:00,07/02/2025 09:00,{DONE},x
F3,P2,X1,05/02/2025 08:00,Trực tuyến,14/03/2025 17:00,,{OPEN},x
F4,P2,Q1,06/02/2025 08:00,Trực tiếp,07/02/2025 17:00,07/02/2025 09:00,{DONE},x
"""

MONTH, TO_DATE = "2025-02", "2025-01..2025-02"
NONE = "no field"
Cells: TypeAlias = tuple[int, ...]

# Window → (identity, columns 3 to 13) in the order of the form.
BY_UNIT: dict[str, list[tuple[str, Cells]]] = {
    MONTH: [
        ("D1", (2, 1, 1, 0, 2, 1, 0, 1, 0, 0, 0)),
        ("D2", (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)),
        ("level:department", (2, 1, 1, 0, 2, 1, 0, 1, 0, 0, 0)),
        ("Q1", (2, 0, 1, 1, 2, 0, 2, 0, 0, 0, 0)),
        ("Q2", (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)),
        ("level:district", (2, 0, 1, 1, 2, 0, 2, 0, 0, 0, 0)),
        ("X1", (1, 1, 0, 0, 0, 0, 0, 0, 1, 1, 0)),
        ("X0", (1, 0, 0, 1, 0, 0, 0, 0, 1, 0, 1)),
        ("level:commune", (2, 1, 0, 1, 0, 0, 0, 0, 2, 1, 1)),
        ("T1", (1, 0, 0, 1, 0, 0, 0, 0, 1, 0, 1)),
        ("level:province", (1, 0, 0, 1, 0, 0, 0, 0, 1, 0, 1)),
        ("total", (7, 2, 2, 3, 4, 1, 2, 1, 3, 1, 2)),
    ],
    TO_DATE: [
        ("D1", (3, 2, 1, 0, 3, 2, 0, 1, 0, 0, 0)),
        ("D2", (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)),
        ("level:department", (3, 2, 1, 0, 3, 2, 0, 1, 0, 0, 0)),
        ("Q1", (2, 0, 2, 0, 2, 0, 2, 0, 0, 0, 0)),
        ("Q2", (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)),
        ("level:district", (2, 0, 2, 0, 2, 0, 2, 0, 0, 0, 0)),
        ("X1", (2, 1, 1, 0, 1, 0, 0, 1, 1, 1, 0)),
        ("X0", (1, 1, 0, 0, 0, 0, 0, 0, 1, 0, 1)),
        ("level:commune", (3, 2, 1, 0, 1, 0, 0, 1, 2, 1, 1)),
        ("T1", (1, 1, 0, 0, 0, 0, 0, 0, 1, 0, 1)),
        ("level:province", (1, 1, 0, 0, 0, 0, 0, 0, 1, 0, 1)),
        ("total", (9, 5, 4, 0, 6, 2, 2, 2, 3, 1, 2)),
    ],
}
BY_FIELD: dict[str, list[tuple[str, Cells]]] = {
    MONTH: [
        ("Đất đai", (1, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0)),
        (NONE, (1, 0, 1, 0, 1, 1, 0, 0, 0, 0, 0)),
        ("level:department", (2, 1, 1, 0, 2, 1, 0, 1, 0, 0, 0)),
        ("Đất đai", (1, 0, 0, 1, 1, 0, 1, 0, 0, 0, 0)),
        ("Hộ tịch", (1, 0, 1, 0, 1, 0, 1, 0, 0, 0, 0)),
        ("level:district", (2, 0, 1, 1, 2, 0, 2, 0, 0, 0, 0)),
        ("Hộ tịch", (2, 1, 0, 1, 0, 0, 0, 0, 2, 1, 1)),
        ("level:commune", (2, 1, 0, 1, 0, 0, 0, 0, 2, 1, 1)),
        (NONE, (1, 0, 0, 1, 0, 0, 0, 0, 1, 0, 1)),
        ("level:province", (1, 0, 0, 1, 0, 0, 0, 0, 1, 0, 1)),
        ("total", (7, 2, 2, 3, 4, 1, 2, 1, 3, 1, 2)),
    ],
    TO_DATE: [
        ("Đất đai", (2, 2, 0, 0, 2, 1, 0, 1, 0, 0, 0)),
        (NONE, (1, 0, 1, 0, 1, 1, 0, 0, 0, 0, 0)),
        ("level:department", (3, 2, 1, 0, 3, 2, 0, 1, 0, 0, 0)),
        ("Đất đai", (1, 0, 1, 0, 1, 0, 1, 0, 0, 0, 0)),
        ("Hộ tịch", (1, 0, 1, 0, 1, 0, 1, 0, 0, 0, 0)),
        ("level:district", (2, 0, 2, 0, 2, 0, 2, 0, 0, 0, 0)),
        ("Hộ tịch", (2, 2, 0, 0, 0, 0, 0, 0, 2, 1, 1)),
        (NONE, (1, 0, 1, 0, 1, 0, 0, 1, 0, 0, 0)),
        ("level:commune", (3, 2, 1, 0, 1, 0, 0, 1, 2, 1, 1)),
        (NONE, (1, 1, 0, 0, 0, 0, 0, 0, 1, 0, 1)),
        ("level:province", (1, 1, 0, 0, 0, 0, 0, 0, 1, 0, 1)),
        ("total", (9, 5, 4, 0, 6, 2, 2, 2, 3, 1, 2)),
    ],
}


def write_project(folder: Path, **tables: tiny.Raw) -> Project:
    """The province in a folder, with some tables replaced."""
    dossiers = {tiny.JANUARY: JANUARY, tiny.FEBRUARY: FEBRUARY}
    project = tiny.write_project(
        folder,
        only=["procedures", "dossiers"],
        **{"procedures": PROCEDURES, "dossiers": dossiers, **tables},
    )
    tiny.write(project.units, UNITS)
    return project
