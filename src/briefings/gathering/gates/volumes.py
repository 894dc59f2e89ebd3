"""The gate on jumps: a month that brought far more or fewer rows than the months before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from briefings.facts.gate import GateResult
from briefings.gate_limits import GateLimits

# With fewer earlier months nobody knows what is usual. Our own convention.
LEAST_MONTHS = 3


@dataclass(frozen=True)
class Volume:
    """The rows of one month, and its working days (1 where no calendar tells)."""

    month: str
    rows: int
    working_days: int


def volume_gate(table: str, volumes: Sequence[Volume], limits: GateLimits) -> GateResult | None:
    """The last of some months against those before it; None where nothing can be said.

    The usual is the median of the earlier months by the working day, so that neither a month of
    Tết nor one other jump moves it.
    """
    *earlier, now = volumes
    earlier = earlier[-limits.volume_months :]
    if len(earlier) < LEAST_MONTHS:
        return None
    by_day = median(Fraction(each.rows, max(each.working_days, 1)) for each in earlier)
    usual = by_day * max(now.working_days, 1)
    if usual < limits.volume_rows:
        return None
    factor = Fraction(limits.volume_factor)
    passed = usual <= now.rows * factor and now.rows <= usual * factor
    figures = (now.rows, round(usual), limits.volume_factor)
    return GateResult("volume", now.month, table, passed, *figures)
