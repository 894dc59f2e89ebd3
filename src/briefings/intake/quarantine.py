"""Every row is used or set aside with its reason; nothing is repaired in silence."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd
import pandera.errors

from briefings.intake.cells import moment_text
from briefings.intake.contract import Contract
from briefings.intake.mapping import FAULT_COLUMNS
from briefings.intake.quarantine_reasons import CONFLICTING, EMPTY_CELL, REPEATED, UNKNOWN_UNIT
from briefings.intake.spool import Spool

BETWEEN_COLUMNS = "(row)"
# Of the list of faults of several files: one row per fault.
QUARANTINE_COLUMNS = ["table", "file", "row", "column", "value", "reason"]


def row_faults(
    table: pd.DataFrame,
    faults: pd.DataFrame,
    contract: Contract,
    known_units: Collection[str] | None,
) -> pd.DataFrame:
    """What is wrong with single rows of a mapped table, besides the faults found before.

    One row per fault: row (number in the file), column, value, reason; a row may have several.
    Where no units are known, their codes are taken as they stand.
    """
    found = pd.concat(
        [faults, _contract_faults(table, contract), _unit_faults(table, contract, known_units)],
        ignore_index=True,
    ).drop_duplicates(["row", "column"])
    # What an unreadable cell does to a rule between columns says nothing about the row.
    return found[(found["column"] != BETWEEN_COLUMNS) | ~found["row"].isin(faults["row"])]


def set_doubles_aside(spool: Spool, contract: Contract) -> None:
    """Add to `faults` the sound rows of the spool whose key stands twice.

    Of rows that are the same the first is kept; rows with the same key that differ all go.
    """
    key, columns = ", ".join(contract.key), ", ".join(contract.column_names)
    kinds = {column.name: column.kind for column in contract.columns}
    values = ", ".join(
        f"strftime({name}, '%Y-%m-%d')" if kinds[name] == "day" else name for name in contract.key
    )
    spool.run(
        f"""
        CREATE VIEW sound AS SELECT row, {columns} FROM rows
        WHERE row NOT IN (SELECT row FROM faults)
        """
    )
    spool.run(
        f"""
        INSERT INTO faults
        WITH shared AS (
            SELECT * FROM sound SEMI JOIN (
                SELECT {key} FROM sound GROUP BY {key} HAVING count(*) > 1
            ) USING ({key})
        ), numbered AS (
            SELECT *, row_number() OVER (PARTITION BY {columns} ORDER BY row) AS time FROM shared
        ), counted AS (
            SELECT *, count(*) FILTER (time = 1) OVER (PARTITION BY {key}) AS kinds FROM numbered
        )
        SELECT row, '{"+".join(contract.key)}', concat_ws(' ', {values}),
            CASE WHEN time > 1 THEN '{REPEATED}' ELSE '{CONFLICTING}' END
        FROM counted WHERE time > 1 OR kinds > 1
        """
    )


def _contract_faults(table: pd.DataFrame, contract: Contract) -> pd.DataFrame:
    try:
        contract.schema.validate(table, lazy=True)
    except pandera.errors.SchemaErrors as error:
        cases = error.failure_cases
    else:
        return pd.DataFrame(columns=FAULT_COLUMNS)
    of_row = cases["schema_context"] == "DataFrameSchema"
    values = cases["failure_case"].astype(object).map(_written, na_action="ignore").astype("str")
    faults = pd.DataFrame(
        {
            "row": cases["index"].astype("int64"),
            "column": cases["column"].mask(of_row, BETWEEN_COLUMNS),
            "value": values.mask(of_row, ""),
            "reason": cases["check"].replace("not_nullable", EMPTY_CELL),
        }
    )
    return faults.drop_duplicates(["row", "column", "reason"])


def _unit_faults(
    table: pd.DataFrame, contract: Contract, known_units: Collection[str] | None
) -> pd.DataFrame:
    found = [pd.DataFrame(columns=FAULT_COLUMNS)]
    for column in contract.columns:
        if column.refers_to_unit and known_units is not None:
            values = table[column.name]
            strange = values[values.notna() & ~values.isin(known_units)]
            found.append(_faults(strange, column.name, UNKNOWN_UNIT))
    return pd.concat(found, ignore_index=True)


def _written(cell: object) -> str:
    return moment_text(cell) if isinstance(cell, pd.Timestamp) else str(cell)


def _faults(values: pd.Series, column: str, reason: str) -> pd.DataFrame:
    faults = pd.DataFrame({"row": values.index, "column": column, "value": values.array})
    return faults.assign(reason=reason)[FAULT_COLUMNS]
