"""What the rest of a year must reach, so that the whole year meets its target."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from briefings.facts.score import Score

MONTHS = 12

Outlook = Literal["open", "secured", "out_of_reach"]


@dataclass(frozen=True)
class Pace:
    """The rate that the remaining months must reach together (stay under, where lower is better).

    An estimate: it takes each of them to bring as many dossiers as the months so far did on
    average. `required` may lie beyond what a rate can be.
    """

    required: Fraction
    higher_is_better: bool

    @property
    def outlook(self) -> Outlook:
        """Whether the target of the year is still open, certain, or out of reach."""
        above, below = self.required > 1, self.required < 0
        if above or below:
            return "out_of_reach" if above == self.higher_is_better else "secured"
        return "open"


def pace_of(score: Score, months: int) -> Pace | None:
    """The pace after `months` of the year; None for a count, without target, or in December."""
    value, target = score.observation.value, score.target
    if value is None or target is None or score.observation.denominator is None:
        return None
    if months >= MONTHS:
        return None
    required = (MONTHS * target.value - months * value) / (MONTHS - months)
    return Pace(required, target.direction == "higher")
