"""Some cells from all over a column, which tell what the column is."""

from __future__ import annotations

import pandas as pd

from briefings.intake.cells import cell_text

# So many cells, and less than twice as many, of a column that has them. Our own convention.
LEAST_CELLS = 2_000


class Sample:
    """Every n-th filled cell of a column as text, whatever chunks it comes in.

    `n` is 1 up to twice LEAST_CELLS cells, and doubles from there on. Days and yes or no are no
    texts and leave it empty.
    """

    def __init__(self, cells: pd.Series | None = None) -> None:
        self.texts: list[str] = []
        self._seen, self._step = 0, 1
        if cells is not None:
            self.add(cells)

    def add(self, cells: pd.Series) -> None:
        """The next cells of the column."""
        if pd.api.types.is_datetime64_any_dtype(cells) or pd.api.types.is_bool_dtype(cells):
            return
        filled = cells.dropna()
        while self._seen + len(filled) >= 2 * LEAST_CELLS * self._step:
            self.texts, self._step = self.texts[::2], 2 * self._step
        chosen = filled.iloc[-self._seen % self._step :: self._step]
        self.texts += map(cell_text, chosen)
        self._seen += len(filled)
