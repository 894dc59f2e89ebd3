"""Gates on the rows of each delivery: how many were set aside, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from briefings.facts.gate import GateResult
from briefings.gate_limits import GateLimits
from briefings.intake.quarantine_reasons import UNKNOWN_UNIT
from briefings.intake.snapshot import TableIntake


def row_gates(intake: Iterable[TableIntake], limits: GateLimits) -> Iterator[GateResult]:
    """Each table of each delivery: rows in quarantine, of unknown units, dated in the future.

    Rows that the profile leaves out on purpose, such as subtotals, are no faults. A correction
    that does not fit holds back whatever the shares are.
    """
    for row in intake:
        read = row.read - row.left_out
        shares = {
            "quarantined": (row.quarantined - row.left_out, limits.quarantined_share),
            "unknown_units": (row.reasons.get(UNKNOWN_UNIT, 0), limits.unknown_unit_share),
            "future": (row.future, limits.future_share),
        }
        for gate, (count, limit) in shares.items():
            passed = count <= limit * read
            yield GateResult(gate, row.delivery, row.table, passed, count, read, limit)
        unfit = len(row.unfit_corrections)
        yield GateResult("corrections", row.delivery, row.table, not unfit, unfit)
