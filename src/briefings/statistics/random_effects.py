"""How units of a level differ as usual: a normal spread of logits around a centre, beside chance.

A unit's count is binomial, and the logit of its own share is normal with mean μ and deviation τ.
Source: Spiegelhalter, Handling over-dispersion of performance indicators, Quality and Safety in
Health Care 14, 2005 (the additive model); Ohlssen, Sharples and Spiegelhalter, A hierarchical
modelling framework for identifying unusual performance, JRSS A 170(4), 2007.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit

from briefings.statistics.binomial import Counts, Numbers

# The deviations τ that are weighed against each other, in equal steps of the logarithm. Offices
# are never taken to differ by less than the least (3 % of their odds). Our own convention.
DEVIATIONS = np.geomspace(0.03, 5.0, 72)

# How likely a deviation is before anything is known of the units: the half of a normal curve with
# this deviation, so that a typical pair of offices hardly differs tenfold in odds. Source: Röver
# and others, On weakly informative prior distributions for the heterogeneity parameter in
# Bayesian random-effects meta-analysis, Research Synthesis Methods 12, 2021.
USUAL_DEVIATION = 1.0

# The centre has the prior of Jeffreys: half a case each way.
HALF_A_CASE = 0.5

# Accuracy of the integrals: tails of a thousandth are right to a hundredth of themselves.
HERMITE_NODES, HERMITE_WEIGHTS = np.polynomial.hermite_e.hermegauss(7)
NEWTON_STEPS = 8
EVERY = 4  # of the deviations, whose likeliest centre is sought
LARGEST_STEP = 3.0  # of a logit in one step of Newton
REACH = 10.0  # standard errors of μ to both sides; its curve is lopsided where cases are few
STEP = 0.8  # standard errors of μ between two nodes
MOST_NODES = 400  # of μ for one τ
NEGLIGIBLE = 1e-9  # a deviation of less weight than this is left out
# A unit whose absence moves the likeliest μ by more standard errors, for a likely τ, is weighty:
# one step of Newton does not lead to the μ without it, and the nodes may miss what is likely there.
WEIGHTY = 2.0


@dataclass(frozen=True)
class Spread:
    """Centres and deviations of logits, and how likely each pair is, by unit.

    `weights` has a row for each unit, from all others without it, and sums to 1 in each. The row
    of a unit that is `weighty` is not to be trusted: it has to be asked for by itself.
    """

    centres: Numbers
    deviations: Numbers
    weights: Numbers
    weighty: NDArray[np.bool_]


@dataclass(frozen=True)
class _Marginal:
    """Of each unit (row) at each node (column): log-likelihood; mean and variance of its logit."""

    log_likelihood: Numbers
    mean: Numbers
    variance: Numbers


def spread_without_each(numerators: Counts, denominators: Counts) -> Spread:
    """The spread of the units around each unit: what that unit has plays no part in its row.

    It only helps to place the nodes of the integrals, which does not move them noticeably unless
    the unit is weighty.
    """
    centres, deviations, gaps, weighty = _nodes(numerators, denominators)
    found = _marginal(numerators, denominators, centres, deviations).log_likelihood
    weights = _normed(found.sum(axis=0) - found + np.log(gaps) + _prior(centres, deviations))
    kept = weights.max(axis=0) > NEGLIGIBLE
    return Spread(centres[kept], deviations[kept], weights[:, kept], weighty)


def _normed(log_weights: Numbers) -> Numbers:
    weights = np.exp(log_weights - log_weights.max(axis=1, keepdims=True))
    normed: Numbers = weights / weights.sum(axis=1, keepdims=True)
    return normed


def _prior(centres: Numbers, deviations: Numbers) -> Numbers:
    """Log; the deviations are equal steps of the logarithm, hence their own weight."""
    of_deviation = np.log(deviations) - (deviations / USUAL_DEVIATION) ** 2 / 2
    prior: Numbers = of_deviation + HALF_A_CASE * centres - np.logaddexp(0, centres)
    return prior


def _nodes(
    numerators: Counts, denominators: Counts
) -> tuple[Numbers, Numbers, Numbers, NDArray[np.bool_]]:
    """Pairs of μ and τ that cover what is likely without any one unit, the gaps, who is weighty.

    Without a unit the likeliest μ lies one step of Newton from that of all; which τ matter then is
    told by Laplace's approximation.
    """
    middle = _likeliest(numerators, denominators)
    found = _marginal(numerators, denominators, middle, DEVIATIONS)
    slopes, bends = _slopes(found, middle, DEVIATIONS)
    without = bends.sum(axis=0) - bends[1:]
    shifts, errors = (slopes.sum(axis=0) - slopes[1:]) / without, 1 / np.sqrt(without)
    low = (middle + shifts - REACH * errors).min(axis=0)
    high = (middle + shifts + REACH * errors).max(axis=0)
    logs = found.log_likelihood.sum(axis=0) - found.log_likelihood + _prior(middle, DEVIATIONS)
    likely = _normed(logs + (shifts / errors) ** 2 / 2 + np.log(errors)).max(axis=0) > NEGLIGIBLE
    step = STEP / np.sqrt(bends.sum(axis=0))
    columns = [
        _column(low[place], high[place], step[place], DEVIATIONS[place])
        for place in np.flatnonzero(likely)
    ]
    centres, deviations, gaps = map(np.concatenate, zip(*columns, strict=True))
    far = np.abs(shifts) > WEIGHTY * errors
    return centres, deviations, gaps, far[:, likely].any(axis=1)


def _column(low: float, high: float, step: float, deviation: float) -> list[Numbers]:
    count = min(int(np.ceil((high - low) / step)) + 1, MOST_NODES)
    centres, gap = np.linspace(low, high, count, retstep=True)
    return [centres, np.full(count, deviation), np.full(count, gap)]


def _likeliest(numerators: Counts, denominators: Counts) -> Numbers:
    """μ by τ, sought for some and drawn through: the nodes around it need not meet it exactly."""
    some = DEVIATIONS[::EVERY]
    pooled = logit((numerators.sum() + HALF_A_CASE) / (denominators.sum() + 2 * HALF_A_CASE))
    middle = np.full(len(some), pooled)
    for _ in range(NEWTON_STEPS):
        slopes, bends = _slopes(_marginal(numerators, denominators, middle, some), middle, some)
        step = slopes.sum(axis=0) / bends.sum(axis=0)
        middle = middle + np.clip(step, -LARGEST_STEP, LARGEST_STEP)
    centres: Numbers = np.interp(DEVIATIONS, some, middle)
    return centres


def _slopes(found: _Marginal, middle: Numbers, deviations: Numbers) -> tuple[Numbers, Numbers]:
    """First and (negative) second derivative of the log-likelihood by μ; row 0 is its prior."""
    share = expit(middle)
    slopes = np.vstack([HALF_A_CASE - share, (found.mean - middle) / deviations**2])
    bends = np.vstack([share * (1 - share), (1 - found.variance / deviations**2) / deviations**2])
    return slopes, np.maximum(bends, 0.0)


def _marginal(
    numerators: Counts, denominators: Counts, centres: Numbers, deviations: Numbers
) -> _Marginal:
    """Adaptive quadrature of Gauss and Hermite around the likeliest logit of each unit."""
    good, cases = numerators[:, None].astype(float), denominators[:, None].astype(float)
    mode, error = _modes(good, cases, centres, deviations)
    logits = mode[..., None] + error[..., None] * HERMITE_NODES
    logs = (
        good[..., None] * logits
        - cases[..., None] * np.logaddexp(0, logits)
        - ((logits - centres[:, None]) / deviations[:, None]) ** 2 / 2
        + HERMITE_NODES**2 / 2
        + np.log(HERMITE_WEIGHTS)
    )
    top = logs.max(axis=-1)
    weights = np.exp(logs - top[..., None])
    total = weights.sum(axis=-1)
    mean = (weights * logits).sum(axis=-1) / total
    variance = (weights * (logits - mean[..., None]) ** 2).sum(axis=-1) / total
    return _Marginal(top + np.log(total * error / deviations), mean, variance)


def _modes(
    good: Numbers, cases: Numbers, centres: Numbers, deviations: Numbers
) -> tuple[Numbers, Numbers]:
    """The likeliest logit of each unit at each node, and its error; from the empirical logit."""
    own = np.log((good + HALF_A_CASE) / (cases - good + HALF_A_CASE))
    chance = 1 / (good + HALF_A_CASE) + 1 / (cases - good + HALF_A_CASE)
    mode = (own * deviations**2 + centres * chance) / (deviations**2 + chance)
    for _ in range(NEWTON_STEPS):
        share = expit(mode)
        slope = good - cases * share - (mode - centres) / deviations**2
        bend = cases * share * (1 - share) + 1 / deviations**2
        mode = mode + np.clip(slope / bend, -LARGEST_STEP, LARGEST_STEP)
    share = expit(mode)
    return mode, 1 / np.sqrt(cases * share * (1 - share) + 1 / deviations**2)
