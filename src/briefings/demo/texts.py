"""Whole columns of text without a loop per row: parts are looked up in small tables and joined."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from briefings.demo.arrays import Bools, Ints
from briefings.demo.receipts import DAY
from briefings.demo.workdays import FIRST_DAY, LAST_DAY, day_number, day_of

VIETNAMESE_DAY, SHORT_DAY, ISO_DAY = "%d/%m/%Y", "%y%m%d", "%Y-%m-%d"

Text = Any  # a pyarrow string array; pyarrow ships no types


def look_up(table: Sequence[str], index: Ints, missing: Bools | None = None) -> Text:
    """The table's entries at these positions; null where missing."""
    return pa.array(table, pa.string()).take(pa.array(index, mask=missing))


def join(*parts: Text, by: str) -> Text:
    """Row by row, the parts with a separator; null where a part is null."""
    return pc.binary_join_element_wise(*parts, by)


def days(day: Ints, pattern: str, missing: Bools | None = None) -> Text:
    """Day numbers as text; null where missing."""
    known = day if missing is None else np.where(missing, day_number(FIRST_DAY), day)
    return look_up(_days(pattern), known - day_number(FIRST_DAY), missing)


def minutes(minute: Ints, pattern: str, missing: Bools | None = None) -> Text:
    """Minutes since 1970 as a day in this pattern and HH:MM; null where missing."""
    return join(days(minute // DAY, pattern, missing), look_up(_clock(), minute % DAY), by=" ")


def numbers(number: Ints, width: int) -> Text:
    """Numbers with leading zeros."""
    return look_up([f"{n:0{width}d}" for n in range(int(number.max(initial=0)) + 1)], number)


def running_number(group: Ints) -> Ints:
    """1, 2, 3 … within each run of equal, ascending values."""
    first = np.searchsorted(group, group, side="left")
    running: Ints = np.arange(1, len(group) + 1, dtype=np.int64) - first
    return running


@cache
def _days(pattern: str) -> tuple[str, ...]:
    span = range(day_number(FIRST_DAY), day_number(LAST_DAY) + 1)
    return tuple(day_of(number).strftime(pattern) for number in span)


@cache
def _clock() -> tuple[str, ...]:
    return tuple(f"{minute // 60:02d}:{minute % 60:02d}" for minute in range(DAY))
