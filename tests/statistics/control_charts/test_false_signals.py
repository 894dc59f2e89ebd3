"""How often a month is called a signal although nothing has changed, at volumes of a province.

Drawn from a fixed seed. Each series is fourteen months of a process that stays as it is: twelve
make the limits, the fourteenth is judged. `benchmarks/signals.py` asks the same of more cases.
"""

from __future__ import annotations

import numpy as np
import pytest

from briefings.statistics.control_charts.p_prime import Parts, p_prime_chart
from briefings.statistics.control_charts.rules import judge
from briefings.statistics.control_charts.xmr import xmr_chart

MONTHS, BASELINE = 14, 12
DOSSIERS, ON_TIME = 70_000, 0.9985  # a month of Hai Duong, as published
SERIES = 1200
BOUND = 0.05  # of judged months that may be called a signal by chance


def in_control(dossiers: int, share: float, spread: float, seed: int) -> list[list[Parts]]:
    """Shares whose month-to-month deviation is `spread` times that of chance alone.

    A month brings from 0.8 to 1.2 times as many dossiers as the mean.
    """
    random = np.random.default_rng(seed)
    volumes = (dossiers * random.uniform(0.8, 1.2, (SERIES, MONTHS))).astype(int)
    extra = (spread**2 - 1) * share * (1 - share) / dossiers
    shares = np.full((SERIES, MONTHS), share)
    if extra:
        size = share * (1 - share) / extra - 1
        shares = random.beta(share * size, (1 - share) * size, (SERIES, MONTHS))
    counts = random.binomial(volumes, shares)
    return [
        list(zip(*row, strict=True)) for row in zip(counts.tolist(), volumes.tolist(), strict=True)
    ]


def false_signals(series: list[list[Parts]]) -> float:
    """The part of judged series whose last month is called a signal by the P′ chart."""
    charts = [chart for each in series if (chart := p_prime_chart(each, BASELINE))]
    return np.mean([judge([point.distance for point in chart])[1] is not None for chart in charts])


def false_signals_of_a_p_chart(series: list[list[Parts]]) -> float:
    """The same of a P chart, which takes months to vary by chance alone."""
    verdicts = []
    for each in series:
        counts, volumes = np.array(each).T
        centre = counts[:BASELINE].sum() / volumes[:BASELINE].sum()
        sigmas = np.sqrt(centre * (1 - centre) / volumes)
        verdicts.append(judge(list((counts / volumes - centre) / sigmas))[1] is not None)
    return np.mean(verdicts)


@pytest.mark.parametrize("spread", [1, 1.5, 3])
def test_the_bound_holds_at_the_volumes_of_the_province(spread):
    assert false_signals(in_control(DOSSIERS, ON_TIME, spread, seed=7)) < BOUND


def test_a_p_chart_over_fires_at_these_volumes():
    series = in_control(DOSSIERS, ON_TIME, 3, seed=7)
    assert false_signals_of_a_p_chart(series) > 0.3
    assert false_signals_of_a_p_chart(series) > 6 * false_signals(series)


@pytest.mark.parametrize(("dossiers", "share"), [(3000, ON_TIME), (400, ON_TIME), (50, ON_TIME),
                                                 (50, 0.9), (10, 0.6)])  # fmt: skip
def test_the_bound_holds_for_small_offices(dossiers, share):
    assert false_signals(in_control(dossiers, share, 1, seed=11)) < BOUND


def test_a_shift_that_matters_is_found():
    """Late dossiers become three times as many, at three times the spread of chance."""
    series = in_control(DOSSIERS, ON_TIME, 3, seed=13)
    late = [
        [*each[:-1], (each[-1][1] - 3 * (each[-1][1] - each[-1][0]), each[-1][1])]
        for each in series
    ]
    found = [chart for each in late if (chart := p_prime_chart(each, BASELINE))]
    below = [judge([point.distance for point in chart])[0] == "below" for chart in found]
    assert np.mean(below) > 0.9


@pytest.mark.parametrize("mean", [5, 100, DOSSIERS])
def test_the_bound_holds_for_volumes(mean):
    drawn = np.random.default_rng(17).poisson(mean, (SERIES, MONTHS)).tolist()
    charts = [chart for each in drawn if (chart := xmr_chart(each, BASELINE))]
    fired = [judge([point.distance for point in chart])[1] is not None for chart in charts]
    assert np.mean(fired) < BOUND
