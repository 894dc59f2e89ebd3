"""What a row must be like: a few tests of its cells, written as data."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from briefings.errors import SettingsError
from briefings.intake import stated
from briefings.intake.cell_numbers import NOT_A_NUMBER, decimal_numbers
from briefings.intake.cells import as_text, matching
from briefings.intake.readers import one_line
from briefings.intake.written_numbers import NumberReading

FILLED, EMPTY = "filled", "empty"
COMPARISONS: dict[str, Callable[[pd.Series, float], pd.Series]] = {
    "more_than": lambda numbers, bound: numbers > bound,
    "at_least": lambda numbers, bound: numbers >= bound,
    "less_than": lambda numbers, bound: numbers < bound,
    "at_most": lambda numbers, bound: numbers <= bound,
}
BOUND = re.compile(r"[-+]?[0-9]+(\.[0-9]+)?")
TEXT_TESTS = ("is", "not", "starts_with", "contains", "matches")
TESTS = (*TEXT_TESTS, *COMPARISONS)


@dataclass(frozen=True)
class CellTest:
    """One test of the cells under a heading: `kind` is `filled`, `empty` or one of TESTS.

    `number` says how the numbers are written that are compared.
    """

    heading: str
    kind: str
    values: tuple[str, ...] = ()
    number: NumberReading | None = None

    def holds(self, raw: pd.DataFrame) -> pd.Series:
        """Whether each row passes; an empty cell passes `empty` and `not` only."""
        cells = raw[self.heading]
        if self.kind in (FILLED, EMPTY):
            return cells.notna() if self.kind == FILLED else cells.isna()
        text = as_text(cells)
        if self.kind in ("is", "not"):
            among = text.isin(self.values)
            return among if self.kind == "is" else ~among
        if self.kind in COMPARISONS:
            numbers = decimal_numbers(cells, self.number)
            return COMPARISONS[self.kind](numbers, float(self.values[0])).fillna(False).astype(bool)
        return self._found(text).fillna(False).astype(bool)

    def uncomparable(self, raw: pd.DataFrame) -> pd.Series:
        """The cells, as text, that are to be compared as numbers and are filled with none."""
        if self.kind not in COMPARISONS or self.heading not in raw.columns:
            return pd.Series(dtype="str")
        cells = raw[self.heading]
        return as_text(cells[cells.notna() & decimal_numbers(cells, self.number).isna()])

    def _found(self, text: pd.Series) -> pd.Series:
        if self.kind == "matches":
            return matching(text, self.values[0])
        if self.kind == "starts_with":
            return text.str.startswith(self.values, na=False)
        found = pd.Series(False, index=text.index)
        for value in self.values:
            found |= text.str.contains(value, regex=False, na=False).astype(bool)
        return found


Condition = tuple[CellTest, ...]


def holds(condition: Condition, raw: pd.DataFrame) -> pd.Series:
    """Whether each row passes every test."""
    passed = pd.Series(True, index=raw.index)
    for test in condition:
        passed &= test.holds(raw)
    return passed


def comparison_faults(conditions: Iterable[Condition], raw: pd.DataFrame) -> pd.DataFrame:
    """The cells that a condition compares as numbers and that are none.

    Whether their rows meet it nobody knows. Grain: one cell; columns: row, column (its heading),
    value, reason.
    """
    found = [pd.DataFrame(columns=["row", "column", "value", "reason"])]
    for test in dict.fromkeys(test for condition in conditions for test in condition):
        cells = test.uncomparable(raw)
        about = {"row": cells.index, "column": test.heading, "value": cells.array}
        found.append(pd.DataFrame(about).assign(reason=NOT_A_NUMBER))
    return pd.concat(found, ignore_index=True).drop_duplicates(["row", "column"])


def parse_condition(where: str, value: Any, number: NumberReading | None = None) -> Condition:
    """Tests by heading; SettingsError for one that is not known."""
    tests = stated.mapping(where, value)
    if not tests:
        raise SettingsError(f"{where}: a condition needs at least one heading.")
    return tuple(
        replace(_test(f"{where}.{head}", one_line(head), test), number=number)
        for head, test in tests.items()
    )


def _test(where: str, heading: str, value: Any) -> CellTest:
    if value in (FILLED, EMPTY):
        return CellTest(heading, value)
    if not isinstance(value, dict):
        return CellTest(heading, "is", _values(where, value))
    parts = stated.mapping(where, value, TESTS)
    if len(parts) != 1:
        raise SettingsError(f"{where}: expected one of {', '.join(TESTS)}.")
    ((kind, wanted),) = parts.items()
    if kind == "matches":
        return CellTest(heading, kind, (stated.pattern(where, wanted),))
    values = _values(where, wanted)
    if kind in COMPARISONS:
        _refuse_no_number(where, values)
    return CellTest(heading, kind, values)


def _values(where: str, value: Any) -> tuple[str, ...]:
    values = stated.value_texts(where, value)
    if not values or "" in values:
        raise SettingsError(
            f"{where}: expected a value or a list of them.", "An empty cell is tested with `empty`."
        )
    return values


def _refuse_no_number(where: str, values: tuple[str, ...]) -> None:
    if len(values) != 1 or not BOUND.fullmatch(values[0]):
        raise SettingsError(f"{where}: expected one number, written as 1500 or 0.5.")
