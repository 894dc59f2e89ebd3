"""Published figures beside computed ones, with a verdict for each; nothing is bent to fit."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pandera.pandas as pa

from briefings.facts.published import Comparison, Published
from briefings.periods import Month, year_to_date
from briefings.reference import read_reference
from briefings.rows import rows_of
from briefings.statistics.observations import Observations

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
