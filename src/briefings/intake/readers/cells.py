"""Cells as all formats give them: text composed and trimmed, what is empty missing."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from briefings.intake.cells import as_text, cell_text
from briefings.intake.readers.faults import CellFault


class Cleaning:
    """Makes columns of cells; `empty` says what stands for an empty cell, whatever its type."""

    def __init__(self, empty: Sequence[str] = ()) -> None:
        self._empty = {"", *map(_composed, empty)}
        self._is_usual = len(self._empty) == 1
        self._empty_array = pa.array(sorted(self._empty), pa.large_string())

    def texts(self, cells: Sequence[str | None], index: pd.Index[Any]) -> pd.Series[Any]:
        """A column of text. Through Arrow: pandas would call Python once per cell."""
        return self.arrow_text(pa.array(cells, pa.large_string()), index)

    def arrow_text(self, cells: pa.Array, index: pd.Index[Any]) -> pd.Series[Any]:
        """The same from an Arrow array of strings."""
        trimmed = pc.utf8_trim_whitespace(pc.utf8_normalize(cells, form="NFC"))
        is_empty = pc.is_in(trimmed, value_set=self._empty_array.cast(trimmed.type))
        kept = pc.if_else(is_empty, pa.scalar(None, trimmed.type), trimmed)
        return pd.Series(kept.to_pandas().array, index=index, dtype="str")

    def objects(self, cells: Sequence[Any], index: pd.Index[Any]) -> pd.Series[Any]:
        """A column of cells that keep their types; a whole decimal is an integer."""
        return pd.Series([self._cell(cell) for cell in cells], index, dtype=object)

    def typed(self, cells: pd.Series[Any]) -> pd.Series[Any]:
        """A column of one type, numbers or days, with its own gaps."""
        return cells if self._is_usual else cells.mask(as_text(cells).isin(self._empty))

    def _cell(self, cell: Any) -> Any:
        if isinstance(cell, str):
            text = _composed(cell)
            return None if text in self._empty else text
        if isinstance(cell, CellFault):
            return None if cell.code and cell.code in self._empty else cell
        if isinstance(cell, Decimal) and cell.is_finite() and cell == cell.to_integral_value():
            cell = int(cell)
        is_empty = not self._is_usual and cell is not None and cell_text(cell) in self._empty
        return None if is_empty else cell


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip()
