"""Laney's P′ chart: shares of many cases, which vary more than chance alone would make them."""

from __future__ import annotations

from collections.abc import Sequence
from math import copysign
from typing import TypeAlias

import numpy as np

from briefings.statistics.binomial import (
    Counts,
    Numbers,
    at_least,
    at_most,
    distance_of_tail,
    least_within,
)
from briefings.statistics.control_charts.chart import SIGMAS, Point, point_at, sigma_of

Parts: TypeAlias = tuple[int, int]  # numerator and denominator

# A baseline of some months may vary less than chance by chance. Its limits are never narrower
# than those of chance alone. Our own convention; Laney lets them be.
LEAST_SPREAD = 1.0


def p_prime_chart(shares: Sequence[Parts], baseline: int) -> tuple[Point, ...] | None:
    """Centre and limits from the first `baseline` shares; None where all of these are 0 or 1.

    Centre: Σ numerators / Σ denominators. Limits: 3 σ_i σ_z on either side, within 0 and 1;
    σ_i is the binomial sigma of the month, σ_z that of the baseline's z-values. Source: Laney,
    Improved control charts for attributes, Quality Engineering 14(4), 2002.

    Where a month has few cases of the rarer kind, one more or less leaps over such limits. So a
    month is never farther from the centre than its exact binomial tail says, and the limits are
    never narrower than the exact ones (our own convention).
    """
    numerators, denominators = np.array(shares).T
    centre = float(numerators[:baseline].sum() / denominators[:baseline].sum())
    if centre in (0, 1):
        return None
    sigmas = np.sqrt(centre * (1 - centre) / denominators)
    scores = ((numerators / denominators - centre) / sigmas).tolist()
    spread = max(sigma_of(scores[:baseline]), LEAST_SPREAD)
    tail = np.minimum(*(of(numerators, denominators, centre) for of in (at_most, at_least)))
    reach = SIGMAS * spread * sigmas
    lower = np.minimum(centre - reach, _exact_lower(denominators, centre))
    upper = np.maximum(centre + reach, 1 - _exact_lower(denominators, 1 - centre))
    rows = zip(
        shares,
        np.maximum(lower, 0.0).tolist(),
        np.minimum(upper, 1.0).tolist(),
        scores,
        distance_of_tail(tail).tolist(),
        strict=True,
    )
    return tuple(
        point_at(
            part / whole,
            (low, centre, high),
            copysign(min(abs(score) / spread, bound), score),
        )
        for (part, whole), low, high, score, bound in rows
    )


def _exact_lower(denominators: Counts, centre: float) -> Numbers:
    """Half-way between the last count that lies beyond the exact limit and the first within."""
    limit: Numbers = (least_within(SIGMAS, denominators, centre) - 0.5) / denominators
    return limit
