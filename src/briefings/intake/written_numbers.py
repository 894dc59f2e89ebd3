"""Numbers as sources write them: decimal signs, thousands, percent, currencies."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pandas as pd

from briefings.errors import SettingsError
from briefings.intake import stated
from briefings.intake.cells import are_numbers, as_text

NUMBER_KEYS = ("decimal", "thousands", "grouping", "percent", "without")
SIGNS = (",", ".", " ", "'", "’", "_")
# The digits between signs of thousands: 1,234,567 and, as in India, 12,34,567.
GROUPINGS = {
    "threes": "[1-9][0-9]{{0,2}}(?:{sign}[0-9]{{3}})+",
    "indian": "[1-9][0-9]?(?:{sign}[0-9]{{2}})*{sign}[0-9]{{3}}",
}
# What a number begins or ends with; the dash of a price, as in 150,-, is none of it.
PART_OF_NUMBER = re.compile(r"[-+−–0-9].*|.*[^-+−–.,][-+−–]+|[.,](?:[0-9].*)?")


@dataclass(frozen=True)
class NumberReading:
    """How a column writes its numbers.

    `thousands` is the sign between groups of digits, empty if none is allowed, and `grouping` a
    word of GROUPINGS. `percent`: a written 87.5 is the share 0.875. `without` are texts around the
    number, such as a currency.
    """

    decimal: str = "."
    thousands: str = ""
    grouping: str = "threes"
    percent: bool = False
    without: tuple[str, ...] = ()


def parse_numbers(where: str, value: Any) -> NumberReading:
    """How numbers are written; SettingsError where one sign would mean two things."""
    parts = stated.mapping(where, value, NUMBER_KEYS)
    decimal = stated.word(f"{where}.decimal", parts.get("decimal", "."), (".", ","))
    thousands = parts.get("thousands", "")
    if thousands:
        stated.word(f"{where}.thousands", thousands, SIGNS)
    if thousands == decimal:
        raise SettingsError(f"{where}: decimal and thousands are the same sign.")
    if "grouping" in parts and not thousands:
        raise SettingsError(f"{where}: `grouping` belongs to `thousands`.")
    return NumberReading(
        decimal=decimal,
        thousands=thousands,
        grouping=stated.word(f"{where}.grouping", parts.get("grouping", "threes"), [*GROUPINGS]),
        percent=stated.flag(f"{where}.percent", parts.get("percent", False)),
        without=_around(f"{where}.without", parts["without"]) if "without" in parts else (),
    )


def _around(where: str, value: Any) -> tuple[str, ...]:
    """Texts around a number; SettingsError for one without which it would be another number."""
    texts = stated.texts(where, value)
    for text in texts:
        if PART_OF_NUMBER.fullmatch(text.strip()):
            raise SettingsError(
                f"{where}: {stated.shown(text)} may be part of a number.",
                "A text that means an empty cell belongs to `empty` of the layout.",
            )
    return texts


def read_numbers(cells: pd.Series, reading: NumberReading) -> pd.Series:
    """The numbers as Float64; missing where a cell is none. Typed cells stand as they are.

    Text that does not keep to the stated signs is no number: 150.000 is 150 thousand only where
    the profile says so, and a fault otherwise.
    """
    typed = are_numbers(cells)
    numbers = _from_text(as_text(cells.mask(typed)), reading)
    return numbers.fillna(pd.to_numeric(cells.where(typed), errors="coerce").astype("Float64"))


def _from_text(text: pd.Series, reading: NumberReading) -> pd.Series:
    for around in (*reading.without, *(["%"] if reading.percent else [])):
        text = text.str.removeprefix(around).str.removesuffix(around).str.strip()
    if reading.thousands == " ":
        text = text.str.replace("[\u00a0\u202f]", " ", regex=True)
    text = text.where(text.str.fullmatch(_pattern(reading), na=False))
    if reading.thousands:
        text = text.str.replace(reading.thousands, "", regex=False)
    text = text.str.replace(reading.decimal, ".", regex=False)
    numbers = pd.to_numeric(text, errors="coerce").astype("Float64")
    return numbers / 100 if reading.percent else numbers


def _pattern(reading: NumberReading) -> str:
    decimals = f"(?:{re.escape(reading.decimal)}[0-9]+)?"
    if not reading.thousands:
        return f"[-+]?[0-9]+{decimals}"
    groups = GROUPINGS[reading.grouping].format(sign=re.escape(reading.thousands))
    return f"[-+]?(?:[0-9]+|{groups}){decimals}"
