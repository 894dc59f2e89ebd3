"""Laney's P′ chart: shares of many cases, which vary more than chance alone would make them."""

from __future__ import annotations

from collections.abc import Sequence
from math import copysign, sqrt
from typing import TypeAlias

import numpy as np

from briefings.statistics.binomial import at_least, at_most, distance_of_tail
from briefings.statistics.control_charts.chart import SIGMAS, Point, sigma_of

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
    month is never farther from the centre than its exact binomial tail says (our own convention).
    """
    numerators, denominators = np.array(shares).T
    centre = float(numerators[:baseline].sum() / denominators[:baseline].sum())
    if centre in (0, 1):
        return None
    sigmas = [sqrt(centre * (1 - centre) / whole) for _, whole in shares]
    scores = [
        (part / whole - centre) / sigma
        for (part, whole), sigma in zip(shares, sigmas, strict=True)
    ]  # fmt: skip
    spread = max(sigma_of(scores[:baseline]), LEAST_SPREAD)
    tail = np.minimum(*(of(numerators, denominators, centre) for of in (at_most, at_least)))
    exact = distance_of_tail(tail).tolist()
    return tuple(
        Point(
            lower=max(centre - SIGMAS * sigma * spread, 0.0),
            centre=centre,
            upper=min(centre + SIGMAS * sigma * spread, 1.0),
            distance=copysign(min(abs(score) / spread, bound), score),
        )
        for sigma, score, bound in zip(sigmas, scores, exact, strict=True)
    )
