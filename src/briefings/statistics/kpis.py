"""Measures as data: what each KPI divides by what, from the registry file."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pandera.pandas as pa

from briefings.facts.kpi import Kpi
from briefings.project import REPOSITORY
from briefings.reference import FLAG, read_reference
from briefings.rows import rows_of

REGISTRY = REPOSITORY / "data" / "reference" / "kpis.csv"
COMPONENT_SUM = pa.Check.str_matches(r"^[a-z_]+(\+[a-z_]+)*$")

SCHEMA = pa.DataFrameSchema(
    {
        "id": pa.Column(str, unique=True),
        "kind": pa.Column(str, pa.Check.isin(("count", "rate"))),
        "unit_of_measure": pa.Column(str),
        "numerator": pa.Column(str, COMPONENT_SUM),
        "denominator": pa.Column(str, COMPONENT_SUM, nullable=True),
        "table": pa.Column(str),
        "known": pa.Column(str, COMPONENT_SUM, nullable=True),
        "known_of": pa.Column(str, COMPONENT_SUM, nullable=True),
        "direction": pa.Column(str, pa.Check.isin(("higher", "lower", "none"))),
        "scorecard": pa.Column(str, FLAG),
        "name_vi": pa.Column(str),
        "name_en": pa.Column(str),
        "short_vi": pa.Column(str),
        "short_en": pa.Column(str),
        "definition_vi": pa.Column(str),
        "definition_en": pa.Column(str),
        "source_vi": pa.Column(str),
        "source_en": pa.Column(str),
    },
    strict=True,
)


@cache
def load_kpis(file: Path = REGISTRY) -> dict[str, Kpi]:
    """The registry by KPI id, in file order; SettingsError names a faulty cell."""
    rows = rows_of(read_reference(file, SCHEMA).fillna(""))
    return {
        row["id"]: Kpi(
            id=row["id"],
            kind=row["kind"],
            unit_of_measure=row["unit_of_measure"],
            numerator=_parts(row["numerator"]),
            denominator=_parts(row["denominator"]),
            table=row["table"],
            known=_parts(row["known"]),
            known_of=_parts(row["known_of"]),
            direction=row["direction"],
            scorecard=row["scorecard"] == "true",
            names={"vi": row["name_vi"], "en": row["name_en"]},
            short_names={"vi": row["short_vi"], "en": row["short_en"]},
            definitions={"vi": row["definition_vi"], "en": row["definition_en"]},
            sources={"vi": row["source_vi"], "en": row["source_en"]},
        )
        for row in rows
    }


def _parts(text: str) -> tuple[str, ...]:
    return tuple(text.split("+")) if text else ()
