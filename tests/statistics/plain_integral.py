"""The chances of statistics.usual_share, summed over a plain grid of everything not known."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.special import expit, logit
from scipy.stats import binom

Parts = tuple[int, int]


def chances_of_so_few(
    parts: Sequence[Parts], *, moved: int = 0, step: float = 0.05, reach: float = 2
) -> list[float]:
    """Mid-p of each unit as the others are: every centre, deviation and logit in turn.

    Centres lie up to `reach` off the common share; the steps of the logit are `step`.
    """
    middle = logit((sum(good for good, _ in parts) + 0.5) / (sum(of for _, of in parts) + 1))
    centres = middle + np.arange(-reach, reach, step / 2)
    deviations = np.geomspace(0.03, 4, 60)
    logits = middle + np.arange(-reach - 6, reach + 8, step)
    curve = np.exp(-(((logits - centres[:, None, None]) / deviations[:, None]) ** 2) / 2)
    curve /= curve.sum(axis=2, keepdims=True) + 1e-300
    prior = 0.5 * centres - np.logaddexp(0, centres)
    log_prior = prior[:, None] + np.log(deviations) - deviations**2 / 2
    of_units = [_log_likelihood(each, logits, curve) for each in parts]
    together = log_prior + sum(of_units)
    share = expit(logits)
    found = []
    for (good, cases), own in zip(parts, of_units, strict=True):
        log_weights = together - own
        weights = np.exp(log_weights - log_weights.max())
        usual = np.einsum("mt,mtg->g", weights, curve)
        counted = min(good + moved, cases)
        tail = binom.cdf(counted, cases, share) - binom.pmf(counted, cases, share) / 2
        found.append(float((usual * tail).sum() / usual.sum()))
    return found


def _log_likelihood(part: Parts, logits: np.ndarray, curve: np.ndarray) -> np.ndarray:
    good, cases = part
    logs = good * logits - cases * np.logaddexp(0, logits)
    return np.log(np.maximum(curve @ np.exp(logs - logs.max()), 1e-300))
