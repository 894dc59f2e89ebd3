"""What a measure should reach, and from when to when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

Direction = Literal["higher", "lower"]


@dataclass(frozen=True)
class Target:
    """What a measure should reach; an unverified one is shown but never judged against.

    A value that misses it by no more than `tolerance` is neither met nor missed. Tolerance and
    value are in units of one (0.01 = one percentage point).
    """

    kpi: str
    value: Fraction
    direction: Direction
    legal_source: str
    verified: bool
    tolerance: Fraction = Fraction(0)

    def is_met_by(self, actual: Fraction) -> bool:
        """Whether the unrounded value reaches the target; exactly on it is met."""
        return self._lack(actual) <= 0

    def tolerates(self, actual: Fraction) -> bool:
        """Whether the value reaches the target or misses it by no more than the tolerance."""
        return self._lack(actual) <= self.tolerance

    def _lack(self, actual: Fraction) -> Fraction:
        lack = self.value - actual
        return lack if self.direction == "higher" else -lack


@dataclass(frozen=True)
class EarlierTarget:
    """A target that was in force in a window and then no longer: its first and last day there."""

    target: Target
    since: date
    until: date
