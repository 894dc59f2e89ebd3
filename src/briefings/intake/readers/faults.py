"""A cell that holds no value although it should."""

from __future__ import annotations

from dataclasses import dataclass

NOT_CALCULATED = "a formula without a calculated value"
NO_DATE = "a date that does not exist"
NO_VALUE = "no value of its type"


@dataclass(frozen=True)
class CellFault:
    """A cell of a sheet that cannot be read: where it is, its error code if any, and why."""

    address: str
    code: str
    reason: str
