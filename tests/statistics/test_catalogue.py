"""The list of procedures: online services, and which of them anybody used or paid for online."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from briefings.periods import Window
from briefings.statistics.catalogue import catalogue_components
from briefings.statistics.tables import span_of
from tests.statistics.tables import (
    FEBRUARY,
    JANUARY,
    ROOT,
    B,
    Row,
    by_unit,
    dossier,
    not_zero,
    payment,
    tables_of,
)


def procedure(code: str, service: str | None = "full", fee: bool | None = True) -> Row:
    return {"procedure_code": code, "name_vi": code, "online_service": service, "fee_due": fee}


def counted(*procedures: Row, window: Window = FEBRUARY, **rows: Iterable[Row]) -> dict[str, int]:
    tables = tables_of(procedures=procedures, **rows)
    expression = catalogue_components(tables, span_of([window]), ROOT)
    return not_zero(by_unit(expression), window, ROOT)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("service", "fee", "expected"),
    [
        ("full", False, {"procedures_level_known": 1, "services": 1}),
        ("partial", None, {"procedures_level_known": 1, "services": 1}),
        ("none", False, {"procedures_level_known": 1}),
        (None, True, {"fee_procedures": 1}),
    ],
)
def test_a_procedure_is_an_online_service_if_the_list_says_so(service, fee, expected):
    assert counted(procedure("P1", service, fee)) == {"procedures_listed": 1} | expected


def used(*dossiers: Row, service: str = "full") -> int:
    return counted(procedure("P1", service), dossiers=dossiers).get("services_used", 0)


def test_a_service_is_used_once_however_many_dossiers_it_has():
    assert used(dossier("1", "2025-02-01"), dossier("2", "2025-02-28 23:59", unit=B)) == 1


@pytest.mark.parametrize(
    "row",
    [
        dossier("1", "2025-01-31 23:59"),
        dossier("1", "2025-03-01"),
        dossier("1", "2025-02-03", channel="counter"),
        dossier("1", "2025-02-03", channel=None),
        dossier("1", "2025-02-03", status=3),
        dossier("1", "2025-02-03", procedure="P2"),
        dossier("1", "2025-02-03", procedure=None),
    ],
)
def test_only_a_dossier_filed_online_in_the_window_makes_it_used(row):
    assert used(row) == 0


def test_a_procedure_without_online_service_is_no_service_even_if_somebody_filed_online():
    assert used(dossier("1", "2025-02-03"), service="none") == 0


@pytest.mark.parametrize(
    ("method", "paid", "fee", "expected"),
    [
        ("national_portal", "2025-02-28 23:59", True, 1),
        ("national_portal", "2025-03-01 00:00", True, 0),
        ("cash", "2025-02-03", True, 0),
        ("national_portal", "2025-02-03", False, 0),
    ],
)
def test_a_procedure_with_a_fee_is_paid_online_once_one_payment_is(method, paid, fee, expected):
    rows = {
        "dossiers": [dossier("1", "2024-12-02")],  # received long before it was paid
        "payments": [payment("T1", "1", paid, method), payment("T2", "1", paid, method)],
    }
    found = counted(procedure("P1", fee=fee), **rows)
    assert found.get("fee_procedures_paid_online", 0) == expected


def test_the_list_is_the_present_one_in_every_window():
    for window in (JANUARY, FEBRUARY):
        assert counted(procedure("P1"), procedure("P2"), window=window)["procedures_listed"] == 2
