"""What a measure came to."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

# A rate over the few rows that happen to carry a due date would look like a result. Below this
# share of rows with the needed input a measure is "not measurable". Our own convention.
LEAST_KNOWN_SHARE = Fraction(95, 100)

DataStatus = Literal["measured", "no_data", "not_measurable"]


@dataclass(frozen=True)
class Observation:
    """One measure of one unit in one window; no value wherever `status` is not `measured`.

    An `estimate` rests on dossiers that were divided among units by a share.
    """

    kpi: str
    window: str
    unit: str
    unit_of_measure: str
    numerator: int | None
    denominator: int | None
    status: DataStatus
    estimate: bool = False

    @property
    def value(self) -> Fraction | None:
        """The exact value: a count, or numerator over denominator."""
        if self.numerator is None:
            return None
        return Fraction(self.numerator, 1 if self.denominator is None else self.denominator)
