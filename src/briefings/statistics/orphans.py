"""Rows that refer to something the data do not hold."""

from __future__ import annotations

import ibis.expr.types as ir


def portal_orphans(tables: dict[str, ir.Table]) -> int:
    """Dossiers on the national portal that the provincial system does not hold."""
    return _count(tables["portal_dossiers"], tables["dossiers"], "dossier_code")


def payment_orphans(tables: dict[str, ir.Table]) -> int:
    """Payment transactions whose dossier is not in the data."""
    return _count(tables["payments"], tables["dossiers"], "dossier_code")


def _count(table: ir.Table, referred: ir.Table, key: str) -> int:
    return int(table.anti_join(referred, key).count().to_pyarrow().as_py())
