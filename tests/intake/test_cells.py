"""A cell is the same text whatever its neighbours and the type of its column."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pandas as pd
import pytest

from briefings.intake.cells import as_text, kept_where

MIDNIGHT, NOON = datetime(2025, 1, 31), datetime(2025, 1, 31, 12)


@pytest.mark.parametrize("dtype", [object, "datetime64[us]", "datetime64[ns]"])
@pytest.mark.parametrize("moments", [[MIDNIGHT], [MIDNIGHT, NOON]])
def test_a_day_has_no_clock_in_any_column(dtype: Any, moments: list[datetime]) -> None:
    texts = {MIDNIGHT: "2025-01-31", NOON: "2025-01-31 12:00:00"}
    assert list(as_text(pd.Series(moments, dtype=dtype))) == [texts[each] for each in moments]


def test_midnight_of_a_zone_is_a_moment() -> None:
    cells = pd.Series([pd.Timestamp(MIDNIGHT, tz="Asia/Ho_Chi_Minh")])
    assert list(as_text(cells)) == list(as_text(cells.astype(object)))
    assert list(as_text(cells)) == ["2025-01-31 00:00:00+07:00"]


def test_a_long_number_keeps_its_digits_beside_an_empty_cell() -> None:
    cells = pd.Series([20250131000000123, 20250131000000124, 7])
    kept = kept_where(cells, pd.Series([True, True, False]))
    assert list(as_text(kept).fillna("")) == ["20250131000000123", "20250131000000124", ""]
