"""Decisions announcing procedures, the procedures they change, and their publication.

Decision numbers start with GL (giả lập, synthetic) so that none can pass for a real one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from briefings.demo import calibration
from briefings.demo.arrays import Ints
from briefings.demo.months import Month
from briefings.demo.reference import Procedure
from briefings.demo.workdays import WorkDays, day_number, day_of

NEW, AMENDED, REPLACED, ABOLISHED = "Ban hành mới", "Sửa đổi, bổ sung", "Thay thế", "Bãi bỏ"
LEVEL_LABELS = {"province": "Cấp tỉnh", "district": "Cấp huyện", "commune": "Cấp xã"}
NATIONAL_DB, PROVINCIAL = "CSDL quốc gia", "Hệ thống tỉnh"

# Publication is due within 5 working days after the decision.
PUBLICATION_LIMIT = 5
LATE_PUBLICATION_SHARE, LONGEST_LATENESS = 0.16, 12
# A decision is due at least 5 working days before the legal text takes effect.
SHORT_NOTICE_SHARE, LONGEST_NOTICE = 0.08, 30
PER_MONTH = (6, 12)


@dataclass(frozen=True)
class Plan:
    """One decision to make: day, department, number of procedures by kind of change.

    `published_after` is the working day of publication; 0 lets chance choose one in time.
    """

    issued: str
    unit: str
    new: int
    amended: int
    replaced: int
    abolished: int
    published_after: int = 0


# The 19 decisions of the window; days, departments and sizes are invented, their sums are not.
WINDOW = (
    Plan("2025-01-03", "X-STP", 4, 10, 2, 1),
    Plan("2025-01-06", "X-SGTVT", 6, 12, 3, 4),
    Plan("2025-01-08", "X-SLDTBXH", 1, 5, 1, 1),
    Plan("2025-01-09", "X-STNMT", 5, 13, 2, 2),
    Plan("2025-01-13", "X-SYT", 1, 5, 0, 0, published_after=9),
    Plan("2025-01-14", "X-SKHDT", 3, 6, 1, 1),
    Plan("2025-01-16", "X-SNNPTNT", 4, 9, 1, 2),
    Plan("2025-01-20", "X-SCT", 1, 4, 0, 0),
    Plan("2025-01-22", "X-SXD", 4, 7, 1, 2, published_after=8),
    Plan("2025-02-03", "X-STC", 1, 3, 0, 0),
    Plan("2025-02-04", "X-SGDDT", 1, 4, 1, 0),
    Plan("2025-02-05", "X-SNV", 0, 3, 0, 1),
    Plan("2025-02-06", "X-STNMT", 3, 5, 1, 1, published_after=7),
    Plan("2025-02-07", "X-SKHCN", 1, 2, 1, 0),
    Plan("2025-02-10", "X-STP", 3, 7, 1, 2),
    Plan("2025-02-12", "X-SVHTTDL", 1, 3, 0, 1),
    Plan("2025-02-13", "X-STTTT", 0, 3, 0, 0),
    Plan("2025-02-17", "X-BQLKCN", 1, 4, 1, 1),
    Plan("2025-02-19", "X-SGTVT", 2, 6, 2, 1),
)


@dataclass(frozen=True)
class Change:
    """One procedure in one decision, with the days it appeared in the two systems."""

    procedure: Procedure
    kind: str
    national: date
    provincial: date


@dataclass(frozen=True)
class Decision:
    """One announcement decision with its changes."""

    number: str
    issued: date
    unit: str
    effective: date
    changes: tuple[Change, ...]

    @property
    def title(self) -> str:
        """A title that says the decision is synthetic."""
        return f"Quyết định giả lập công bố danh mục {len(self.changes)} thủ tục hành chính"


@dataclass(frozen=True)
class Announcer:
    """What decisions are made from."""

    procedures: tuple[Procedure, ...]
    calendar: WorkDays

    def of(self, unit: str) -> tuple[Procedure, ...]:
        """The procedures a department answers for, at every level."""
        return tuple(p for p in self.procedures if p.unit == unit)


def decisions_of(
    month: Month, announcer: Announcer, rng: np.random.Generator
) -> tuple[Decision, ...]:
    """The decisions of one month, in order of issue."""
    plans = [plan for plan in WINDOW if plan.issued.startswith(month.name)]
    if month.name < calibration.WINDOW_FROM:
        plans = _drawn_plans(month, announcer, rng)
    before = sum(plan.issued[:4] == month.name[:4] and plan.issued[:7] < month.name
                 for plan in WINDOW)  # fmt: skip
    return tuple(
        _decision(plan, _number(month, before + position), announcer, rng)
        for position, plan in enumerate(plans, start=1)
    )


def _number(month: Month, position: int) -> str:
    return f"GL-{month.name[5:]}{position:02d}/{month.name[:4]}/QĐ-UBND"


def _drawn_plans(month: Month, announcer: Announcer, rng: np.random.Generator) -> list[Plan]:
    departments = sorted({plan.unit for plan in WINDOW})
    worked = announcer.calendar.between(month.first, month.last)
    count = int(rng.integers(*PER_MONTH, endpoint=True))
    issued = np.sort(rng.choice(worked, count))
    units = rng.choice(len(departments), count)
    return [
        _drawn_plan(day_of(day), departments[unit], announcer, rng)
        for day, unit in zip(issued, units, strict=True)
    ]


def _drawn_plan(issued: date, unit: str, announcer: Announcer, rng: np.random.Generator) -> Plan:
    size = min(len(announcer.of(unit)), 2 + int(rng.poisson(7)))
    new, amended, replaced, abolished = rng.multinomial(size, (0.2, 0.6, 0.1, 0.1)).tolist()
    late = rng.random() < LATE_PUBLICATION_SHARE
    after = int(rng.integers(PUBLICATION_LIMIT + 1, LONGEST_LATENESS + 1)) if late else 0
    return Plan(issued.isoformat(), unit, new, amended, replaced, abolished, after)


def _decision(plan: Plan, number: str, announcer: Announcer, rng: np.random.Generator) -> Decision:
    issued = date.fromisoformat(plan.issued)
    kinds = (
        [NEW] * plan.new
        + [AMENDED] * plan.amended
        + [REPLACED] * plan.replaced
        + [ABOLISHED] * plan.abolished
    )
    offered = announcer.of(plan.unit)
    chosen = rng.permutation(len(offered))[: len(kinds)]
    short = rng.random() < SHORT_NOTICE_SHARE
    notice = rng.integers(1, 5) if short else rng.integers(5, LONGEST_NOTICE)
    return Decision(
        number=number,
        issued=issued,
        unit=plan.unit,
        effective=_after(issued, int(notice), announcer.calendar),
        changes=tuple(
            _change(offered[place], kind, (issued, plan.published_after), announcer, rng)
            for place, kind in zip(chosen, kinds, strict=True)
        ),
    )


def _change(
    procedure: Procedure,
    kind: str,
    publication: tuple[date, int],
    announcer: Announcer,
    rng: np.random.Generator,
) -> Change:
    issued, published_after = publication
    provincial = int(rng.integers(1, PUBLICATION_LIMIT + 1))
    national = published_after or int(rng.integers(1, PUBLICATION_LIMIT + 1))
    return Change(
        procedure,
        kind,
        national=_after(issued, national, announcer.calendar),
        provincial=_after(issued, provincial, announcer.calendar),
    )


def _after(day: date, working_days: int, calendar: WorkDays) -> date:
    start: Ints = np.array([day_number(day)])
    return day_of(int(calendar.add(start, working_days)[0]))
