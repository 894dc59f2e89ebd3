"""Gates on what is not there: months without any dossier, and units that fell silent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from statistics import median

from briefings.facts.gate import GateResult
from briefings.gate_limits import GateLimits


def missing_months(received: Mapping[str, int]) -> Iterator[GateResult]:
    """Received dossiers by month: each month without any, or that there is none such."""
    empty = [month for month, count in received.items() if count == 0]
    for month in empty:
        yield GateResult("missing_months", month, "", passed=False, count=0)
    if not empty:
        last = list(received)[-1]
        yield GateResult("missing_months", last, "", passed=True, count=0, of=len(received))


def missing_units(
    month: str, received: Mapping[str, Sequence[int | None]], limits: GateLimits
) -> Iterator[GateResult]:
    """Received dossiers of each unit by month, the last one judged: who fell silent.

    Only a unit that received enough in each of the months before it is missed: a small one may
    well have a month without a dossier. `of` is what it usually receives.
    """
    silent = {unit: usual for unit, counts in received.items()
              if (usual := _usual(counts, limits)) is not None and counts[-1] == 0}  # fmt: skip
    for unit, usual in silent.items():
        yield GateResult("missing_units", month, unit, passed=False, count=0, of=usual)
    if not silent:
        yield GateResult("missing_units", month, "", passed=True, count=0)


def _usual(counts: Sequence[int | None], limits: GateLimits) -> int | None:
    """What a unit usually receives; None for one that may well have a month without any."""
    before = counts[:-1][-limits.missing_unit_months :]
    known = [count for count in before if count is not None]
    if len(known) < limits.missing_unit_months or min(known) < limits.missing_unit_dossiers:
        return None
    return round(median(known))
