"""The published totals that the demonstration reproduces, and the exact quotas that do it.

Source of every constant: Lao Động English edition, id 1473433 (2025), "first 2 months of 2025".
Reading "received" as Form II.06a column 3 (carried over + received in the period), and the window
as 1 January to 28 February, are assumptions: the article states neither.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from briefings.demo.arrays import Bools, Floats, Ints

WINDOW_FROM = "2025-01"
WINDOW_TO = "2025-02"

DECISIONS = 19
PROCEDURES_NEW = 42
PROCEDURES_AMENDED = 129
PROCEDURES_ABOLISHED = 20

RECEIVED_TOTAL = 143_269
PROCESSED = 127_110
PROCESSED_ON_TIME = 126_920

# Published as "over 76%": any share from 0.76 to below 0.77 would do.
SYNC_SHARE = 0.764
# Published as 57.1% of payment transactions.
ONLINE_PAYMENT_SHARE = 0.571


@dataclass(frozen=True)
class Totals:
    """Dossier totals of the window, unit: dossiers; smaller ones drive quick tests."""

    received_total: int = RECEIVED_TOTAL
    processed: int = PROCESSED
    late: int = PROCESSED - PROCESSED_ON_TIME

    @property
    def pending(self) -> int:
        """Dossiers still open at the end of the window."""
        return self.received_total - self.processed

    def scaled(self, divisor: int) -> Totals:
        """The same picture at 1/divisor of the size, with at least one late dossier."""
        return replace(
            self,
            received_total=self.received_total // divisor,
            processed=self.processed // divisor,
            late=max(1, self.late // divisor),
        )


def highest(score: Floats, count: int) -> Bools:
    """True for exactly `count` rows, those with the highest score; ties go to the earlier row."""
    chosen = np.zeros(len(score), dtype=np.bool_)
    chosen[np.argsort(-score, kind="stable")[:count]] = True
    return chosen


def some(candidates: Bools, count: int, rng: np.random.Generator) -> Ints:
    """The positions of exactly `count` randomly chosen candidates, in ascending order."""
    positions = np.flatnonzero(candidates)
    if len(positions) < count:
        raise ValueError(f"calibration needs {count} candidates and found {len(positions)}")
    picked: Ints = np.sort(rng.permutation(positions)[:count])
    return picked
