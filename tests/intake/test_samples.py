from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.intake.samples import LEAST_CELLS, Sample


@pytest.mark.parametrize(
    ("cells", "step", "chosen"),
    [
        (0, 1, 0),
        (2 * LEAST_CELLS - 1, 1, 2 * LEAST_CELLS - 1),
        (2 * LEAST_CELLS, 2, LEAST_CELLS),
        (7 * LEAST_CELLS, 4, 7 * LEAST_CELLS // 4),
    ],
)
def test_cells_are_chosen_from_all_over_a_column(cells: int, step: int, chosen: int) -> None:
    texts = Sample(pd.Series(range(cells), dtype="str")).texts
    assert texts == [str(number) for number in range(0, cells, step)]
    assert len(texts) == chosen


@pytest.mark.slow
@given(st.integers(0, 9_000), st.lists(st.integers(1, 5_000), min_size=1, max_size=9))
def test_the_choice_does_not_depend_on_the_chunks(cells: int, sizes: list[int]) -> None:
    column = pd.Series([n if n % 3 else None for n in range(cells)], dtype="Int64")
    sample, start = Sample(), 0
    while start < cells:
        for size in sizes:
            sample.add(column.iloc[start : start + size])
            start += size
    assert sample.texts == Sample(column).texts


def test_days_are_no_texts() -> None:
    assert Sample(pd.Series(pd.to_datetime(["2025-01-01"]))).texts == []
