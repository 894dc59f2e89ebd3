"""Confidence intervals of shares."""

from __future__ import annotations

from math import sqrt

from scipy.special import ndtri

from briefings.facts.interval import CONFIDENCE, Interval


def wilson_interval(numerator: int, denominator: int) -> Interval:
    """Wilson's score interval at CONFIDENCE; the denominator is not zero.

    Source: Wilson, JASA 22, 1927; recommended for few cases by Brown, Cai and DasGupta,
    Statistical Science 16(2), 2001. The same as `binomtest(…).proportion_ci(method="wilson")`,
    whose module takes a second to load.
    """
    z = float(ndtri((1 + float(CONFIDENCE)) / 2))
    share, weight = numerator / denominator, z * z / denominator
    middle = (share + weight / 2) / (1 + weight)
    reach = sqrt(share * (1 - share) * weight + weight * weight / 4) / (1 + weight)
    return Interval(
        middle - reach if numerator else 0.0, middle + reach if numerator < denominator else 1.0
    )
