"""The tiny province with dossiers written out here, so that every figure can be checked by hand.

February, all units: 3 received, 1 carried over (A5), 2 processed, 2 pending of which A5 overdue.
Year to date: 8 received (6 online), 6 processed of which A3 late; 4 of 8 on the portal.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

import pytest

from briefings.gathering.counted import Counted, open_month
from briefings.gathering.gather import gather, gather_facts
from briefings.intake.take_in import take_in
from briefings.periods import Month
from briefings.project import REPOSITORY, Project
from briefings.report.blocks import Inline
from briefings.report.blocks.block import Block
from briefings.report.blocks.inline import figures_in
from briefings.report.figures import Figure
from briefings.report.material import Material
from tests import tiny

HEADINGS = (
    "Mã hồ sơ,Mã TTHC,Mã đơn vị,Ngày tiếp nhận,Kênh,Ngày hẹn trả,Ngày hoàn thành,Trạng thái,"
    "Người nộp\n"
)
JANUARY = (
    HEADINGS
    + """\
A1,P1,D1,02/01/2025 08:00,Trực tuyến,09/01/2025 17:00,08/01/2025 09:00,Đã trả kết quả,x
A2,P1,D1,03/01/2025 08:00,Trực tiếp,10/01/2025 17:00,10/01/2025 16:59,Đã trả kết quả,x
A3,P2,D2,06/01/2025 08:00,Trực tuyến,08/01/2025 17:00,09/01/2025 09:00,Đã trả kết quả,x
A4,P2,D2,07/01/2025 08:00,Trực tuyến,16/01/2025 17:00,15/01/2025 09:00,Đã trả kết quả,x
A5,P2,D2,31/01/2025 16:30,Trực tiếp,14/02/2025 17:00,,Đang xử lý,x
"""
)
FEBRUARY = (
    HEADINGS
    + """\
B1,P1,D1,03/02/2025 08:00,Trực tuyến,10/02/2025 17:00,10/02/2025 09:00,Đã trả kết quả,x
B2,P1,D1,04/02/2025 08:00,Trực tuyến,11/02/2025 17:00,07/02/2025 09:00,Đã trả kết quả,x
B3,P2,D2,28/02/2025 08:00,Trực tuyến,14/03/2025 17:00,,Đang xử lý,x
"""
)
DOSSIERS = {tiny.JANUARY: JANUARY, tiny.FEBRUARY: FEBRUARY}
# Two communes that did nothing, beside the province T1 and the departments D1 and D2.
UNITS = (
    tiny.UNITS
    + """\
C1,Xã Một,Commune One,commune,T1,,,synthetic,test
C2,Xã Hai,Commune Two,commune,T1,,,synthetic,test
"""
)
TARGETS = """\
kpi,scope,value,unit_of_measure,denominator,direction,legal_source,valid_from,valid_to,verified
sync,all,1.0,share,,higher,Kế hoạch thử,2025-01-01,2025-12-31,true
online_filing,all,0.80,share,,higher,Quyết định thử,2025-01-01,2025-12-31,false
on_time,all,0.985,share,,higher,Quyết định thử,2025-01-01,2025-12-31,true
"""
PUBLISHED = """\
id,period_from,period_to,unit,kpi,relation,value,upper,decimals,source,note
1,2025-01,2025-02,T1,processed,equal,6,,0,Báo thử,
2,2025-01,2025-02,T1,on_time,rounded,0.833,,3,Báo thử,
3,2025-01,2025-02,T1,sync,between,0.5,0.6,2,Báo thử,
"""

MakeMaterial = Callable[..., Material]
MakeProject = Callable[..., Project]


def complete(folder: Path, *, units: str = UNITS, **options: object) -> Project:
    """The tiny project of a folder with targets and published figures, taken in."""
    project = tiny.write_project(folder, **{"dossiers": DOSSIERS, **options})  # type: ignore[arg-type]
    tiny.write(folder / "units.csv", units)
    project = dataclasses.replace(
        project,
        targets=tiny.write(folder / "targets.csv", TARGETS),
        published=tiny.write(folder / "published.csv", PUBLISHED),
        index=REPOSITORY / "data" / "reference" / "index_766.csv",
    )
    take_in(project)
    return project


def material_of(
    project: Project, unit: str = "T1", language: str = "en", month: str = tiny.FEBRUARY
) -> Material:
    """The material of a unit of a project."""
    if project.file.parent.name != UNCHANGING:
        return Material(gather_facts(month, unit, project), language)
    asked = (repr(project), month)
    if asked not in COUNTED:
        COUNTED[asked] = open_month(project, Month.parse(month))
    (facts,) = gather(COUNTED[asked], [COUNTED[asked].organisation.unit(unit)])
    return Material(facts, language)


# What is counted of the project that no test changes is counted once, for each setting.
UNCHANGING = "unchanging"
COUNTED: dict[tuple[str, str], Counted] = {}


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return complete(tmp_path_factory.mktemp("tiny") / UNCHANGING)


@pytest.fixture(scope="session")
def material(project: Project) -> MakeMaterial:
    """The material of the province in February, in English, unless something else is named."""

    @cache
    def make(unit: str = "T1", language: str = "en", month: str = tiny.FEBRUARY) -> Material:
        return material_of(project, unit, language, month)

    return make


@pytest.fixture
def other_project(tmp_path: Path) -> MakeProject:
    """A tiny project with other units or other tables."""
    return lambda **options: complete(tmp_path / "other", **options)


def figures_of(block: Block) -> list[Figure]:
    """Every figure that a block prints, in reading order."""
    inlines: Iterable[Inline] = block.inlines()
    return list(figures_in(tuple(inlines)))


def lines(block: Block) -> list[str]:
    """What a reader sees, line by line."""
    return block.plain().split("\n")
