"""How often a month is called a signal although nothing has changed, at volumes of a province.

Drawn from fixed seeds. Each series is fourteen months: twelve make the limits, the last is judged.
`benchmarks/signals.py` asks the same of more cases.
"""

from __future__ import annotations

import numpy as np
import pytest

from briefings.statistics.control_charts.rules import judge
from briefings.statistics.control_charts.xmr import xmr_chart
from tests.statistics.control_charts.simulation import (
    BASELINE,
    DOSSIERS,
    MONTHS,
    ON_TIME,
    in_control,
    of_p_chart,
    ours,
)

pytestmark = pytest.mark.slow

SERIES = 1200
BOUND = 0.05  # of judged months that may be called a signal by chance
# Later none of the months that a rule looks at has helped to make the limits.
LATER_BOUND = 0.07


def fired(distances: list[list[float]]) -> float:
    """The part of the series whose last month is called a signal."""
    return float(np.mean([judge(each)[1] is not None for each in distances]))


@pytest.mark.parametrize("spread", [1, 1.5, 3])
def test_the_bound_holds_at_the_volumes_of_the_province(spread):
    series = in_control(DOSSIERS, ON_TIME, spread, series=SERIES, seed=7)
    assert fired(ours(series)) < BOUND


@pytest.mark.parametrize("months", [24, 48])
@pytest.mark.parametrize("spread", [1, 3])
def test_longer_series_have_a_bound_too(months, spread):
    series = in_control(DOSSIERS, ON_TIME, spread, series=600, seed=7, months=months)
    assert fired(ours(series)) < LATER_BOUND


def test_a_p_chart_over_fires_at_these_volumes():
    series = in_control(DOSSIERS, ON_TIME, 3, series=SERIES, seed=7)
    assert fired(of_p_chart(series)) > 0.3
    assert fired(of_p_chart(series)) > 6 * fired(ours(series))


@pytest.mark.parametrize(
    ("dossiers", "share"), [(3000, ON_TIME), (400, ON_TIME), (50, ON_TIME), (50, 0.9), (10, 0.6)]
)
def test_the_bound_holds_for_small_offices(dossiers, share):
    assert fired(ours(in_control(dossiers, share, 1, series=SERIES, seed=11))) < BOUND


def test_a_shift_that_matters_is_found():
    """Three times as many late dossiers in the last month, at three times the spread of chance."""
    series = in_control(DOSSIERS, ON_TIME, 3, series=SERIES, seed=13)
    worse = [[*before, (n - 3 * (n - on_time), n)] for *before, (on_time, n) in series]
    verdicts = [judge(distances)[0] for distances in ours(worse)]
    assert verdicts.count("below") > 0.9 * len(verdicts)


@pytest.mark.parametrize("mean", [5, 100, DOSSIERS])
def test_the_bound_holds_for_volumes(mean):
    drawn = np.random.default_rng(17).poisson(mean, (SERIES, MONTHS)).tolist()
    charts = (xmr_chart(each, BASELINE) for each in drawn)
    assert fired([[point.distance for point in chart] for chart in charts if chart]) < BOUND
