"""Months of a process that stays as it is, and what charts of other kinds make of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from briefings.statistics.control_charts.chart import sigma_of
from briefings.statistics.control_charts.p_prime import Parts, p_prime_chart

MONTHS, BASELINE = 14, 12
DOSSIERS, ON_TIME = 70_000, 0.9985  # a month of Hai Duong, as published


def in_control(
    dossiers: int, share: float, spread: float, *, series: int, seed: int, months: int = MONTHS
) -> list[list[Parts]]:
    """Shares whose month-to-month deviation is `spread` times that of chance alone.

    A month brings from 0.8 to 1.2 times as many dossiers as the mean. The same seed gives the same
    months.
    """
    random = np.random.default_rng(seed)
    volumes = (dossiers * random.uniform(0.8, 1.2, (series, months))).astype(int)
    extra = (spread**2 - 1) * share * (1 - share) / dossiers
    shares = np.full((series, months), share)
    if extra:
        size = share * (1 - share) / extra - 1
        shares = random.beta(share * size, (1 - share) * size, (series, months))
    counts = random.binomial(volumes, shares)
    rows = zip(counts.tolist(), volumes.tolist(), strict=True)
    return [list(zip(*row, strict=True)) for row in rows]


def ours(series: Iterable[Sequence[Parts]]) -> list[list[float]]:
    """The distances of the months of each series that our P′ chart judges at all."""
    charts = (p_prime_chart(each, BASELINE) for each in series)
    return [[point.distance for point in chart] for chart in charts if chart]


def of_p_chart(series: Iterable[Sequence[Parts]]) -> list[list[float]]:
    """The same of a P chart, which takes months to vary by chance alone."""
    return [scores for each in series if (scores := _z_values(each))]


def of_published_p_prime(series: Iterable[Sequence[Parts]]) -> list[list[float]]:
    """The same of Laney's chart as published, without our two conventions."""
    found = ((scores, sigma_of(scores[:BASELINE])) for scores in of_p_chart(series))
    return [[score / spread for score in scores] for scores, spread in found if spread]


def _z_values(series: Sequence[Parts]) -> list[float]:
    counts, volumes = np.array(series).T
    centre = counts[:BASELINE].sum() / volumes[:BASELINE].sum()
    if centre in (0, 1):
        return []
    scores: list[float] = (
        (counts / volumes - centre) / np.sqrt(centre * (1 - centre) / volumes)
    ).tolist()
    return scores
