"""All units side by side, for the year to date."""

from __future__ import annotations

from collections.abc import Sequence

from briefings.facts.comparison import COUNTS, RATES, Missing, UnitRow
from briefings.gathering.counted import Counted
from briefings.organisation import Level, Unit

# Too many for lines of their own; together they are one.
SUMMED_LEVEL: Level = "commune"
SHOWN = 12


def side_by_side(counted: Counted) -> tuple[UnitRow, ...]:
    """Each department and district, all communes together, former units, and the total.

    Former units are those with rows of their own that nobody is known to have taken over.
    """
    organisation, root = counted.organisation, counted.organisation.root
    single = [unit for unit in organisation.units if unit.level != SUMMED_LEVEL and unit != root]
    groups = {
        "communes": organisation.at_level(SUMMED_LEVEL),
        "former": [
            unit
            for unit in organisation.former
            if counted.observations.has_counts(counted.windows.year_to_date.name, unit.code)
        ],
    }
    return (
        *(_own(counted, unit) for unit in single),
        *(_together(counted, name, units) for name, units in groups.items() if units),
        _own(counted, root),
    )


def unsynchronised(counted: Counted) -> tuple[Missing, ...]:
    """Units by dossiers missing on the portal, most first, all others together, and the total."""
    organisation, root = counted.organisation, counted.organisation.root
    units = [organisation.unit(code) for code in organisation.codes if code != root.code]
    found = {unit: _missing(counted, unit, [unit], unit.code) for unit in units}
    short = sorted(
        (unit for unit in units if found[unit].dossiers), key=lambda unit: -found[unit].dossiers
    )
    if not short:
        return ()
    others = short[SHOWN:]
    return (
        *(found[unit] for unit in short[:SHOWN]),
        *([_missing(counted, None, others, "group:others")] if others else []),
        _missing(counted, root, [root], root.code),
    )


def _own(counted: Counted, unit: Unit) -> UnitRow:
    window = counted.windows.year_to_date.name
    observed = (counted.observations.get(kpi, window, unit.code) for kpi in (*COUNTS, *RATES))
    return UnitRow(unit, "", 1, tuple(observed))


def _together(counted: Counted, name: str, units: Sequence[Unit]) -> UnitRow:
    window = counted.windows.year_to_date.name
    codes = [unit.code for unit in units]
    observed = (
        counted.observations.together(kpi, window, codes, f"group:{name}")
        for kpi in (*COUNTS, *RATES)
    )
    return UnitRow(None, name, len(units), tuple(observed))


def _missing(counted: Counted, unit: Unit | None, of: Sequence[Unit], identity: str) -> Missing:
    window, codes = counted.windows.year_to_date.name, [each.code for each in of]
    received, sync = (
        counted.observations.together(kpi, window, codes, identity)
        for kpi in ("received_in_period", "sync")
    )
    return Missing(unit, received, sync)
