"""A measure as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

# What may still become of the cases that a year to date holds, see docs/methodology.md.
Past: TypeAlias = Literal["final", "mendable", "can_worsen", "stock"]


@dataclass(frozen=True)
class Kpi:
    """One measure. Parts are sums of components (see statistics/components.py).

    `table` must be delivered for the measure to exist; `known` over `known_of` is the share of
    rows that carry what the measure needs (both empty: every row does). `past` of a rate says what
    later months can do to the cases counted so far; None where nobody has said.
    """

    id: str
    kind: Literal["count", "rate"]
    unit_of_measure: str
    numerator: tuple[str, ...]
    denominator: tuple[str, ...]
    table: str
    known: tuple[str, ...]
    known_of: tuple[str, ...]
    direction: Literal["higher", "lower", "none"]
    scorecard: bool
    names: dict[str, str]
    short_names: dict[str, str]
    definitions: dict[str, str]
    sources: dict[str, str]
    past: Past | None = None
