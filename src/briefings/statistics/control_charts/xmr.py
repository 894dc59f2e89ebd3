"""The XmR chart: single values, judged by how much they vary from month to month."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean

from briefings.statistics.control_charts.chart import SIGMAS, Point, point_at, sigma_of


def xmr_chart(values: Sequence[float], baseline: int) -> tuple[Point, ...] | None:
    """Centre and limits from the first `baseline` values; None where these do not vary.

    Centre: their mean. Limits: 2.66 mean moving ranges on either side. Source: Wheeler,
    Understanding Variation; NIST/SEMATECH e-Handbook 6.3.2.2.
    """
    centre, sigma = fmean(values[:baseline]), sigma_of(values[:baseline])
    if not sigma:
        return None
    reach = SIGMAS * sigma
    limits = (centre - reach, centre, centre + reach)
    return tuple(point_at(value, limits, (value - centre) / sigma) for value in values)
