"""A unit under one name over one span of time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from briefings.organisation import Unit


@dataclass(frozen=True)
class Tenure:
    """The days, both included, on which a unit was what it is here; None is an open end."""

    unit: Unit
    first: date | None
    last: date | None

    def holds(self, day: date) -> bool:
        """Whether the day lies in it."""
        return (self.first or day) <= day <= (self.last or day)


# By unit code, oldest first.
Tenures: TypeAlias = Mapping[str, tuple[Tenure, ...]]


def by_code(tenures: Iterable[Tenure]) -> Tenures:
    """The tenures of each unit, oldest first."""
    found: dict[str, list[Tenure]] = {}
    for tenure in sorted(tenures, key=lambda each: each.first or date.min):
        found.setdefault(tenure.unit.code, []).append(tenure)
    return {code: tuple(each) for code, each in found.items()}
