"""Numbers of cells: as a file types them, plainly written, or as a profile says."""

from __future__ import annotations

import pandas as pd

from briefings.intake.cells import are_numbers, as_text
from briefings.intake.written_numbers import NumberReading, read_numbers

# 150.000 may be 150 thousand; nine digits behind a zero are a phone or an ID number.
WHOLE_NUMBER = r"-?(?:0[0-9]{0,8}|[1-9][0-9]*)(?:\.0)?"
# So may 1.500 be, which is why three decimals alone need a profile that says what they are.
DECIMAL_NUMBER = r"[-+]?(?:[0-9]+|[0-9]*\.(?:[0-9]{1,2}|[0-9]{4,})|0?\.[0-9]+|[0-9]{4,}\.[0-9]+)"
NOT_A_NUMBER, NOT_WHOLE = "not a number", "not a whole number"


def decimal_numbers(cells: pd.Series, reading: NumberReading | None) -> pd.Series:
    """The numbers of cells, written plainly or as `reading` says; none where it is not one."""
    return _numbers(cells, reading, DECIMAL_NUMBER)


def whole_numbers(cells: pd.Series, reading: NumberReading | None) -> pd.Series:
    """The same of whole numbers."""
    numbers = _numbers(cells, reading, WHOLE_NUMBER)
    return numbers.where(numbers % 1 == 0)


def _numbers(cells: pd.Series, reading: NumberReading | None, plainly: str) -> pd.Series:
    if reading is not None:
        return read_numbers(cells, reading)
    plain = are_numbers(cells) | as_text(cells).str.fullmatch(plainly, na=True)
    cells = cells.where(plain.astype(bool))
    return pd.to_numeric(cells, errors="coerce").astype("Float64")
