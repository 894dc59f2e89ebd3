"""Every row is used or set aside with its reason; nothing is repaired in silence."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd
import pandera.errors

from briefings.intake.contract import Contract
from briefings.intake.mapping import FAULT_COLUMNS
from briefings.intake.quarantine_reasons import CONFLICTING, EMPTY_CELL, REPEATED, UNKNOWN_UNIT

BETWEEN_COLUMNS = "(row)"
# Of the list of faults of several files: one row per fault.
QUARANTINE_COLUMNS = ["table", "file", "row", "column", "value", "reason"]


def sort_out(
    table: pd.DataFrame,
    faults: pd.DataFrame,
    contract: Contract,
    known_units: Collection[str] | None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Split a mapped table into the rows that are used and the faults of all others.

    Returns (used, quarantine). `used` obeys the contract and has unique keys. `quarantine` has
    one row per fault: row (number in the file), column, value, reason; a row may have several.
    Where no units are known, their codes are taken as they stand.
    """
    found = pd.concat(
        [faults, _contract_faults(table, contract), _unit_faults(table, contract, known_units)],
        ignore_index=True,
    ).drop_duplicates(["row", "column"])
    # What an unreadable cell does to a rule between columns says nothing about the row.
    found = found[(found["column"] != BETWEEN_COLUMNS) | ~found["row"].isin(faults["row"])]
    sound = table[~table.index.isin(found["row"])]
    doubles = _double_faults(sound, contract)
    quarantine = pd.concat([found, doubles], ignore_index=True)
    used = sound[~sound.index.isin(doubles["row"])]
    return used, quarantine.sort_values(["row", "column"])


def _contract_faults(table: pd.DataFrame, contract: Contract) -> pd.DataFrame:
    try:
        contract.schema.validate(table, lazy=True)
    except pandera.errors.SchemaErrors as error:
        cases = error.failure_cases
    else:
        return pd.DataFrame(columns=FAULT_COLUMNS)
    of_row = cases["schema_context"] == "DataFrameSchema"
    faults = pd.DataFrame(
        {
            "row": cases["index"].astype("int64"),
            "column": cases["column"].mask(of_row, BETWEEN_COLUMNS),
            "value": cases["failure_case"].astype("str").mask(of_row, ""),
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


def _double_faults(table: pd.DataFrame, contract: Contract) -> pd.DataFrame:
    key = list(contract.key)
    shared = table[table.duplicated(key, keep=False)]
    repeated = shared.duplicated(keep="first")
    conflicting = ~repeated & shared[~repeated].duplicated(key, keep=False).reindex(
        shared.index, fill_value=False
    )
    keys = shared[key].astype("str")
    first, rest = keys.iloc[:, 0], keys.iloc[:, 1:]
    values = first if rest.empty else first.str.cat(rest, sep=" ")
    return pd.concat(
        [
            _faults(values[repeated], "+".join(key), REPEATED),
            _faults(values[conflicting], "+".join(key), CONFLICTING),
        ],
        ignore_index=True,
    )


def _faults(values: pd.Series, column: str, reason: str) -> pd.DataFrame:
    faults = pd.DataFrame({"row": values.index, "column": column, "value": values.array})
    return faults.assign(reason=reason)[FAULT_COLUMNS]
