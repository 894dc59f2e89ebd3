"""Faulty rows put into every month on purpose, so that setting rows aside is exercised.

None of them counts in the calibrated totals; everything else in the exports is sound.
"""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from briefings.demo.labels import (
    CHANNEL,
    DOSSIER_CODE,
    FINISHED,
    PAYMENT_AMOUNT,
    RECEIVED,
    TRANSACTION,
    UNIT,
)

UNKNOWN_UNIT, UNKNOWN_CHANNEL = "99999", "Kênh không rõ"
LONG_AGO = "01/01/2020 08:00"
# Serial numbers no real row of the demonstration reaches.
FIRST_SERIAL = 90_001

DOSSIER_FAULTS: tuple[dict[str, str | None], ...] = (
    {FINISHED: LONG_AGO},
    {CHANNEL: UNKNOWN_CHANNEL},
    {RECEIVED: None},
    {UNIT: UNKNOWN_UNIT},
)


def with_faulty_dossiers(table: Any) -> Any:
    """The month's dossiers, followed by four faulty rows and an exact double of a sound one."""
    model = table.slice(table.num_rows // 2, 1).to_pylist()[0]
    faulty = [
        {**model, DOSSIER_CODE: _other_code(model[DOSSIER_CODE], serial), **fault}
        for serial, fault in enumerate(DOSSIER_FAULTS, start=FIRST_SERIAL)
    ]
    return _append(table, [*faulty, model])


def with_faulty_payment(table: Any) -> Any:
    """The month's payments, followed by one with a negative amount."""
    model = table.slice(table.num_rows // 2, 1).to_pylist()[0]
    faulty = {
        **model,
        TRANSACTION: f"{model[TRANSACTION].rsplit('-', 1)[0]}-9{FIRST_SERIAL}",
        PAYMENT_AMOUNT: -model[PAYMENT_AMOUNT],
    }
    return _append(table, [faulty])


def _other_code(code: str, serial: int) -> str:
    return f"{code.rsplit('-', 1)[0]}-{serial}"


def _append(table: Any, rows: list[dict[str, Any]]) -> Any:
    return pa.concat_tables([table, pa.Table.from_pylist(rows, schema=table.schema)])
