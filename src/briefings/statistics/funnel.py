"""The funnel: which units differ from their like by more than chance and usual differences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from briefings.facts.accountability import LEAST_PEERS
from briefings.facts.funnel import INNER, OUTER, Side
from briefings.statistics.binomial import Counts
from briefings.statistics.usual_share import (
    UsualShare,
    beyond,
    sides_of,
    usual_of,
    usual_without_each,
)

Parts: TypeAlias = tuple[int, int]  # numerator and denominator, which is not zero

# So many cases decided the other way must leave a unit beyond the limits: a single dossier names
# nobody. Our own convention.
MOVED = 1


@dataclass(frozen=True)
class Judged:
    """What is usual without the outliers, how many units lie within its inner limits, and who.

    `sides` says of each unit on which side it is an outlier, if it is one.
    """

    usual: UsualShare
    within: int
    sides: tuple[Side | None, ...]


def judge_units(parts: Sequence[Parts]) -> Judged:
    """Each unit against the others of its level; their order plays no part.

    An outlier lies beyond the outer limits that the others give, and beyond those of the units
    that are none, which are drawn. Nobody is one among fewer than LEAST_PEERS others.
    """
    numerators, denominators = np.array(parts, dtype=np.int64).T
    found, drawn = _named(numerators, denominators)
    low, high = beyond(numerators, denominators, drawn, INNER)
    outside = np.logical_or(*beyond(numerators, denominators, drawn, OUTER))
    return Judged(
        drawn,
        within=int((~low & ~high).sum()),
        sides=tuple(
            side if is_outside else None for side, is_outside in zip(found, outside, strict=True)
        ),
    )


def _named(numerators: Counts, denominators: Counts) -> tuple[tuple[Side | None, ...], UsualShare]:
    """The side of each unit against the others, and what is usual among those without one."""
    count = len(numerators)
    usual = usual_without_each(np.append(numerators, 0), np.append(denominators, 0))
    if count <= LEAST_PEERS:
        return (None,) * count, usual.rows(slice(count, None))
    sides = sides_of(numerators, denominators, usual.rows(slice(count)), MOVED)
    if not any(sides):
        return sides, usual.rows(slice(count, None))
    kept = np.array([side is None for side in sides])
    return sides, usual_of(numerators[kept], denominators[kept])
