"""Rows that refer to something the data do not hold are counted, each once."""

from __future__ import annotations

from briefings.statistics.orphans import payment_orphans, portal_orphans
from tests.statistics.tables import dossier, payment, tables_of

TABLES = tables_of(
    dossiers=[dossier("1", "2025-02-03"), dossier("refused", "2025-02-03", status=3)],
    portal_dossiers=[
        {"dossier_code": code, "synced_at": "2025-02-04"} for code in ("1", "refused", "x", "y")
    ],
    payments=[
        payment("T1", "1", "2025-02-04"),
        payment("T2", "1", "2025-02-05"),
        payment("T3", "x", "2025-02-04"),
        payment("T4", "x", "2025-02-05"),
        payment("T5", "y", "2025-02-05"),
    ],
)


def test_portal_dossiers_without_a_dossier():
    assert portal_orphans(TABLES) == 2


def test_each_payment_without_a_dossier():
    assert payment_orphans(TABLES) == 3


def test_nothing_is_no_orphan():
    nothing = tables_of()
    assert (portal_orphans(nothing), payment_orphans(nothing)) == (0, 0)
