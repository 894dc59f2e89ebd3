"""What a plan intends for one report, and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from briefings.press.dependencies import Dependencies
from briefings.press.job import Job
from briefings.press.record import Record


class Action(StrEnum):
    """From the most work to none."""

    EXECUTE = "execute"
    RENDER = "render"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Step:
    """A job, what must be done for it, and the reasons in words; none where nothing is done.

    `dependencies` are those that the plan found, `record` is that of the last time.
    """

    job: Job
    action: Action
    reasons: tuple[str, ...]
    dependencies: Dependencies = field(repr=False)
    record: Record | None = field(repr=False)
