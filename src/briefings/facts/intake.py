"""What became of the raw rows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class TableRows:
    """Rows of one table over all its deliveries: read = used + quarantined, by reason.

    `corrected` rows had a cell corrected by hand before they were sorted; `superseded` are used
    rows that a later delivery has replaced, so that they count no more. `not_taken_in` are the
    headings that no contract column comes from, personal or not.
    """

    table: str
    read: int
    used: int
    quarantined: int
    reasons: dict[str, int]
    not_taken_in: tuple[str, ...]
    corrected: int
    superseded: int = 0


@dataclass(frozen=True)
class Intake:
    """The tables taken in, and the rows that refer to a dossier the data do not hold."""

    tables: tuple[TableRows, ...]
    portal_orphans: int
    payment_orphans: int
