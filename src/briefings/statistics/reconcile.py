"""Whether the figures of one published statement agree with each other; none is bent to fit.

A statement is judged by the identities that ought to hold between its figures, each with one
verdict:

- exact: both sides are equal;
- within rounding: the exact value, printed to the decimals of the published one, is the published
  one, rounded half up or cut off;
- off by one: two counts differ by exactly 1;
- missing category: the parts come to less than the whole;
- scope change: the parts come to more than the whole, or the figures are of different periods;
- differs: none of these.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from briefings.language import rounded

IdentityVerdict = Literal[
    "exact", "within_rounding", "off_by_one", "missing_category", "scope_change", "differs"
]


@dataclass(frozen=True)
class Printed:
    """A figure as somebody printed it: its value, its decimals, and its period."""

    value: Fraction
    decimals: int = 0
    period: str = ""

    @classmethod
    def parse(cls, text: str, period: str = "") -> Printed:
        """The figure of a text such as `83.08`; ValueError for anything but a plain number."""
        decimals = len(text.partition(".")[2])
        if not text.replace(".", "", 1).isdecimal():
            raise ValueError(f"{text!r} is no plain number")
        return cls(Fraction(text), decimals, period)

    @property
    def is_count(self) -> bool:
        """Whether it was printed without decimals."""
        return self.decimals == 0


def verdict_of_sum(whole: Printed, parts: Sequence[Printed]) -> IdentityVerdict:
    """How a whole stands to the sum of its parts, such as received = carried over + new.

    Parts may be missing, or belong elsewhere, only where counts are added up: scores and
    percentages that miss each other differ.
    """
    total = sum((part.value for part in parts), Fraction(0))
    gap = whole.value - total
    if not gap:
        return "exact"
    decimals = max(part.decimals for part in parts)
    if _prints(whole.value, decimals, total) or _prints(total, whole.decimals, whole.value):
        return "within_rounding"
    if not all(figure.is_count for figure in (whole, *parts)):
        return "differs"
    if abs(gap) == 1:
        return "off_by_one"
    of_one_period = len({figure.period for figure in (whole, *parts)}) == 1
    return "missing_category" if gap > 0 and of_one_period else "scope_change"


def verdict_of_percent(percent: Printed, part: Fraction, whole: Fraction) -> IdentityVerdict:
    """How a published percentage stands to its exact ratio; nothing is a share of zero."""
    if not whole:
        return "differs"
    exact = 100 * part / whole
    if percent.value == exact:
        return "exact"
    return "within_rounding" if _prints(exact, percent.decimals, percent.value) else "differs"


def verdict_of_total(total: Printed, within: Printed) -> IdentityVerdict:
    """How a cumulative count stands to one of the counts within it: it can not be smaller."""
    return "exact" if total.value >= within.value else "differs"


def _prints(exact: Fraction, decimals: int, published: Fraction) -> bool:
    """Whether a value, printed to some decimals by rounding or by cutting off, is the published."""
    cut = Decimal(int(exact * 10**decimals)).scaleb(-decimals)
    return published in {Fraction(rounded(exact, decimals)), Fraction(cut)}
