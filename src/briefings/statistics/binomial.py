"""Exact binomial tails, in probabilities and in standard deviations of the normal curve."""

from __future__ import annotations

import sys
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.special import bdtr, bdtrc, bdtrik, ndtr, ndtri

Counts: TypeAlias = NDArray[np.int64]
Numbers: TypeAlias = NDArray[np.float64]

SMALLEST = sys.float_info.min  # a smaller tail is none to a computer


def at_most(numerators: Counts, denominators: Counts, share: float | Numbers) -> Numbers:
    """The chance of so many or fewer, where each case has `share`."""
    chance: Numbers = np.where(
        numerators < 0, 0.0, bdtr(np.maximum(numerators, 0), denominators, share)
    )
    return chance


def at_least(numerators: Counts, denominators: Counts, share: float) -> Numbers:
    """The chance of so many or more."""
    chance: Numbers = np.where(
        numerators < 1, 1.0, bdtrc(np.maximum(numerators - 1, 0), denominators, share)
    )
    return chance


def distance_of_tail(tail: Numbers) -> Numbers:
    """How many standard deviations off the mean the normal curve has this tail; 0 from half on."""
    distance: Numbers = np.maximum(-ndtri(np.maximum(tail, SMALLEST)), 0.0)
    return distance


def least_within(distance: float, denominators: Counts, share: float) -> Counts:
    """The smallest count whose tail is no farther below the mean than a distance."""
    tail = float(ndtr(-distance))
    near = np.ceil(bdtrik(tail, denominators, share)).astype(np.int64)
    # The inverse of the tail is a number between two counts, and inexact: look on both sides.
    too_far = at_most(near - 1, denominators, share) >= tail
    too_near = at_most(near, denominators, share) < tail
    least: Counts = near - too_far + too_near
    return least
