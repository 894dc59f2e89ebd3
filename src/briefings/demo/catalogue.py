"""Which unit offers which procedure, as columns ready for weighted draws."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from briefings.demo.arrays import Bools, Floats, Ints
from briefings.demo.reference import Procedure, Unit

# Log-odds added to a unit's online habit: full services are filed online more readily.
ONLINE_BONUS = {"full": 0.3, "partial": -0.5, "none": -20.0}

# Where open work piles up: land and construction, as the press reported for December 2024.
LAND_FIELDS = frozenset({"Đất đai"})
SLOW_FIELDS = LAND_FIELDS | {"Hoạt động xây dựng", "Nhà ở và công sở", "Môi trường"}


@dataclass(frozen=True)
class Offers:
    """One row per unit and procedure it handles: positions in the reference, and demand."""

    unit: Ints
    procedure: Ints
    demand: Floats

    def draw(self, count: int, rng: np.random.Generator) -> Ints:
        """Row numbers of `count` dossiers, drawn by demand."""
        edges = np.cumsum(self.demand)
        drawn = np.searchsorted(edges, rng.random(count) * edges[-1], side="right")
        row: Ints = np.minimum(drawn, len(edges) - 1).astype(np.int64)
        return row


@dataclass(frozen=True)
class Limits:
    """The procedures as columns: limit in working days, online bonus, fee, land, slow field."""

    days: Ints
    online: Floats
    fee: Bools
    land: Bools
    slow: Bools


def offers(units: tuple[Unit, ...], procedures: tuple[Procedure, ...], size: Floats) -> Offers:
    """Departments handle their own procedures, districts and communes those of their level."""
    pairs = [
        (row, column, size[row] * procedure.weight / total)
        for row, unit in enumerate(units)
        for total in [sum(p.weight for p in procedures if handles(unit, p))]
        for column, procedure in enumerate(procedures)
        if handles(unit, procedure)
    ]
    rows, columns, demand = zip(*pairs, strict=True)
    return Offers(np.array(rows), np.array(columns), np.array(demand))


def handles(unit: Unit, procedure: Procedure) -> bool:
    """Whether a unit receives dossiers of a procedure."""
    if unit.level == "department":
        return procedure.level == "province" and procedure.unit == unit.code
    return unit.level == procedure.level


def limits(procedures: tuple[Procedure, ...]) -> Limits:
    """The procedures' properties as columns, in the order of the reference."""
    return Limits(
        days=np.array([p.days for p in procedures], dtype=np.int64),
        online=np.array([ONLINE_BONUS[p.online] for p in procedures]),
        fee=np.array([p.fee for p in procedures]),
        land=np.array([p.field in LAND_FIELDS for p in procedures]),
        slow=np.array([p.field in SLOW_FIELDS for p in procedures]),
    )
