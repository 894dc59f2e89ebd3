"""Offices that differ as usual, and whom the rules name among them, now and before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

import numpy as np
from scipy.special import expit, logit, ndtri, xlogy

from briefings.facts.accountability import LEAST_AGAINST, LEAST_CASES, MOVED, Judgement, Rule
from briefings.facts.funnel import OUTER, Standing
from briefings.organisation import Level
from briefings.statistics.accountability.judging import Case, judge
from briefings.statistics.binomial import SMALLEST, at_least, at_most, distance_of_tail

Parts: TypeAlias = tuple[int, int]
Shape: TypeAlias = Literal["normal", "beta", "heavy"]

# Dossiers processed in January and February 2025 by the offices of the demonstration; of the
# communes each twentieth by size.
VOLUMES: dict[Level, list[int]] = {
    "department": [21, 191, 196, 246, 459, 575, 620, 744, 1110, 1512, 1806, 2061, 2219, 4164,
                   5367, 7353, 8933],
    "district": [1528, 1565, 1899, 2013, 2027, 2040, 2056, 2060, 2441, 2927, 3485, 7411],
    "commune": [89, 151, 176, 200, 228, 246, 276, 315, 363, 442, 856],
}  # fmt: skip
COMMUNES = 207
# How many of them wait at the end of a month, and how many petitions they get in two.
OPEN, PETITIONS = 0.06, 0.003


def volumes(level: Level, times: float = 1) -> list[int]:
    """How many cases each office of a level has; at the year's end six times as many."""
    sizes = np.array(VOLUMES[level], dtype=float)
    if level == "commune":
        sizes = np.interp(np.linspace(0, len(sizes) - 1, COMMUNES), np.arange(len(sizes)), sizes)
    counts: list[int] = np.maximum(np.rint(sizes * times), 1).astype(int).tolist()
    return counts


def usual_offices(
    sizes: Sequence[int], share: float, shape: Shape, spread: float, random: np.random.Generator
) -> list[Parts]:
    """One month of offices whose own shares differ by `spread` in the logit, in one of the shapes.

    Heavy is Student's t with five degrees of freedom. Each has the same deviation.
    """
    count = len(sizes)
    if shape == "beta" and spread:
        variance = min((spread * share * (1 - share)) ** 2, 0.3 * share * (1 - share))
        size = share * (1 - share) / variance - 1
        own = random.beta(share * size, (1 - share) * size, count)
    else:
        off = random.standard_t(5, count) * np.sqrt(3 / 5) if shape == "heavy" else 0
        off = random.standard_normal(count) if shape != "heavy" else off
        own = expit(logit(share) + spread * off)
    good = random.binomial(sizes, own)
    return list(zip(good.tolist(), sizes, strict=True))


def outcomes(parts: Sequence[Parts]) -> list[str]:
    """What the rule says of each."""
    return [each.outcome for each in judged("on_time", parts)]


def judged(rule: Rule, parts: Sequence[Parts]) -> tuple[Judgement, ...]:
    """The judgement of each."""
    return judge(rule, [Case(Standing(*each)) for each in parts])


def outcomes_of_old_rule(parts: Sequence[Parts]) -> list[str]:
    """The same of the rule until November 2026: a winsorised φ, and the normal curve."""
    return [_old_outcome(own, [*parts[:at], *parts[at + 1 :]]) for at, own in enumerate(parts)]


def _old_outcome(own: Parts, others: Sequence[Parts]) -> str:
    numerators, denominators = np.array(others, dtype=np.int64).T
    centre = float((numerators.sum() + 0.5) / (denominators.sum() + 1))
    scores = z_scores(numerators, denominators, centre)
    low, high = np.quantile(scores, [0.1, 0.9])
    dispersion = max(float(np.mean(np.clip(scores, low, high) ** 2)), 1.0)
    reach = float(ndtri(float(1 + OUTER) / 2)) * np.sqrt(dispersion)
    (good, cases), away = own, np.array([MOVED, -MOVED])
    near = z_scores(np.maximum(good + away, 0), np.array([cases, cases]), centre)
    if cases - good >= LEAST_AGAINST and near[0] < -reach:
        return "below"
    return "above" if cases >= LEAST_CASES and near[1] > reach else "usual"


def z_scores(numerators: np.ndarray, denominators: np.ndarray, share: float) -> np.ndarray:
    """Mid-p of each count on the normal curve; the deviance where a tail is too small."""
    below, above = (
        (tail(numerators, denominators, share) + tail(numerators + step, denominators, share)) / 2
        for tail, step in ((at_most, -1), (at_least, 1))
    )
    others, expected = denominators - numerators, denominators * share
    deviance = xlogy(numerators, numerators / expected) + xlogy(
        others, others / (denominators - expected)
    )
    tail = np.minimum(below, above)
    far = np.sqrt(np.maximum(2 * deviance, 0))
    distance = np.where(tail > SMALLEST, distance_of_tail(tail), far)
    return np.where(below < above, -distance, distance)
