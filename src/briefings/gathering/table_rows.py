"""Rows read, used and quarantined of one table, over its deliveries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from briefings.facts.intake import TableRows
from briefings.intake.snapshot import TableIntake


def table_rows(intake: Iterable[TableIntake], table: str, superseded: int = 0) -> TableRows:
    """The deliveries of a table added up; `superseded` of their rows were replaced since."""
    found = [row for row in intake if row.table == table]
    reasons: Counter[str] = Counter()
    for row in found:
        reasons.update(row.reasons)
    return TableRows(
        table=table,
        read=sum(row.read for row in found),
        used=sum(row.used for row in found),
        quarantined=sum(row.quarantined for row in found),
        reasons=dict(sorted(reasons.items())),
        not_taken_in=tuple(sorted({name for row in found for name in _not_taken_in(row)})),
        corrected=sum(row.corrected for row in found),
        superseded=superseded,
    )


def _not_taken_in(row: TableIntake) -> tuple[str, ...]:
    return (*row.ignored_columns, *row.dropped_personal_columns)
