"""Which dossiers reached the National Public Service Portal, and when."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from briefings.demo.arrays import Floats, Ints
from briefings.demo.calibration import highest
from briefings.demo.dossiers import PROCESSING, Dossiers
from briefings.demo.months import SYNC_FROM, SYNC_TO, Month
from briefings.demo.traits import Traits, logit

# Most dossiers follow within hours; some wait for a nightly or weekly repair run.
HOURS, SLOW_HOURS, SLOW_SHARE = 3.0, 70.0, 0.05
# The portal sometimes still shows an older status than the province.
OUTDATED_SHARE = 0.03


@dataclass(frozen=True)
class PortalRows:
    """One row per synchronised dossier: `row` in the dossiers, `second` since 1970, status."""

    row: Ints
    second: Ints
    status: Ints


def synchronise(
    dossiers: Dossiers,
    state: Ints,
    traits: Traits,
    month: Month,
    rng: np.random.Generator,
) -> PortalRows:
    """The synchronised ones among one month's dossiers: exactly the month's share of them."""
    score: Floats = logit(traits.sync)[dossiers.unit] + rng.logistic(size=len(dossiers))
    quota = round(int(dossiers.accepted.sum()) * month.between(SYNC_FROM, SYNC_TO))
    row = np.flatnonzero(highest(np.where(dossiers.accepted, score, -np.inf), quota))
    outdated = rng.random(len(row)) < OUTDATED_SHARE
    return PortalRows(
        row=row,
        second=dossiers.received[row] * 60 + _lag(len(row), rng),
        status=np.where(outdated, PROCESSING, state[row]),
    )


def up_to(rows: PortalRows, received: Ints, end_second: int) -> PortalRows:
    """The same rows; moments after the end of the data are drawn back before it."""
    start = received[rows.row] * 60
    left = end_second - start
    lag = np.where(rows.second > end_second, (rows.second - start) % left, rows.second - start)
    return PortalRows(rows.row, start + lag, rows.status)


def _lag(count: int, rng: np.random.Generator) -> Ints:
    hours = np.where(rng.random(count) < SLOW_SHARE, SLOW_HOURS, HOURS)
    seconds: Ints = (rng.exponential(hours) * 3600).astype(np.int64) + 60
    return seconds
