"""How often nothing is called a signal, and how often something is found."""

from __future__ import annotations

import numpy as np

from benchmarks.results import table, write_section
from briefings.statistics.control_charts.p_prime import Parts
from briefings.statistics.control_charts.rules import judge
from tests.statistics.control_charts.simulation import (
    DOSSIERS,
    ON_TIME,
    in_control,
    of_p_chart,
    of_published_p_prime,
    ours,
)

TITLE = "7. Signals"
SERIES, SEED = 10_000, 2026
# Dossiers a month, share, spread in units of chance.
CASES = (
    (DOSSIERS, ON_TIME, 1.0),
    (DOSSIERS, ON_TIME, 1.5),
    (DOSSIERS, ON_TIME, 3.0),
    (DOSSIERS, 0.764, 1.0),
    (DOSSIERS, 0.764, 5.0),
    (3000, ON_TIME, 1.0),
    (400, ON_TIME, 1.0),
    (400, ON_TIME, 2.0),
    (50, ON_TIME, 1.0),
    (50, 0.9, 1.0),
    (10, 0.6, 1.0),
)
# A series grows month by month, and its baseline stays.
LENGTHS, LONG_SERIES = (14, 20, 24, 36, 48), 4000
LONG_CASES = ((DOSSIERS, ON_TIME, 1.0), (DOSSIERS, ON_TIME, 3.0), (400, ON_TIME, 1.0))
RISING = 6  # the usual number of a rule on months that rise or fall in a row
WORSE = 3  # times as many of the rarer kind in the last month


def run() -> None:
    rows = [_row(*case) for case in CASES]
    headings = ["dossiers", "share %", "spread", "P", "P′ as published", "P′ ours", "judged",
                "ours + trend rule", "found"]  # fmt: skip
    text = f"""
{SERIES:,} series of fourteen months from a fixed seed, twelve of them the baseline. Spread is the
month-to-month deviation in units of chance alone. P to P′ are the months in control that the usual
rules call a signal, in percent of those judged; then how many are judged at all, our chart with a
rule on {RISING} months that rise or fall in a row, and how often our chart finds {WORSE} times as
many of the rarer kind in the last month.

{table(headings, rows)}

The same of our chart for longer series, {LONG_SERIES:,} each: from the twentieth month on none of
the months that a rule looks at is one of the baseline.

{table(["months", *map(_name, LONG_CASES)], [_length(months) for months in LENGTHS])}
"""
    write_section(TITLE, "make bench BENCH=signals", text)


def _row(dossiers: int, share: float, spread: float) -> list[str]:
    series = in_control(dossiers, share, spread, series=SERIES, seed=SEED)
    judged = ours(series)
    worse = ours([[*before, _worse(*last)] for *before, last in series])
    return [
        f"{dossiers:,}",
        f"{100 * share:g}",
        f"{spread:g}",
        *(_percent(_fires(each) for each in kind) for kind in (
            of_p_chart(series), of_published_p_prime(series), judged)),
        _percent([True] * len(judged) + [False] * (SERIES - len(judged))),
        _percent(_fires(each) or _rises(each) for each in judged),
        _percent(judge(each)[0] in ("below", "fell") for each in worse),
    ]  # fmt: skip


def _name(case: tuple[int, float, float]) -> str:
    dossiers, share, spread = case
    return f"{dossiers:,} at {100 * share:g} %, spread {spread:g}"


def _length(months: int) -> list[str]:
    found = (
        ours(in_control(*case, series=LONG_SERIES, seed=SEED, months=months)) for case in LONG_CASES
    )
    return [str(months), *(_percent(map(_fires, each)) for each in found)]


def _fires(distances: list[float]) -> bool:
    return judge(distances)[1] is not None


def _rises(distances: list[float]) -> bool:
    steps = np.sign(np.diff(distances[-RISING:]))
    return bool(abs(steps.sum()) == RISING - 1)


def _worse(part: int, whole: int) -> Parts:
    return max(whole - WORSE * (whole - part), 0), whole


def _percent(found: object) -> str:
    return f"{100 * np.mean(list(found)):.1f}"  # type: ignore[call-overload]
