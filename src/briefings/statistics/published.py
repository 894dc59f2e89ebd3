"""Published figures beside computed ones, with a verdict for each; nothing is bent to fit."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Literal

import pandera.pandas as pa

from briefings.periods import Month, year_to_date
from briefings.reference import read_reference
from briefings.rows import rows_of
from briefings.statistics.observations import Observation, Observations

Relation = Literal["equal", "rounded", "between"]
Verdict = Literal["exact", "within_rounding", "within_bounds", "differs", "not_computed"]
NUMBER = pa.Check.str_matches(r"^\d+(\.\d+)?$")
MONTH = pa.Check.str_matches(r"^\d{4}-\d{2}$")

SCHEMA = pa.DataFrameSchema(
    {
        "id": pa.Column(str, unique=True),
        "period_from": pa.Column(str, MONTH),
        "period_to": pa.Column(str, MONTH),
        "unit": pa.Column(str),
        "kpi": pa.Column(str),
        "relation": pa.Column(str, pa.Check.isin(("equal", "rounded", "between"))),
        "value": pa.Column(str, NUMBER),
        "upper": pa.Column(str, NUMBER, nullable=True),
        "decimals": pa.Column(str),
        "source": pa.Column(str),
        "note": pa.Column(str, nullable=True),
    },
    strict=True,
)


@dataclass(frozen=True)
class Published:
    """One figure that somebody printed.

    `relation` says how it was printed: `equal` to the value, `rounded` half up to `decimals`, or
    `between` value (exclusive) and upper (exclusive), as in "over 76%".
    """

    kpi: str
    relation: Relation
    value: Fraction
    upper: Fraction | None
    decimals: int
    source: str


@dataclass(frozen=True)
class Comparison:
    """A published figure and what our data give for the same measure, window and unit."""

    published: Published
    computed: Observation

    @property
    def verdict(self) -> Verdict:
        """Whether the computed value is what was printed."""
        value, printed = self.computed.value, self.published
        if value is None:
            return "not_computed"
        if printed.relation == "between" and printed.upper is not None:
            return "within_bounds" if printed.value < value < printed.upper else "differs"
        if value == printed.value:
            return "exact"
        half = Fraction(1, 2 * 10**printed.decimals)
        fits = -half <= value - printed.value < half
        return "within_rounding" if printed.relation == "rounded" and fits else "differs"


def compare(
    file: Path | None, observations: Observations, month: Month, root: str
) -> tuple[Comparison, ...]:
    """The published figures for the year to date of a month, each with the computed one."""
    if file is None:
        return ()
    window = year_to_date(month)
    table = read_reference(file, SCHEMA)
    rows = table[
        (table["unit"] == root)
        & (table["period_from"] == str(Month.containing(window.start)))
        & (table["period_to"] == str(month))
    ]
    return tuple(
        Comparison(
            published=Published(
                kpi=row["kpi"],
                relation=row["relation"],
                value=Fraction(row["value"]),
                upper=Fraction(row["upper"]) if row["upper"] else None,
                decimals=int(row["decimals"]),
                source=row["source"],
            ),
            computed=observations.get(row["kpi"], window.name, root),
        )
        for row in rows_of(rows)
    )
