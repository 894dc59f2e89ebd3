"""The tiny province after a merger: D1 and D2 end in February 2025 and are D3 from 1 March on.

January: D1 two dossiers, D2 three. February: D1 two, D2 one. March: D3 one; A5 and B3 of D2 are
still open under its old code. C0 only changes its name; C1 was abolished in January.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path

from briefings.intake.take_in import take_in
from briefings.project import Project, Series
from tests import tiny
from tests.lineage.histories import LINEAGE_HEADINGS, step

MARCH = "2025-03"
UNITS = """\
code,name_vi,name_en,level,parent,valid_from,valid_to,code_status,source
T1,Tỉnh Thử,Test Province,province,,,,synthetic,test
D1,Sở Một,Department One,department,T1,,2025-02-28,synthetic,test
D2,Sở Hai,Department Two,department,T1,,2025-02-28,synthetic,test
D3,Sở Ba,Department Three,department,T1,2025-03-01,,synthetic,test
D4,Sở Bốn,Department Four,department,T1,,,synthetic,test
C0,Xã Cũ,Old Commune,commune,T1,,2025-01-31,synthetic,test
C0,Xã Mới,New Commune,commune,T1,2025-02-01,,synthetic,test
C1,Xã Mất,Lost Commune,commune,T1,,2025-01-31,synthetic,test
"""
STEPS = (
    step("2025-02-01", "rename", "C0", "C0"),
    step("2025-02-01", "merge", "C1"),
    step("2025-03-01", "merge", "D1", "D3"),
    step("2025-03-01", "merge", "D2", "D3"),
    step("2025-03-01", "transfer", "D1", "D4", verified=False),
)
DOSSIERS = {
    tiny.JANUARY: tiny.DOSSIERS_JANUARY,
    tiny.FEBRUARY: tiny.DOSSIERS_FEBRUARY,
    MARCH: f"{tiny.DOSSIER_HEADINGS}\n"
    "C1,P1,D3,03/03/2025 08:00,Trực tuyến,10/03/2025 17:00,10/03/2025 09:00,Đã trả kết quả,x\n",
}
DECISIONS = (
    "Số quyết định,Ngày ban hành,Cơ quan trình,Trích yếu\n"
    "1/QĐ,06/01/2025,D1,Công bố một\n2/QĐ,10/02/2025,D2,Công bố hai\n3/QĐ,10/03/2025,D3,Ba\n"
)
CHANGES = (
    "Số quyết định,Mã TTHC,Hình thức\n1/QĐ,P1,Ban hành mới\n2/QĐ,P2,Thay thế\n3/QĐ,P1,Bãi bỏ\n"
)


def reorganised(
    folder: Path,
    *,
    series: Series = "as_now",
    steps: Sequence[str] = STEPS,
    units: str = UNITS,
) -> Project:
    """The project, taken in."""
    project = tiny.write_project(
        folder,
        only=["procedures", "decisions", "procedure_changes", "dossiers"],
        dossiers=DOSSIERS,
        decisions=DECISIONS,
        procedure_changes=CHANGES,
    )
    tiny.write(folder / "units.csv", units)
    lineage = tiny.write(folder / "lineage.csv", "\n".join([LINEAGE_HEADINGS, *steps]) + "\n")
    project = dataclasses.replace(project, lineage=lineage, series=series)
    take_in(project)
    return project
