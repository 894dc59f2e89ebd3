"""All gates of a month: what was taken in and counted, handed to the rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from briefings.facts.facts import trend_months
from briefings.facts.gate import GATES, OF_UNITS, GateResult
from briefings.gathering.gates.absences import missing_months, missing_units
from briefings.gathering.gates.acceptances import Acceptances
from briefings.gathering.gates.futures import with_futures
from briefings.gathering.gates.rows import row_gates
from briefings.gathering.gates.stocks import stock_gate
from briefings.gathering.gates.volumes import Volume, volume_gate
from briefings.intake.deliveries import ALL_MONTHS
from briefings.organisation import Unit
from briefings.periods import Month
from briefings.reference import load_unit_codes
from briefings.statistics.form import form_row, uncarried
from briefings.statistics.published import load_published

if TYPE_CHECKING:
    from briefings.gathering.counted import Counted

RECEIVED, CARRIED_OVER = "received_in_period", "carried_over"


def gate_results(counted: Counted) -> tuple[GateResult, ...]:
    """Every gate at every place, in the order of GATES, with the acceptances on record.

    SettingsError where an acceptance names what there is not.
    """
    units = load_unit_codes(counted.project.units)
    found = sorted(_found(counted), key=lambda each: GATES.index(each.gate))
    named = [_named(counted, each) for each in found]
    return Acceptances(counted.project.accepted_gates, units).applied(named)


def told(counted: Counted, unit: Unit) -> tuple[GateResult, ...]:
    """What a page of a unit says of gates: all that hold back, and what was accepted of its own."""
    root = counted.organisation.root.code
    return tuple(
        each
        for each in counted.gates
        if each.holds_back or (not each.passed and each.concerns(unit.code, root))
    )


def _named(counted: Counted, result: GateResult) -> GateResult:
    if result.gate not in OF_UNITS or not result.place:
        return result
    unit = counted.organisation.unit(result.place)
    return replace(result, names={"vi": unit.name_vi, "en": unit.name_en})


def _found(counted: Counted) -> Iterator[GateResult]:
    limits, month = counted.project.gates, str(counted.month)
    in_year = (ALL_MONTHS, *map(str, _year_to_date(counted.month)))
    intake = counted.snapshot.intake
    asked = with_futures((row for row in intake if row.delivery in in_year), counted.tables)
    yield from row_gates(asked, limits)
    received = _received(counted, counted.organisation.root.code)
    shown = set(map(str, trend_months(counted.month, counted.snapshot.months[0])))
    yield from missing_months({month: n for month, n in received.items() if month in shown})
    volumes = (
        volume_gate(table, series, limits) for table, series in _volumes(counted, received).items()
    )
    yield from (each for each in volumes if each is not None)
    judged = [unit.code for unit in counted.organisation.units
              if unit != counted.organisation.root]  # fmt: skip
    by_unit = {unit: _by_month(counted, unit) for unit in judged}
    yield from missing_units(month, by_unit, limits)
    yield from _stocks(counted)
    yield from _identities(counted)


def _year_to_date(month: Month) -> list[Month]:
    return [Month(month.year, number) for number in range(1, month.number + 1)]


def _by_month(counted: Counted, unit: str) -> list[int | None]:
    names = (counted.regime.month(month).name for month in counted.windows.followed)
    return [counted.observations.get(RECEIVED, name, unit).numerator for name in names]


def _received(counted: Counted, unit: str) -> dict[str, int]:
    counts = zip(map(str, counted.windows.followed), _by_month(counted, unit), strict=True)
    return {month: count for month, count in counts if count is not None}


def _volumes(counted: Counted, received: dict[str, int]) -> dict[str, list[Volume]]:
    """By table, the months up to this one: dossiers as received, others by the rows delivered."""
    rows = {
        table: {row.delivery: row.read for row in counted.snapshot.intake
                if row.table == table and row.delivery != ALL_MONTHS}
        for table in sorted(counted.snapshot.supplied)
    }  # fmt: skip
    rows["dossiers"] = received
    return {
        table: [Volume(month, count, _working_days(counted, month)) for month, count in by.items()]
        for table, by in rows.items()
        if str(counted.month) in by
    }


def _working_days(counted: Counted, month: str) -> int:
    return counted.working_days(counted.regime.month(Month.parse(month))) or 1


def _stocks(counted: Counted) -> Iterator[GateResult]:
    """What was last published as pending, where the project keeps a record of what was."""
    period = counted.windows.period
    if period.start.day != 1:  # what others publish is of calendar months
        return
    published = load_published(counted.project.published)
    before = Month.containing(period.start) - 1

    def carried_over(unit: str) -> int | None:
        known = unit in counted.organisation.codes
        return (
            counted.observations.get(CARRIED_OVER, period.name, unit).numerator if known else None
        )

    yield from stock_gate(
        str(counted.month), str(before), published, carried_over, counted.project.gates
    )


def _identities(counted: Counted) -> Iterator[GateResult]:
    """Units whose form does not add up, or that carry over what was not pending before."""
    windows = dict.fromkeys([counted.windows.period, counted.windows.year_to_date])
    broken = dict.fromkeys(counted.organisation.codes, 0)
    for window in windows:
        for unit in broken:
            broken[unit] += len(form_row(counted.observations, window.name, [unit])
                                .broken_identities())  # fmt: skip
        if (before := counted.windows.before(window)) is not None:
            for unit in uncarried(counted.components, window.name, before.name):
                broken[unit] += 1
    month, faulty = str(counted.month), {unit: count for unit, count in broken.items() if count}
    for unit, count in faulty.items():
        yield GateResult("identities", month, unit, passed=False, count=count)
    if not faulty:
        yield GateResult("identities", month, "", passed=True, count=0)
