"""A published figure beside the computed one; nothing is bent to fit."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from briefings.facts.observation import Observation

Relation = Literal["equal", "rounded", "between"]
Verdict = Literal[
    "exact", "within_rounding", "within_bounds", "differs", "scope_change", "not_computed"
]  # fmt: skip


@dataclass(frozen=True)
class Published:
    """One figure that somebody printed.

    `relation` says how it was printed: `equal` to the value, `rounded` half up to `decimals`, or
    `between` value (exclusive) and upper (exclusive), as in "over 76%".
    """

    kpi: str
    relation: Relation
    value: Fraction
    upper: Fraction | None
    decimals: int
    source: str


@dataclass(frozen=True)
class Comparison:
    """A published figure and what our data give for the same measure, months and unit.

    Not the `same_days` where the project's months begin on the 15th.
    """

    published: Published
    computed: Observation
    same_days: bool = True

    @property
    def verdict(self) -> Verdict:
        """Whether the computed value is what was printed."""
        value, printed = self.computed.value, self.published
        if value is None:
            return "not_computed"
        if not self.same_days:
            return "scope_change"
        if printed.relation == "between" and printed.upper is not None:
            return "within_bounds" if printed.value < value < printed.upper else "differs"
        if value == printed.value:
            return "exact"
        half = Fraction(1, 2 * 10**printed.decimals)
        fits = -half <= value - printed.value < half
        return "within_rounding" if printed.relation == "rounded" and fits else "differs"
