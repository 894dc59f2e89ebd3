"""The groups with most open overdue dossiers: units for the root, procedures for a unit."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from briefings.facts.overdue import AGE_BANDS, OverdueGroup
from briefings.facts.procedures import Procedure
from briefings.gathering.counted import Counted, Row, of_unit
from briefings.gathering.procedures import procedure_of
from briefings.organisation import Unit

SHOWN = 10


def overdue_groups(counted: Counted, unit: Unit) -> tuple[OverdueGroup, ...]:
    """The largest groups, all others together, and the total; none where nothing is overdue."""
    root = counted.organisation.root
    rows = of_unit(counted.overdue, unit.code, root.code)
    groups: dict[Unit | Procedure, list[Row]] = {}
    for row in rows:
        of = counted.organisation.unit(row["unit"]) if unit == root else procedure_of(row)
        groups.setdefault(of, []).append(row)
    order = sorted(groups, key=lambda of: (-_dossiers(groups[of]), of.code))
    rest = [row for of in order[SHOWN:] for row in groups[of]]
    return (
        *(_group(of, groups[of]) for of in order[:SHOWN]),
        *([_group("other", rest)] if rest else []),
        *([_group("total", rows)] if rows else []),
    )


def _dossiers(rows: Iterable[Row]) -> int:
    return sum(int(row["dossiers"]) for row in rows)


def _group(of: Unit | Procedure | Literal["other", "total"], rows: list[Row]) -> OverdueGroup:
    bands = range(len(AGE_BANDS) + 1)
    return OverdueGroup(
        of=of,
        bands=tuple(_dossiers(row for row in rows if row["band"] == band) for band in bands),
        oldest_days=max(int(row["oldest_days"]) for row in rows),
    )
