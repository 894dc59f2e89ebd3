"""Dossiers by what the list says of their procedure: fees, and how they were paid."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from briefings.statistics.listed_dossiers import listed_dossier_components
from briefings.statistics.tables import span_of
from tests.statistics.tables import (
    FEBRUARY,
    A,
    B,
    Row,
    by_unit,
    dossier,
    not_zero,
    payment,
    tables_of,
)

PROCEDURES = [
    {"procedure_code": "P1", "name_vi": "Có phí", "fee_due": True, "online_service": "full"},
    {"procedure_code": "P0", "name_vi": "Không phí", "fee_due": False, "online_service": "none"},
    {"procedure_code": "P?", "name_vi": "Không rõ"},
]


def counted(*payments: Row, procedure: str | None = "P1", **options: Any) -> dict[str, int]:
    return of_rows(dossier("1", "2025-02-03", procedure=procedure, **options), payments=payments)


def of_rows(*dossiers: Row, payments: Iterable[Row] = ()) -> dict[str, int]:
    """What some dossiers and payments came to in department A."""
    tables = tables_of(procedures=PROCEDURES, dossiers=dossiers, payments=payments)
    expression = listed_dossier_components(tables, span_of([FEBRUARY]))
    return not_zero(by_unit(expression), FEBRUARY)


KNOWN = {"received_fee_known": 1, "received_service_known": 1}
UNPAID = KNOWN | {"fee_dossiers": 1}
PAID = UNPAID | {"fee_dossiers_paid_online": 1}


@pytest.mark.parametrize(
    ("method", "paid", "expected"),
    [
        ("national_portal", "2025-02-03", PAID),
        ("provincial_gateway", "2025-02-28 23:59", PAID),
        ("provincial_gateway", "2025-03-01 00:00", UNPAID),  # when the window was over
        ("cash", "2025-02-03", UNPAID),
        ("transfer", "2025-02-03", UNPAID),
    ],
)
def test_a_dossier_is_paid_online_by_the_end_of_the_window(method, paid, expected):
    assert counted(payment("T", "1", paid, method)) == expected


def test_a_dossier_paid_twice_or_in_two_ways_counts_once():
    online = [payment("T1", "1", "2025-02-03"), payment("T2", "1", "2025-03-04")]
    assert counted(*online, payment("T3", "1", "2025-02-03", "cash")) == PAID


@pytest.mark.parametrize(
    ("procedure", "expected"), [("P0", KNOWN), ("P?", {}), ("P9", {}), (None, {})]
)
def test_what_the_list_does_not_say_is_not_known(procedure, expected):
    assert counted(payment("T", "1", "2025-02-03"), procedure=procedure) == expected


def test_an_unknown_channel_leaves_the_use_of_a_service_unknown():
    assert counted(channel=None) == {"received_fee_known": 1, "fee_dossiers": 1}


@pytest.mark.parametrize(
    ("received", "status", "counts"),
    [("2025-01-31 23:59", 4, False), ("2025-02-28 23:59", 4, True), ("2025-02-03", 3, False)],
)
def test_only_dossiers_received_in_the_window_count(received, status, counts):
    row = dossier("1", received, status=status)
    assert of_rows(row).get("fee_dossiers", 0) == counts


def test_each_unit_has_its_own_dossiers():
    rows = [dossier("1", "2025-02-03", unit=A), dossier("2", "2025-02-03", unit=B)]
    assert of_rows(*rows)["fee_dossiers"] == 1
