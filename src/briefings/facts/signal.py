"""Whether the last month of a measure is a signal, or no more than the usual noise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from briefings.facts.reorganisation import Reorganisation
from briefings.periods import Month

# The first months since the last re-basing make the limits. Twelve hold every season once; with
# fewer than eight no limit is firm. Our own convention.
BASELINE_MONTHS, LEAST_MONTHS = 12, 8
# With fewer dossiers a month on average, one more or less makes a signal too often: simulated, see
# docs/methodology.md. Our own convention.
LEAST_VOLUME = 5
RUN = 8  # so many months in a row on one side of the centre
SUCCESSIVE, LEAST_WARNINGS = 3, 2  # so many of successive months far on one side of it

Rule = Literal["beyond_limit", "two_of_three", "run"]
Verdict = Literal[
    "above",
    "below",
    "rose",
    "fell",
    "no_clear_change",
    "too_few",
    "no_variation",
    "estimated",
    "no_data",
]


@dataclass(frozen=True)
class Limits:
    """What is usual for a measure in one month: the centre, and between what it varies."""

    window: str
    lower: float
    centre: float
    upper: float


@dataclass(frozen=True)
class Rebasing:
    """From which month on a measure is compared with itself only, and why.

    `reasons` are the recorded ones, by language; `changes` those of the organisation after which
    the unit is not the office that it was.
    """

    since: Month
    reasons: dict[str, str]
    changes: tuple[Reorganisation, ...] = ()


@dataclass(frozen=True)
class Signal:
    """The verdict on one measure in the last month, and the rule that fired.

    `baseline` is the first and the last month that made the limits, None where nothing could be
    judged. `working_days` are those of the last month where value and limits are by the working
    day. `months` are so many as make the signal: the length of a run, or two or three of three.
    """

    kpi: str
    window: str
    verdict: Verdict
    rule: Rule | None = None
    baseline: tuple[Month, Month] | None = None
    limits: tuple[Limits, ...] = ()
    working_days: int | None = None
    months: int | None = None
    rebased: Rebasing | None = None

    @property
    def usual(self) -> Limits | None:
        """What is usual in the last month, if that is known."""
        return self.limits[-1] if self.limits else None
