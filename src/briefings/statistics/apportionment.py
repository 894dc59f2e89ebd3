"""The counts of one unit divided among several, to the dossier.

Rounding every component by itself (by largest remainders, say) would break what holds between
them: that Form II.06a adds up, that no more are synchronised than were received. So dossiers are
laid on a line in one fixed order, every component is a run of that line, and the line is dealt
out place by place: each place goes to one unit with everything that lies on it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

HALF = Fraction(1, 2)
# Components that follow each other on the line; every other one begins where the line does.
RUNS = (
    ("received_online", "received_other", "carried_over"),
    (
        "processed_early",
        "processed_on_day",
        "processed_late",
        "pending_in_time",
        "pending_overdue",
        "processed_undated",
        "pending_undated",
    ),
    ("processed_dated", "pending_dated"),
)


def apportion(
    counts: Mapping[str, int], shares: Mapping[str, Fraction]
) -> dict[str, dict[str, int]]:
    """The counts of each unit that took a share; for every component they add up to the whole.

    The shares add up to one. Of two units each gets what largest remainders would give, a half
    going to the first in order of codes.
    """
    order = sorted(shares)
    weights = [shares[unit] for unit in order]
    begins = _begins(counts)
    found: dict[str, dict[str, int]] = {unit: {} for unit in order}
    for name, count in counts.items():
        first, last = begins.get(name, 0), begins.get(name, 0) + count
        for unit, before, up_to in zip(order, deal(first, weights), deal(last, weights),
                                       strict=True):  # fmt: skip
            found[unit][name] = up_to - before
    return found


def deal(places: int, weights: Sequence[Fraction]) -> list[int]:
    """How many of the first places of a line each unit gets; one more place never takes any away.

    The first gets its share, rounded half up; the next its share of what is left, and so on.
    """
    dealt, left, rest = [], places, Fraction(1)
    for weight in weights[:-1]:
        part = int(left * weight / rest + HALF)
        dealt.append(part)
        left, rest = left - part, rest - weight
    return [*dealt, left]


def _begins(counts: Mapping[str, int]) -> dict[str, int]:
    begins: dict[str, int] = {}
    for run in RUNS:
        place = 0
        for name in run:
            begins[name] = place
            place += counts.get(name, 0)
    return begins
