"""Cells that are empty because the one above speaks for them."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import pandas as pd

from briefings.intake.cells import as_text
from briefings.intake.readers.sheets import SHEET_HEADING
from briefings.intake.readers.turned import TURN_STEP


class FillDown:
    """The columns of one file, filled down chunk by chunk.

    Rows stand below each other within their sheet, and of a turned table within their period.
    """

    def __init__(self) -> None:
        self._last: dict[tuple[str, Hashable], Any] = {}

    def fill(self, name: str, cells: pd.Series, raw: pd.DataFrame) -> pd.Series:
        """The next cells of a column: each, or the last one above that is filled."""
        filled = [self._filled(own, (name, block)) for block, own in cells.groupby(_blocks(raw))]
        return pd.concat(filled).reindex(cells.index) if filled else cells

    def _filled(self, cells: pd.Series, key: tuple[str, Hashable]) -> pd.Series:
        filled = cells.ffill()
        if key in self._last and filled.isna().any():
            filled = filled.fillna(self._last[key])
        if pd.notna(filled.iloc[-1]):
            self._last[key] = filled.iloc[-1]
        return filled


def _blocks(raw: pd.DataFrame) -> pd.Series:
    periods = pd.Series(raw.index // TURN_STEP, raw.index).astype("str")
    if SHEET_HEADING not in raw.columns:
        return periods
    return periods + "/" + as_text(raw[SHEET_HEADING])
