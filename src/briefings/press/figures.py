"""The figures an executed notebook displayed, as one table beside the report."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any

from briefings.errors import ReportError
from briefings.mime import FIGURES

Record = Mapping[str, Any]

# A spreadsheet would take such a text for a formula.
FORMULA_STARTS = ("=", "+", "-", "@")


class FigureError(ReportError):
    """The figures of a notebook contradict each other or belong to another unit."""


def figures_csv(notebook: Mapping[str, Any], *, unit: str | None = None, data: str = "") -> bytes:
    """One row per figure, sorted by identity; equal figures give equal bytes.

    `data` says in every row what kind of data it rests on, such as `synthetic`.

    Raises FigureError where one figure has two values, or where the first figure is not of
    `unit`: then the notebook reports on something else than its parameters say.
    """
    records: list[Record] = [{**record, "data": data} for record in _records(notebook)]
    _check_unit(records, unit)
    return _csv(_unique(records))


def _records(notebook: Mapping[str, Any]) -> Iterator[Record]:
    for cell in notebook["cells"]:
        for output in cell.get("outputs", ()):
            yield from output.get("data", {}).get(FIGURES, ())


def _check_unit(records: list[Record], unit: str | None) -> None:
    found = records[0]["unit"] if records else "nothing"
    if unit is not None and found != unit:
        raise FigureError(f"the report on {unit} prints figures of {found} first")


def _unique(records: list[Record]) -> list[Record]:
    unique: dict[str, Record] = {}
    for record in records:
        known = unique.setdefault(record["figure"], record)
        if dict(known) != dict(record):
            raise FigureError(f"two values for one figure: {record['figure']}")
    return [unique[identity] for identity in sorted(unique)]


def _csv(records: list[Record]) -> bytes:
    columns = list(dict.fromkeys(name for record in records for name in record)) or ["figure"]
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(record.get(name)) for name in columns] for record in records)
    return buffer.getvalue().encode()


def _cell(value: object) -> object:
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return value
