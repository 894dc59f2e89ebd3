"""The life of a dossier: promised day, finish, supplements and status at the end of the data."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np

from briefings.demo.arrays import Bools, Ints
from briefings.demo.months import LAST_MONTH, LATE_FROM, LATE_TO, Month
from briefings.demo.receipts import ACCEPTED, DAY, REFUSED, Receipts, World

# Finish of a dossier that is still open however far one looks.
NEVER = np.int64(2**40)

# Shape of "how much of the limit is used" for dossiers that finish early: about 70% of it, and
# more in the weeks before the departments merged on 1 March 2025.
EARLY_SHAPE = (3.4, 1.4)
EARLY_SHAPE_IN = {"2025-02": (5.0, 0.9)}
SUPPLEMENT_SHARE, SECOND_SUPPLEMENT_SHARE = 0.035, 0.06
LONGEST_WAIT = 5

# Late dossiers are mostly a few days late.
LATE_STOP_SHARE, LONGEST_DELAY = 0.35, 25

# Since autumn 2024 some work stays open: the backlog of the land offices that the press
# reported in December 2024. Shares of the dossiers received, times the unit's `late` trait.
BACKLOG_FROM = "2024-09"
STUCK_SHARE, STUCK_SHARE_SLOW = 0.0004, 0.0035

OPENING, CLOSING, DUE_MINUTE = 7 * 60 + 45, 17 * 60, 17 * 60
LAST_SAME_DAY = CLOSING - 20

PROCESSING, SUPPLEMENT, PAYMENT_DUE = 4, 5, 6
ACCEPTED_ONLY, NOT_ACCEPTED, NEW = 2, 3, 1
WITHDRAWN, STOPPED, DONE, RETURNED = 7, 8, 9, 10
FINISHED_STATUS = ((0.86, RETURNED), (0.98, DONE), (0.99, STOPPED), (1.0, WITHDRAWN))
OPEN_STATUS = ((0.84, PROCESSING), (0.94, ACCEPTED_ONLY), (1.0, PAYMENT_DUE))


@dataclass(frozen=True)
class Dossiers:
    """One row per dossier, in order of receipt. Moments are minutes since 1970, NEVER if none."""

    unit: Ints
    procedure: Ints
    channel: Ints
    kind: Ints
    received: Ints
    due: Ints
    finished: Ints
    supplements: Ints
    waiting: Ints

    def __len__(self) -> int:
        return len(self.unit)

    def rows(self, chosen: Bools | slice) -> Dossiers:
        """The chosen rows."""
        return Dossiers(**{part.name: getattr(self, part.name)[chosen] for part in fields(self)})

    def with_finish(self, rows: Ints, day: Ints) -> Dossiers:
        """The same dossiers, these rows finished on other days at the same time of day."""
        finished = self.finished.copy()
        minute = np.where(finished[rows] == NEVER, OPENING, finished[rows] % DAY)
        finished[rows] = day * DAY + minute
        return replace(self, finished=finished)

    @property
    def accepted(self) -> Bools:
        """Whether the dossier counts as received."""
        accepted: Bools = self.kind == ACCEPTED
        return accepted

    @property
    def late(self) -> Bools:
        """Whether the dossier finishes after its promised day, or never."""
        late: Bools = self.finished // DAY > self.due // DAY
        return late


def follow(world: World, month: Month, receipts: Receipts, rng: np.random.Generator) -> Dossiers:
    """What becomes of a month's receipts."""
    accepted = receipts.kind == ACCEPTED
    supplements, waiting = _supplements(len(accepted), rng)
    limit = world.limits.days[receipts.procedure] + waiting
    next_day = world.calendar.after(receipts.day)
    taken = _days_taken(world, month, receipts, limit, rng)
    finished_day = world.calendar.at(next_day + taken - 1)
    same_day = taken == 0
    finished = np.where(
        same_day, _later_today(receipts.minute, rng), finished_day * DAY + _any_time(limit, rng)
    )
    stuck = _stuck(world, month, receipts, rng)
    due = world.calendar.at(next_day + limit - 1) * DAY + DUE_MINUTE
    return Dossiers(
        unit=receipts.unit,
        procedure=receipts.procedure,
        channel=receipts.channel,
        kind=receipts.kind,
        received=receipts.minute,
        due=np.where(accepted, due, NEVER),
        finished=np.where(accepted & ~stuck, finished, NEVER),
        supplements=np.where(accepted, supplements, 0),
        waiting=np.where(accepted, waiting, 0),
    )


