"""A small province written out row by row: helpers that turn rows into the contract's tables."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import ibis.expr.types as ir
import pandas as pd

from briefings.intake.contracts import CONTRACTS
from briefings.organisation import Organisation, Unit
from briefings.periods import Month, Regime, Window
from briefings.reference import load_calendar
from briefings.statistics.components import count_components, dossier_components
from briefings.statistics.kpis import load_kpis
from briefings.statistics.mentions import mention_components
from briefings.statistics.observations import Observations
from briefings.statistics.tables import Tables, as_expression, fetch
from briefings.working_days import WorkingCalendar

Row = dict[str, Any]

ROOT, A, B = "R", "A", "B"
DEPARTMENT_A = Unit(A, "Sở A", "Department A", "department", ROOT)
DEPARTMENT_B = Unit(B, "Sở B", "Department B", "department", ROOT)
PROVINCE = Organisation(
    (Unit(ROOT, "Tỉnh", "Province", "province", ""), DEPARTMENT_A, DEPARTMENT_B)
)

JANUARY, FEBRUARY = Regime().month(Month(2025, 1)), Regime().month(Month(2025, 2))
TO_FEBRUARY = Regime().year_to_date(Month(2025, 2))

# The real calendar: nobody works from Monday 27 to Friday 31 January 2025 (Tet).
CALENDAR = load_calendar(Path(__file__).parents[2] / "data" / "reference" / "calendar.csv")


def contract_table(name: str, rows: Iterable[Row] = ()) -> pd.DataFrame:
    """Rows as a table of the contract; what a row leaves out is empty."""
    empty = CONTRACTS[name].empty()
    rows = list(rows)
    columns = {
        column: pd.Series([row.get(column) for row in rows], dtype=object).astype(dtype)
        for column, dtype in empty.dtypes.items()
    }
    strangers = {column for row in rows for column in row} - set(empty.columns)
    assert not strangers, strangers
    return pd.DataFrame(columns)


@cache
def without_rows(name: str) -> ir.Table:
    return as_expression(contract_table(name))


def tables_of(**rows: Iterable[Row]) -> Tables:
    """Every table of the contract as an expression; those not named have no rows."""
    return Tables(
        {
            name: as_expression(contract_table(name, rows[name]))
            if name in rows
            else without_rows(name)
            for name in CONTRACTS
        }
    )


def dossier(  # one row of the provincial system, received online by department A
    code: str,
    received: str,
    *,
    due: str | None = None,
    finished: str | None = None,
    unit: str = A,
    channel: str | None = "online",
    status: int | None = 4,
    procedure: str | None = "P1",
    supplements: int | None = None,
) -> Row:
    return {
        "dossier_code": code,
        "procedure_code": procedure,
        "unit": unit,
        "received_at": received,
        "channel": channel,
        "due_at": due,
        "finished_at": finished,
        "status": status,
        "supplement_requests": supplements,
    }


def decision(number: str, issued: str, unit: str = A, effective: str | None = None) -> Row:
    return {
        "decision_no": number,
        "issued_on": issued,
        "submitted_by": unit,
        "legal_effective_on": effective,
    }


def change(number: str, procedure: str, kind: str = "new") -> Row:
    return {"decision_no": number, "procedure_code": procedure, "change": kind}


def publication(number: str, procedure: str, day: str, system: str) -> Row:
    return {
        "decision_no": number,
        "procedure_code": procedure,
        "published_on": day,
        "system": system,
    }


def payment(transaction: str, code: str, paid: str, method: str = "national_portal") -> Row:
    return {
        "transaction_id": transaction,
        "dossier_code": code,
        "paid_at": paid,
        "method": method,
    }


def petition(  # one row about department A
    code: str,
    received: str,
    due: str | None,
    answered: str | None,
    unit: str = A,
    *,
    outcome: str | None = None,
) -> Row:
    return {
        "feedback_id": code,
        "unit": unit,
        "received_on": received,
        "due_on": due,
        "answered_on": answered,
        "outcome": outcome,
    }


def count(
    *windows: Window,
    organisation: Organisation = PROVINCE,
    calendar: WorkingCalendar | None = CALENDAR,
    **rows: Iterable[Row],
) -> pd.DataFrame:
    """The components of some rows, in February 2025 if no window is named."""
    return count_components(tables_of(**rows), windows or [FEBRUARY], organisation, calendar)


def count_dossiers(
    *windows: Window, dossiers: Iterable[Row], portal: Iterable[Row] = ()
) -> pd.DataFrame:
    """Only the components of dossiers, only of the units that have one; index (window, unit)."""
    tables = tables_of(dossiers=dossiers, portal_dossiers=portal)
    counted = by_unit(dossier_components(tables["dossiers"], windows))
    synced = by_unit(mention_components(tables, windows))
    return pd.concat([counted, synced], axis=1).fillna(0).astype("int64")


def by_unit(counted: ir.Table) -> pd.DataFrame:
    """What an expression counts, only where something happened; index (window, unit)."""
    return fetch(counted).set_index(["window", "unit"])


def not_zero(counted: pd.DataFrame, window: Window, unit: str = A) -> dict[str, int]:
    """The components of one window and unit that are not zero."""
    if (window.name, unit) not in counted.index:
        return {}
    row = counted.loc[(window.name, unit)]
    return {str(name): int(value) for name, value in row.items() if value}


def happened(window: Window = FEBRUARY, **rows: Iterable[Row]) -> dict[str, int]:
    """What the rows came to in department A, all components that are not zero."""
    return not_zero(count(window, **rows), window)


def of_dossiers(*rows: Row, portal: Iterable[Row] = ()) -> dict[str, int]:
    """What some dossiers of department A came to in February 2025."""
    return not_zero(count_dossiers(FEBRUARY, dossiers=rows, portal=portal), FEBRUARY)


def observe(
    *windows: Window,
    supplied: Collection[str] | None = None,
    calendar: WorkingCalendar | None = CALENDAR,
    **rows: Iterable[Row],
) -> Observations:
    """The observations of some rows; by default the project delivers exactly the named tables."""
    counted = count(*windows, calendar=calendar, **rows)
    return Observations(counted, load_kpis().values(), supplied or set(rows), ROOT)


def components(kpis_need: Sequence[Row]) -> pd.DataFrame:
    """A table of components written out: rows with window, unit and some components, rest zero."""
    names = list(count(**{"dossiers": []}).columns)
    table = pd.DataFrame(
        [[row["window"], row["unit"], *(row.get(name, 0) for name in names)] for row in kpis_need],
        columns=["window", "unit", *names],
    )
    return table.set_index(["window", "unit"])
