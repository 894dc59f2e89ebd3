"""Payments of fees: one transaction each, by method."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from briefings.demo.arrays import Bools, Floats, Ints
from briefings.demo.calibration import highest
from briefings.demo.catalogue import Limits
from briefings.demo.dossiers import Dossiers
from briefings.demo.months import PAID_ONLINE_FROM, PAID_ONLINE_TO, Month
from briefings.demo.receipts import DAY, ONLINE
from briefings.demo.traits import Traits, logit

METHODS = ("Cổng DVCQG", "Cổng thanh toán tỉnh", "Tiền mặt", "Chuyển khoản")
NATIONAL, PROVINCIAL, CASH, TRANSFER = range(4)
NATIONAL_SHARE, CASH_SHARE = 0.83, 0.71

# Not every dossier of a fee procedure leads to a payment: exemptions, and fees paid elsewhere.
PAYING_SHARE = 0.62
FILED_ONLINE_BONUS, FILED_AT_COUNTER_MALUS = 2.2, -1.2
NEXT_DAYS_SHARE, LONGEST_WAIT_MINUTES = 0.08, 2 * DAY

FEES_VND = (8_000, 10_000, 15_000, 20_000, 25_000, 30_000, 50_000, 75_000, 100_000, 150_000)
# Resolution 06/2023/NQ-HĐND: dossiers filed online pay half of the counter fee.
ONLINE_FEE_SHARE = 2


@dataclass(frozen=True)
class Payments:
    """One row per payment in order of time: `row` in the dossiers, minute, amount, method."""

    row: Ints
    minute: Ints
    amount: Ints
    method: Ints

    def paid_in(self, month: Month) -> Payments:
        """The payments of one month."""
        day = self.minute // DAY
        here = (day >= month.first) & (day <= month.last)
        return Payments(self.row[here], self.minute[here], self.amount[here], self.method[here])


def payments(
    dossiers: Dossiers,
    limits: Limits,
    traits: Traits,
    months: tuple[Month, ...],
    rng: np.random.Generator,
) -> Payments:
    """All payments within the months; each month has exactly its share of online methods."""
    row = _paying(dossiers, limits, months[0], rng)
    minute = _minutes(dossiers.received[row], months[-1], rng)
    order = np.argsort(minute, kind="stable")
    row, minute = row[order], minute[order]
    online = _paid_online(dossiers, row, minute, (traits, months), rng)
    fee = np.array(FEES_VND)[dossiers.procedure[row] * 7 % len(FEES_VND)]
    filed_online = dossiers.channel[row] == ONLINE
    amount = np.where(filed_online, fee // ONLINE_FEE_SHARE, fee)
    return Payments(row, minute, amount, _methods(online, rng))


def _paying(dossiers: Dossiers, limits: Limits, first: Month, rng: np.random.Generator) -> Ints:
    owed = dossiers.accepted & limits.fee[dossiers.procedure]
    owed &= dossiers.received // DAY >= first.first
    return np.flatnonzero(owed & (rng.random(len(dossiers)) < PAYING_SHARE))


def _minutes(received: Ints, last: Month, rng: np.random.Generator) -> Ints:
    count = len(received)
    waiting = rng.random(count) < NEXT_DAYS_SHARE
    lag = np.where(
        waiting, rng.integers(60, LONGEST_WAIT_MINUTES, count), rng.integers(1, 15, count)
    )
    return np.minimum(received + lag, (last.last + 1) * DAY - 1)


def _paid_online(
    dossiers: Dossiers,
    row: Ints,
    minute: Ints,
    setting: tuple[Traits, tuple[Month, ...]],
    rng: np.random.Generator,
) -> Bools:
    traits, months = setting
    filed_online = dossiers.channel[row] == ONLINE
    habit = logit(traits.pay)[dossiers.unit[row]]
    habit += np.where(filed_online, FILED_ONLINE_BONUS, FILED_AT_COUNTER_MALUS)
    score: Floats = habit + rng.logistic(size=len(row))
    edges = np.searchsorted(minute, [month.first * DAY for month in months] + [np.iinfo("i8").max])
    online = np.zeros(len(row), dtype=np.bool_)
    for month, start, end in zip(months, edges[:-1], edges[1:], strict=True):
        quota = round(int(end - start) * month.between(PAID_ONLINE_FROM, PAID_ONLINE_TO))
        online[start:end] = highest(score[start:end], quota)
    return online


def _methods(online: Bools, rng: np.random.Generator) -> Ints:
    draw = rng.random(len(online))
    return np.where(
        online,
        np.where(draw < NATIONAL_SHARE, NATIONAL, PROVINCIAL),
        np.where(draw < CASH_SHARE, CASH, TRANSFER),
    ).astype(np.int64)
