"""What a measure should reach."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal


@dataclass(frozen=True)
class Target:
    """What a measure should reach; an unverified one is shown but never judged against."""

    kpi: str
    value: Fraction
    direction: Literal["higher", "lower"]
    legal_source: str
    verified: bool

    def is_met_by(self, actual: Fraction) -> bool:
        """Whether the unrounded value reaches the target; exactly on it is met."""
        return actual >= self.value if self.direction == "higher" else actual <= self.value
