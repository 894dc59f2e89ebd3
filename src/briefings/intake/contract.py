"""What a contract is: columns, types, allowed values and rules between columns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import pandas as pd
import pandera.pandas as pa

from briefings.periods import FIRST_YEAR, LAST_YEAR

Kind = Literal["text", "day", "moment", "whole", "number", "flag"]
DTYPES: dict[Kind, str] = {
    "text": "str",
    "day": "datetime64[us]",
    "moment": "datetime64[us]",
    "whole": "Int64",
    "number": "Float64",
    "flag": "boolean",
}
DAYS = ("day", "moment")
WHOLE = range(10**15)
# Times and days, not amounts: what has more digits is something else, such as an ID number.
COUNT = range(10**5)
LONGEST_TEXT = 2_000
FIRST_DAY = pd.Timestamp(FIRST_YEAR, 1, 1)
LAST_DAY = pd.Timestamp(LAST_YEAR, 12, 31, 23, 59, 59)

Rule = Callable[[pd.DataFrame], "pd.Series[bool]"]


@dataclass(frozen=True)
class Column:
    """One column: its kind, whether it may be empty, and its allowed values if they are few.

    In `free_text` personal data are masked; any other open text is a code, see `is_code`.
    """

    name: str
    kind: Kind = "text"
    required: bool = False
    values: tuple[str, ...] | range | None = None
    refers_to_unit: bool = False
    free_text: bool = False

    @property
    def is_code(self) -> bool:
        """Whether it is text that names a thing and has no list: never masked, but refused."""
        is_open = self.kind == "text" and self.values is None and not self.refers_to_unit
        return is_open and not self.free_text

    def schema(self) -> pa.Column:
        """The pandera column; check names are the reasons printed for a quarantined row."""
        checks = []
        if isinstance(self.values, tuple):
            checks.append(pa.Check.isin(self.values, error="value outside the code list"))
        elif self.values is not None:
            low, high = self.values.start, self.values.stop - 1
            checks.append(pa.Check.in_range(low, high, error=f"number outside {low} to {high}"))
        elif self.kind == "number":
            checks.append(pa.Check.ge(0, error="number below 0"))
        elif self.kind == "text":
            checks.append(pa.Check.str_length(max_value=LONGEST_TEXT, error="text too long"))
        if self.kind in DAYS:
            checks.append(pa.Check.in_range(FIRST_DAY, LAST_DAY, error="date outside 1990 to 2100"))
        return pa.Column(DTYPES[self.kind], checks=checks, nullable=not self.required)


@dataclass(frozen=True)
class Contract:
    """One input table: grain `key`, columns, and rules between columns by their reason."""

    name: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    rules: tuple[tuple[str, Rule], ...] = ()

    @cached_property
    def column_names(self) -> tuple[str, ...]:
        """The column names, in contract order."""
        return tuple(column.name for column in self.columns)

    @cached_property
    def order(self) -> tuple[str, ...]:
        """How rows lie in a snapshot: by day, so that a month is together, then by key."""
        days = [each.name for each in self.columns if each.required and each.kind in DAYS]
        return (*days[:1], *self.key)

    @cached_property
    def schema(self) -> pa.DataFrameSchema:
        """The pandera schema of the whole table."""
        checks = [pa.Check(rule, error=reason) for reason, rule in self.rules]
        return pa.DataFrameSchema(
            {column.name: column.schema() for column in self.columns}, checks=checks, strict=True
        )

    def empty(self) -> pd.DataFrame:
        """A table without rows, for a source that is not delivered."""
        return pd.DataFrame(
            {column.name: pd.Series(dtype=DTYPES[column.kind]) for column in self.columns}
        )


def not_more(part: str, whole: str) -> Rule:
    """True where one of the numbers is empty or the part is not more than the whole."""

    def rule(table: pd.DataFrame) -> pd.Series[bool]:
        within: pd.Series[bool] = (table[part] <= table[whole]).fillna(True).astype(bool)
        return within

    return rule


def not_before(later: str, earlier: str) -> Rule:
    """True where the later day is empty or not before the earlier one (whole days)."""

    def rule(table: pd.DataFrame) -> pd.Series[bool]:
        in_order: pd.Series[bool] = table[later].dt.normalize() >= table[earlier].dt.normalize()
        return in_order | table[later].isna() | table[earlier].isna()

    return rule
