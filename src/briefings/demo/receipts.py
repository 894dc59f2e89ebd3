"""When and how dossiers arrive: one month of receipts in order of time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from briefings.demo.arrays import Bools, Floats, Ints
from briefings.demo.calibration import highest
from briefings.demo.catalogue import Limits, Offers
from briefings.demo.months import ONLINE_FROM, ONLINE_TO, Month
from briefings.demo.traits import Traits, logit
from briefings.demo.workdays import WorkDays

ONLINE, COUNTER, POSTAL = 0, 1, 2
ACCEPTED, REFUSED, REGISTERED = 0, 1, 2

POSTAL_SHARE = 0.015
OFF_DAY_SHARE = 0.025
EVENING_SHARE = 0.12

# Extra rows on top of the accepted ones; they never count as received.
REFUSED_SHARE = 0.003
REGISTERED_SHARE = 0.0004

# Monday is busiest; numbers are relative.
WEEKDAY_WEIGHT = np.array([1.18, 1.05, 1.0, 0.96, 0.92, 0.9, 0.9])

DAY = 1440
MORNING, MORNING_MINUTES = 7 * 60 + 30, 240
AFTERNOON, AFTERNOON_MINUTES = 13 * 60 + 30, 195
EARLIEST_ONLINE, ONLINE_MINUTES = 6 * 60, 1000


@dataclass(frozen=True)
class Receipts:
    """One row per dossier, in order of receipt: positions in the reference, minute, channel.

    `minute` counts from 1 January 1970; `kind` is ACCEPTED, REFUSED or REGISTERED.
    """

    unit: Ints
    procedure: Ints
    minute: Ints
    channel: Ints
    kind: Ints

    @property
    def day(self) -> Ints:
        """Day number of the receipt."""
        return self.minute // DAY


@dataclass(frozen=True)
class World:
    """What every month is drawn from."""

    offers: Offers
    limits: Limits
    traits: Traits
    calendar: WorkDays


def month_of_receipts(world: World, month: Month, rng: np.random.Generator) -> Receipts:
    """The accepted dossiers of a month plus the few refused or only registered ones."""
    kind = _kinds(month.received, rng)
    offer = world.offers.draw(len(kind), rng)
    unit, procedure = world.offers.unit[offer], world.offers.procedure[offer]
    channel = _channels(world, month, (unit, procedure, kind), rng)
    online = channel == ONLINE
    day = _days(world.calendar, month, online, rng)
    minute = day * DAY + _minutes(online, rng)
    order = np.argsort(minute, kind="stable")
    return Receipts(unit[order], procedure[order], minute[order], channel[order], kind[order])


def _kinds(received: int, rng: np.random.Generator) -> Ints:
    extras = [(REFUSED, REFUSED_SHARE), (REGISTERED, REGISTERED_SHARE)]
    parts = [np.full(received, ACCEPTED)]
    parts += [np.full(round(received * share), kind) for kind, share in extras]
    shuffled: Ints = rng.permutation(np.concatenate(parts))
    return shuffled


def _channels(
    world: World, month: Month, drawn: tuple[Ints, Ints, Ints], rng: np.random.Generator
) -> Ints:
    unit, procedure, kind = drawn
    habit = logit(world.traits.online)[unit] + world.limits.online[procedure]
    score: Floats = habit + rng.logistic(size=len(unit))
    # Exactly the month's share of the accepted ones; the others follow the same habit.
    accepted = kind == ACCEPTED
    quota = round(month.received * month.between(ONLINE_FROM, ONLINE_TO))
    online = highest(np.where(accepted, score, -np.inf), quota) | (~accepted & (score > 0))
    postal = rng.random(len(unit)) < POSTAL_SHARE
    return np.where(online, ONLINE, np.where(postal, POSTAL, COUNTER)).astype(np.int64)


def _days(calendar: WorkDays, month: Month, online: Bools, rng: np.random.Generator) -> Ints:
    everyday = np.arange(month.first, month.last + 1, dtype=np.int64)
    worked = calendar.worked(everyday)
    day = _weighted(everyday[worked], len(online), rng)
    away = online & (rng.random(len(online)) < OFF_DAY_SHARE)
    return np.where(away, _weighted(everyday[~worked], len(online), rng), day)


def _weighted(days: Ints, count: int, rng: np.random.Generator) -> Ints:
    weekday = (days + 3) % 7  # 1 January 1970 was a Thursday
    edges = np.cumsum(WEEKDAY_WEIGHT[weekday])
    position: Ints = np.searchsorted(edges, rng.random(count) * edges[-1], side="right")
    return days[position]


def _minutes(online: Bools, rng: np.random.Generator) -> Ints:
    count = len(online)
    morning = rng.random(count) < MORNING_MINUTES / (MORNING_MINUTES + AFTERNOON_MINUTES)
    office = np.where(
        morning,
        MORNING + rng.integers(0, MORNING_MINUTES, count),
        AFTERNOON + rng.integers(0, AFTERNOON_MINUTES, count),
    )
    any_time = EARLIEST_ONLINE + rng.integers(0, ONLINE_MINUTES, count)
    evening = online & (rng.random(count) < EVENING_SHARE)
    return np.where(evening, any_time, office).astype(np.int64)
