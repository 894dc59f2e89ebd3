"""The gate on what is carried over: it must be what was last published as pending."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from briefings.facts.gate import GateResult
from briefings.gate_limits import GateLimits
from briefings.statistics.published import PublishedRow

PENDING = "pending"


def stock_gate(
    month: str,
    before: str,
    published: Iterable[PublishedRow],
    carried_over: Callable[[str], int | None],
    limits: GateLimits,
) -> Iterator[GateResult]:
    """What units carry into a month, against what was published as pending at the end of `before`.

    Of several publications that end then, each counts. Nothing is said of a unit for which nothing
    was published, or whose own figure can not be measured.
    """
    for row in published:
        if row.kpi != PENDING or row.period_to != before or row.relation != "equal":
            continue
        count, of = carried_over(row.unit), round(float(row.value))
        if count is not None:
            passed = abs(count - of) <= limits.stock_share * of
            yield GateResult("stock", month, row.unit, passed, count, of, limits.stock_share)
