"""The whole demonstration in memory: fourteen months drawn, then fitted to the published totals."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from briefings.demo import calibration
from briefings.demo.arrays import Ints
from briefings.demo.catalogue import limits, offers
from briefings.demo.decisions import Announcer, Decision, decisions_of
from briefings.demo.dossiers import Dossiers, concatenate, follow, status
from briefings.demo.fitting import Window, fit
from briefings.demo.months import Month, months, warm_up_months
from briefings.demo.payments import Payments, payments
from briefings.demo.petitions import Petitions, petitions
from briefings.demo.portal import PortalRows, synchronise, up_to
from briefings.demo.receipts import DAY, World, month_of_receipts
from briefings.demo.reference import Reference
from briefings.demo.traits import unit_traits

# Every topic has its own stream of random numbers: changing one leaves the others as they were.
SEED = 143_269
UNITS, RECEIPTS, FITTING, STATUS, PORTAL, PAYMENTS, DECISIONS, PETITIONS = range(8)


@dataclass(frozen=True)
class Simulation:
    """The demonstration: all dossiers in order of receipt, and what belongs to each month."""

    reference: Reference
    months: tuple[Month, ...]
    dossiers: Dossiers
    status: Ints
    portal: dict[str, PortalRows]
    payments: Payments
    decisions: dict[str, tuple[Decision, ...]]
    petitions: dict[str, Petitions]

    def of_month(self, month: Month) -> slice:
        """The dossiers received in a month; the first one holds the older open ones, too."""
        return month_slice(self.dossiers, self.months, month)

    @property
    def end_minute(self) -> int:
        """The last minute of the data."""
        return (self.months[-1].last + 1) * DAY - 1


def simulate(reference: Reference, divisor: int = 1) -> Simulation:
    """Draw and fit the demonstration at 1/divisor of the size."""
    calendar = months(divisor)
    world = _world(reference)
    dossiers = _fitted(_drawn(world, divisor), world, calendar, divisor)
    end_day = calendar[-1].last
    state = status(dossiers, (end_day + 1) * DAY - 1, _stream(STATUS))
    announcer, stream = Announcer(reference.procedures, reference.calendar), _stream(DECISIONS)
    voices = _stream(PETITIONS)
    return Simulation(
        reference=reference,
        months=calendar,
        dossiers=dossiers,
        status=state,
        portal=_portal(dossiers, state, world, calendar),
        payments=payments(dossiers, world.limits, world.traits, calendar, _stream(PAYMENTS)),
        decisions={month.name: decisions_of(month, announcer, stream) for month in calendar},
        petitions={
            month.name: petitions(month, world.traits, reference.calendar, end_day, voices)
            for month in calendar
        },
    )


def month_slice(dossiers: Dossiers, calendar: tuple[Month, ...], month: Month) -> slice:
    """Where a month's dossiers stand among all of them."""
    first, after = np.searchsorted(dossiers.received, [month.first * DAY, (month.last + 1) * DAY])
    return slice(0 if month == calendar[0] else int(first), int(after))


def _world(reference: Reference) -> World:
    traits = unit_traits(reference.units, _stream(UNITS))
    return World(
        offers=offers(reference.units, reference.procedures, traits.size),
        limits=limits(reference.procedures),
        traits=traits,
        calendar=reference.calendar,
    )


def _drawn(world: World, divisor: int) -> Dossiers:
    rng = _stream(RECEIPTS)
    drawn = [
        follow(world, month, month_of_receipts(world, month, rng), rng)
        for month in warm_up_months(divisor) + months(divisor)
    ]
    start = months()[0].first * DAY
    everything = concatenate(drawn)
    still_open = everything.accepted & (everything.finished >= start)
    return everything.rows((everything.received >= start) | still_open)


def _fitted(drawn: Dossiers, world: World, calendar: tuple[Month, ...], divisor: int) -> Dossiers:
    names = {month.name: month for month in calendar}
    window = Window(
        first=names[calibration.WINDOW_FROM].first,
        last=names[calibration.WINDOW_TO].last,
        calendar=world.calendar,
    )
    return fit(drawn, window, calibration.Totals().scaled(divisor), _stream(FITTING))


def _portal(
    dossiers: Dossiers, state: Ints, world: World, calendar: tuple[Month, ...]
) -> dict[str, PortalRows]:
    rng = _stream(PORTAL)
    end_second = (calendar[-1].last + 1) * DAY * 60 - 1
    rows = {}
    for month in calendar:
        here = month_slice(dossiers, calendar, month)
        part = dossiers.rows(here)
        synced = synchronise(part, state[here], world.traits, month, rng)
        rows[month.name] = up_to(synced, part.received, end_second)
    return rows


def _stream(topic: int) -> np.random.Generator:
    return np.random.default_rng([SEED, topic])
