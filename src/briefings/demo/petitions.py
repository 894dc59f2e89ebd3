"""Feedback and petitions (phản ánh, kiến nghị) on how procedures are handled."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from briefings.demo.arrays import Bools, Floats, Ints
from briefings.demo.months import Month
from briefings.demo.traits import Traits
from briefings.demo.workdays import WorkDays

CATEGORIES = ("Chậm trễ", "Nhũng nhiễu, phiền hà", "Thái độ", "Quy định hành chính", "Khác")
CATEGORY_SHARES = (0.46, 0.06, 0.14, 0.20, 0.14)
OUTCOMES = ("Hài lòng", "Không hài lòng", "Chưa đánh giá")
OUTCOME_SHARES = (0.52, 0.11, 0.37)
UNRATED = 2

PER_MONTH = (40, 80)
# Answers are due 15 working days after receipt.
ANSWER_LIMIT, LONGEST_ANSWER = 15, 24
ANSWERED_LATE_SHARE, FORGOTTEN_SHARE = 0.05, 0.01


@dataclass(frozen=True)
class Petitions:
    """One row per petition in order of receipt; `answered` counts only where `open` is false."""

    unit: Ints
    received: Ints
    category: Ints
    due: Ints
    answered: Ints
    open: Bools
    outcome: Ints


def petitions(
    month: Month, traits: Traits, calendar: WorkDays, end_day: int, rng: np.random.Generator
) -> Petitions:
    """A month's petitions, as they stand on the last day of the data."""
    count = int(rng.integers(*PER_MONTH, endpoint=True))
    received = np.sort(rng.integers(month.first, month.last + 1, count, dtype=np.int64))
    answered = calendar.add(received, _days_taken(count, rng))
    still_open = (answered > end_day) | (rng.random(count) < FORGOTTEN_SHARE)
    rated = rng.choice(len(OUTCOMES), count, p=OUTCOME_SHARES)
    return Petitions(
        unit=rng.choice(len(traits.size), count, p=_exposure(traits)),
        received=received,
        category=rng.choice(len(CATEGORIES), count, p=CATEGORY_SHARES),
        due=calendar.add(received, ANSWER_LIMIT),
        answered=answered,
        open=still_open,
        outcome=np.where(still_open, UNRATED, rated),
    )


def _exposure(traits: Traits) -> Floats:
    exposure = traits.size * (0.3 + traits.late)
    share: Floats = exposure / exposure.sum()
    return share


def _days_taken(count: int, rng: np.random.Generator) -> Ints:
    late = rng.random(count) < ANSWERED_LATE_SHARE
    in_time = rng.integers(2, ANSWER_LIMIT + 1, count)
    too_late = rng.integers(ANSWER_LIMIT + 1, LONGEST_ANSWER + 1, count)
    return np.where(late, too_late, in_time).astype(np.int64)
