"""What the rest of a year must reach, so that the whole year meets its target."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from briefings.facts.kpi import Past
from briefings.facts.score import Score

MONTHS = 12

Outlook = Literal["open", "mend", "secured", "out_of_reach", "impossible"]


@dataclass(frozen=True)
class Pace:
    """The rate that the cases of the remaining months must reach (stay under) together.

    An estimate: it takes each of those months to bring as many cases as the months so far did on
    average. `required` may lie beyond what a rate can be. `secured` and `out_of_reach` hold at
    that volume only, `impossible` at any. With `mend` even a faultless rest of the year is not
    enough: `to_mend` cases of the months so far must be made good, too.
    """

    required: Fraction
    outlook: Outlook
    to_mend: int = 0


def pace_of(score: Score, past: Past | None, months: int, year_end: date) -> Pace | None:
    """The pace after `months` of the year that ends on a day.

    None for a count, without target, in December, where the target is not that of the whole
    year, and where the months so far decide nothing.
    """
    value, target, cases = score.observation.value, score.target, score.observation.denominator
    if value is None or target is None or cases is None or past in (None, "stock"):
        return None
    if months >= MONTHS or not score.is_of_year(year_end):
        return None
    required = (MONTHS * target.value - months * value) / (MONTHS - months)
    # From here on in shares of cases that are as they should be.
    is_higher = target.direction == "higher"
    right, needed = (required, target.value) if is_higher else (1 - required, 1 - target.value)
    if 0 <= right <= 1:
        return Pace(required, "open")
    if right < 0:
        return None if past == "can_worsen" else Pace(required, "secured")
    if past == "mendable":
        wrong = (1 - value if is_higher else value) * cases
        allowed = (1 - needed) * cases * Fraction(MONTHS, months)
        return Pace(required, "mend", math.ceil(wrong - allowed))
    return Pace(required, "impossible" if needed == 1 else "out_of_reach")
