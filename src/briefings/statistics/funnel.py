"""The funnel: which units differ from their like by more than chance and usual differences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt
from typing import TypeAlias

import numpy as np
from scipy.special import ndtri

from briefings.facts.funnel import INNER, OUTER, Side
from briefings.facts.interval import Interval
from briefings.statistics.binomial import Counts, Numbers, z_scores

Parts: TypeAlias = tuple[int, int]  # numerator and denominator, which is not zero

# So much of each end of the z-scores is drawn in before their dispersion is judged, so that what
# is sought does not hide itself. Source: Spiegelhalter, Handling over-dispersion of performance
# indicators, Quality and Safety in Health Care 14, 2005.
WINSORISED = 0.10


@dataclass(frozen=True)
class Judged:
    """The centre, φ, how many units lie within the inner limits, and which are outliers.

    `sides` says of each unit on which side it is an outlier, if it is one.
    """

    centre: float
    dispersion: float
    within: int
    sides: tuple[Side | None, ...]


def judge_units(parts: Sequence[Parts]) -> Judged:
    """Each unit against all of them together; their order plays no part.

    z is the normal place of the exact binomial mid-p tail, divided by √φ. A unit is an outlier
    beyond the outer limits, and only if it still were with one case decided the other way (our
    own convention): a single dossier names nobody.
    """
    numerators, denominators = np.array(parts, dtype=np.int64).T
    centre = float(numerators.sum() / denominators.sum())
    if centre in (0, 1):
        return Judged(centre, 1.0, len(parts), (None,) * len(parts))
    scores = z_scores(numerators, denominators, centre)
    nearer = z_scores(numerators - np.sign(scores).astype(np.int64), denominators, centre)
    dispersion = dispersion_of(scores)
    reach = _reach(OUTER, dispersion)
    return Judged(
        centre,
        dispersion,
        within=int((np.abs(scores) <= _reach(INNER, dispersion)).sum()),
        sides=tuple(_side(reach, *pair) for pair in zip(scores, nearer, strict=True)),
    )


def dispersion_of(scores: Numbers) -> float:
    """φ: the mean square of the winsorised z-scores; 1 where units vary no more than by chance."""
    low, high = np.quantile(scores, [WINSORISED, 1 - WINSORISED])
    return max(float(np.mean(np.clip(scores, low, high) ** 2)), 1.0)


def limits_at(denominators: Counts, judged: Judged, level: Fraction) -> tuple[Interval, ...]:
    """Between what shares the given part of all units would lie, for each number of cases.

    The same z decides as in judge_units; between whole counts it is interpolated.
    """
    reach = _reach(level, judged.dispersion)
    lower = _lower_limit(denominators, judged.centre, reach)
    upper = 1 - _lower_limit(denominators, 1 - judged.centre, reach)
    return tuple(map(Interval, lower.tolist(), upper.tolist()))


def _side(reach: float, *scores: float) -> Side | None:
    if min(scores) > reach:
        return "above"
    return "below" if max(scores) < -reach else None


def _reach(level: Fraction, dispersion: float) -> float:
    return float(ndtri(float(1 + level) / 2)) * sqrt(dispersion)


def _lower_limit(denominators: Counts, centre: float, reach: float) -> Numbers:
    """The share whose z is −reach; zero where even no case at all is within reach."""
    if centre in (0, 1):
        return np.full(len(denominators), centre)
    beyond, within = np.full(len(denominators), -1), np.ceil(denominators * centre).astype(np.int64)
    while (within - beyond > 1).any():
        middle = (beyond + within) // 2
        is_within = z_scores(middle, denominators, centre) >= -reach
        beyond, within = np.where(is_within, beyond, middle), np.where(is_within, middle, within)
    low, high = (
        z_scores(np.maximum(counts, 0), denominators, centre) for counts in (beyond, within)
    )
    step = np.where(beyond < 0, 1.0, (-reach - low) / np.where(high > low, high - low, 1.0))
    return np.maximum((beyond + step) / denominators, 0.0)
