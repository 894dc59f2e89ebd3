"""How a job ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from briefings.errors import BriefingsError
from briefings.press.job import Job
from briefings.press.step import Action


@dataclass(frozen=True)
class Outcome:
    """Either `files` (name → bytes on disk, all in the job's folder) or an `error`.

    `action` is what the plan intended; with `nothing` the files are those of before.
    """

    job: Job
    action: Action
    seconds: float = 0.0
    files: Mapping[str, int] = field(default_factory=dict)
    error: BriefingsError | None = None

    @property
    def succeeded(self) -> bool:
        """Whether the files of the job are as they should be."""
        return self.error is None


@dataclass(frozen=True)
class Event:
    """A job has started (`outcome` is None) or finished."""

    job: Job
    outcome: Outcome | None = None
