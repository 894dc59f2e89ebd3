"""What share a usual unit may have: chance, usual differences, and what is not known of them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, ndtri

from briefings.facts.funnel import OUTER, Side
from briefings.facts.interval import Interval
from briefings.statistics.binomial import SMALLEST, Counts, Numbers, at_most
from briefings.statistics.random_effects import Spread, spread_without_each

Flags: TypeAlias = NDArray[np.bool_]

LATTICE = 0.01  # between two logits, a third of the least deviation
FARTHEST = 4000  # steps from 0; a logit beyond is 0 or 1 to a computer
LOGITS = np.arange(-FARTHEST, FARTHEST + 1) * LATTICE
FARTHEST_OFF = 6.5  # deviations from the centre that count
NEGLIGIBLE = 1e-10  # a logit of less weight than this is left out
DECIMALS = 9  # of a printed limit: the digits after them differ between processors


@dataclass(frozen=True)
class UsualShare:
    """Logits that the own share of a usual unit may have, and how likely each is.

    `weights` has one row, or one for each unit that is judged.
    """

    logits: Numbers
    weights: Numbers

    def rows(self, places: slice) -> UsualShare:
        """Those that some of the units are judged by."""
        return UsualShare(self.logits, self.weights[places])

    @property
    def mirrored(self) -> UsualShare:
        """The same of the cases that did not go well."""
        return UsualShare(-self.logits, self.weights)


def usual_without_each(numerators: Counts, denominators: Counts) -> UsualShare:
    """A row for each unit, from all others of its level; a unit without cases tells nothing."""
    spread = spread_without_each(numerators, denominators)
    weights = _on_lattice(spread)
    for place in np.flatnonzero(spread.weighty):
        good, cases = (np.where(np.arange(len(of)) == place, 0, of) for of in
                       (numerators, denominators))  # fmt: skip
        weights[place] = _on_lattice(spread_without_each(good, cases), slice(place, place + 1))
    kept = weights.max(axis=0) > NEGLIGIBLE
    return UsualShare(LOGITS[kept], weights[:, kept])


def usual_of(numerators: Counts, denominators: Counts) -> UsualShare:
    """One row, from all units: what one more would have. A unit without cases stands for it."""
    found = usual_without_each(np.append(numerators, 0), np.append(denominators, 0))
    return found.rows(slice(len(numerators), None))


def chance_of_so_few(numerators: Counts, denominators: Counts, usual: UsualShare) -> Numbers:
    """How likely a usual unit of so many cases has so few that went well, or fewer (mid-p).

    One more case that went well never makes it smaller, one that did not never larger: the weights
    are those of other units, and that holds for the binomial of each logit.
    """
    good, cases = numerators[:, None], denominators[:, None]
    share = expit(usual.logits)
    up_to, below = (at_most(counts, cases, share) for counts in (good, good - 1))
    chance: Numbers = (usual.weights * (up_to + below)).sum(axis=1) / 2
    return chance


def sides_of(
    numerators: Counts, denominators: Counts, usual: UsualShare, moved: int
) -> tuple[Side | None, ...]:
    """On which side of the outer limits each unit lies, by its own row; None within them.

    It must still lie there with `moved` cases decided the other way, and on the same side of what
    the others come to together.
    """
    others = (numerators.sum() - numerators) * denominators
    own = numerators * (denominators.sum() - denominators)
    low, high = beyond(numerators, denominators, usual, OUTER, moved=moved)
    return tuple(
        "below" if is_low else "above" if is_high else None
        for is_low, is_high in zip(low & (own < others), high & (own > others), strict=True)
    )


def beyond(
    numerators: Counts, denominators: Counts, usual: UsualShare, level: Fraction, *, moved: int = 0
) -> tuple[Flags, Flags]:
    """Who lies below and who above the limits that hold the given part of usual units."""
    tail, failed = float(1 - level) / 2, denominators - numerators
    return (
        _are_rare(numerators + moved, denominators, usual, tail),
        _are_rare(failed + moved, denominators, usual.mirrored, tail),
    )


def _are_rare(counts: Counts, denominators: Counts, usual: UsualShare, tail: float) -> Flags:
    """Where the chance of so few is less than a tail.

    Where a share of at most the counted one is not rare, neither are so few cases: with such a
    share the chance of so few is at least a half, and mid-p takes away no more than half of that.
    It spares most units the exact tail.
    """
    weights = np.broadcast_to(usual.weights, (len(counts), len(usual.logits)))
    up_to = expit(usual.logits) <= (counts / denominators)[:, None]
    near = np.flatnonzero((weights * up_to).sum(axis=1) < 4 * tail)
    rare: Flags = np.zeros(len(counts), dtype=np.bool_)
    rows = UsualShare(usual.logits, weights[near])
    rare[near] = chance_of_so_few(counts[near], denominators[near], rows) < tail
    return rare & (counts <= denominators)


def limits_of(denominators: Counts, usual: UsualShare, level: Fraction) -> tuple[Interval, ...]:
    """Between what shares the given part of usual units lies, for each number of cases.

    The same chance decides as in chance_of_so_few; between whole counts it is interpolated.
    """
    tail = float(1 - level) / 2
    lower = _lower_limit(denominators, usual, tail)
    upper = 1 - _lower_limit(denominators, usual.mirrored, tail)
    rounded = (np.round(shares, DECIMALS).tolist() for shares in (lower, upper))
    return tuple(map(Interval, *rounded))


def _on_lattice(spread: Spread, places: slice = slice(None)) -> Numbers:
    """The pairs of μ and τ put together: a sum of normal curves, by unit and logit."""
    rows = spread.weights[places]
    weights = np.zeros((len(rows), len(LOGITS)))
    for deviation in np.unique(spread.deviations):
        same = spread.deviations == deviation
        centres, chances = spread.centres[same], rows[:, same]
        reach = FARTHEST_OFF * deviation
        near = slice(*np.searchsorted(LOGITS, [centres.min() - reach, centres.max() + reach]))
        curves = np.exp(-(((LOGITS[near] - centres[:, None]) / deviation) ** 2) / 2)
        weights[:, near] += chances / deviation @ curves
    normed: Numbers = weights / weights.sum(axis=1, keepdims=True)
    return normed


def _lower_limit(denominators: Counts, usual: UsualShare, tail: float) -> Numbers:
    """The share of which so few have the chance `tail`; zero where even no case is within it."""
    beyond, within = np.full(len(denominators), -1), denominators.copy()
    while (within - beyond > 1).any():
        middle = (beyond + within) // 2
        is_within = chance_of_so_few(middle, denominators, usual) >= tail
        beyond, within = np.where(is_within, beyond, middle), np.where(is_within, middle, within)
    low, high = (
        ndtri(np.maximum(chance_of_so_few(counts, denominators, usual), SMALLEST))
        for counts in (beyond, within)
    )
    step = np.where(beyond < 0, 1.0, (ndtri(tail) - low) / np.where(high > low, high - low, 1.0))
    return np.maximum((beyond + step) / denominators, 0.0)