def concatenate(parts: list[Dossiers]) -> Dossiers:
    """All rows of several months, in their order."""
    columns = [part.name for part in fields(Dossiers)]
    return Dossiers(**{c: np.concatenate([getattr(part, c) for part in parts]) for c in columns})


def status(dossiers: Dossiers, end_minute: int, rng: np.random.Generator) -> Ints:
    """Portal status 1 to 10 as of the end of the data."""
    draw = rng.random(len(dossiers))
    ended = _pick(draw, FINISHED_STATUS)
    asked = (dossiers.supplements > 0) & (draw < 0.7)
    still_open = np.where(asked, SUPPLEMENT, _pick(draw, OPEN_STATUS))
    state = np.where(dossiers.finished <= end_minute, ended, still_open)
    refused = np.where(dossiers.kind == REFUSED, NOT_ACCEPTED, NEW)
    return np.where(dossiers.accepted, state, refused).astype(np.int64)


def _supplements(count: int, rng: np.random.Generator) -> tuple[Ints, Ints]:
    first = rng.random(count) < SUPPLEMENT_SHARE
    second = first & (rng.random(count) < SECOND_SUPPLEMENT_SHARE)
    waiting = np.where(first, rng.integers(1, LONGEST_WAIT + 1, count), 0)
    requests: Ints = first.astype(np.int64) + second
    return requests, waiting


def _days_taken(
    world: World, month: Month, receipts: Receipts, limit: Ints, rng: np.random.Generator
) -> Ints:
    """Working days from receipt to finish; 0 is the same day, the limit itself is the due day."""
    count = len(limit)
    used = rng.beta(*EARLY_SHAPE_IN.get(month.name, EARLY_SHAPE), count)
    early = np.minimum((limit * used).astype(np.int64), limit - 1)
    on_due_day = rng.random(count) < world.traits.due_day[receipts.unit]
    too_late_today = receipts.minute % DAY > LAST_SAME_DAY
    tomorrow = too_late_today | ~world.calendar.worked(receipts.day)
    in_time = np.maximum(np.where(on_due_day, limit, early), tomorrow.astype(np.int64))
    share = month.between(LATE_FROM, LATE_TO) * world.traits.late[receipts.unit]
    delay = np.minimum(rng.geometric(LATE_STOP_SHARE, count), LONGEST_DELAY)
    return np.where(rng.random(count) < share, limit + delay, in_time)


def _stuck(world: World, month: Month, receipts: Receipts, rng: np.random.Generator) -> Bools:
    draw = rng.random(len(receipts.unit))
    if not BACKLOG_FROM <= month.name <= LAST_MONTH:
        return np.zeros(len(draw), dtype=np.bool_)
    slow = world.limits.slow[receipts.procedure]
    share = np.where(slow, STUCK_SHARE_SLOW, STUCK_SHARE) * world.traits.late[receipts.unit]
    stuck: Bools = draw < share
    return stuck


def _later_today(minute: Ints, rng: np.random.Generator) -> Ints:
    midnight = minute // DAY * DAY
    start = np.maximum(minute, midnight + OPENING)
    left = np.maximum(midnight + CLOSING - start, 1)
    return start + (left * rng.random(len(minute))).astype(np.int64)


def _any_time(like: Ints, rng: np.random.Generator) -> Ints:
    return rng.integers(OPENING, CLOSING, len(like), dtype=np.int64)


def _pick(draw: np.ndarray, choices: tuple[tuple[float, int], ...]) -> Ints:
    edges, values = zip(*choices, strict=True)
    return np.array(values, dtype=np.int64)[np.searchsorted(edges[:-1], draw, side="right")]
