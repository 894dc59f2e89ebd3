"""How far a table of a delivery is another one than before."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class TableChange:
    """How many rows of one table in one delivery differ from before."""

    delivery: str
    table: str
    new: int
    changed: int
    gone: int
