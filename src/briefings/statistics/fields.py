"""Dossiers by field of administration, for the form that has fields as its rows."""

from __future__ import annotations

from collections.abc import Sequence

import ibis.expr.types as ir
import pandas as pd

from briefings.organisation import Level, Organisation
from briefings.periods import Window
from briefings.statistics.components import dossier_components, totals_of
from briefings.statistics.tables import as_expression, fetch

# The field of dossiers without a procedure, or whose procedure is not listed or has no field.
NO_FIELD = ""


def group_of(level: Level, field: str) -> str:
    """The name of the dossiers of one field that the units of one level handle."""
    return f"{level}/{field}"


def fields_in(components: pd.DataFrame) -> tuple[str, ...]:
    """The fields that occur in a table of count_fields."""
    groups = components.index.get_level_values("unit").map(lambda name: name.partition("/"))
    return tuple(sorted({field for _, mark, field in groups if mark and field != NO_FIELD}))


def count_fields(
    tables: dict[str, ir.Table], windows: Sequence[Window], organisation: Organisation
) -> pd.DataFrame:
    """The components of dossiers by level of the unit that handles them and field of procedure.

    All but the synchronised ones, which no form asks for.

    Grain: one row per window × group, index (window, unit) with the name of group_of in place of
    a unit, zero where nothing happened; the root of the organisation is the sum of all groups.
    """
    dossiers = _with_level_and_field(tables, organisation)
    by = ("level", "field")
    counted = fetch(dossier_components(dossiers, windows, by))
    fields = sorted({NO_FIELD, *counted["field"]})
    levels = sorted({organisation.unit(code).level for code in organisation.codes})
    counted = counted.set_index(["window", *by]).reindex(
        pd.MultiIndex.from_product([[window.name for window in windows], levels, fields])
    )
    return _named(counted.fillna(0).astype("int64"), organisation.root.code)


def _with_level_and_field(tables: dict[str, ir.Table], organisation: Organisation) -> ir.Table:
    levels = [(code, organisation.unit(code).level) for code in organisation.codes]
    known = as_expression(pd.DataFrame(levels, columns=["unit", "level"]))
    fields = tables["procedures"].select("procedure_code", "field")
    found = tables["dossiers"].join(known, "unit").left_join(fields, "procedure_code")
    return found.mutate(field=found.field.fill_null(NO_FIELD))


def _named(counted: pd.DataFrame, root: str) -> pd.DataFrame:
    names = [(window, group_of(level, field)) for window, level, field in counted.index]
    counted.index = pd.MultiIndex.from_tuples(names, names=["window", "unit"])
    return pd.concat([totals_of(counted, root), counted])
