"""When a month is a signal: the usual rules, asked of the last month of a chart.

Those of the Western Electric handbook (1956) that Nelson (1984) and others kept. No rule on
rises in a row: it adds false signals and hardly finds a trend (Anhøj and Olesen, PLoS ONE 9(11):
e113825, 2014).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from briefings.facts.signal import LEAST_WARNINGS, RUN, SUCCESSIVE, Rule, Verdict
from briefings.statistics.control_charts.chart import SIGMAS

WARNING_SIGMAS = 2


def judge(distances: Sequence[float]) -> tuple[Verdict, Rule | None]:
    """The verdict on the last of some successive months, the oldest first, and the rule that
    fired."""
    if rule := _fired(distances):
        return ("rose" if rule == "run" else "above"), rule
    if rule := _fired([-distance for distance in distances]):
        return ("fell" if rule == "run" else "below"), rule
    return "no_clear_change", None


def months_of(distances: Sequence[float], rule: Rule | None) -> int | None:
    """How many of the months, the last among them, make the signal that a rule called."""
    heights = [distance if distances[-1] > 0 else -distance for distance in distances]
    if rule == "run":
        return len(list(takewhile(lambda height: height > 0, reversed(heights))))
    if rule == "two_of_three":
        return _warnings(heights)
    return None if rule is None else 1


def _fired(heights: Sequence[float]) -> Rule | None:
    """The rule that fired on the upper side; a run first, because it says more than one month.

    A month exactly on a line is not beyond it.
    """
    last = heights[-1]
    if len(heights) >= RUN and min(heights[-RUN:]) > 0:
        return "run"
    if last > SIGMAS:
        return "beyond_limit"
    if last > WARNING_SIGMAS and _warnings(heights) >= LEAST_WARNINGS:
        return "two_of_three"
    return None


def _warnings(heights: Sequence[float]) -> int:
    return sum(height > WARNING_SIGMAS for height in heights[-SUCCESSIVE:])
