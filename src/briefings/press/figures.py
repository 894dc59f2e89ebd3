"""The figures an executed notebook displayed, as one table beside the report."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from briefings.errors import ReportError
from briefings.escaping import spreadsheet_text
from briefings.mime import FIGURES

Record = Mapping[str, Any]


class FigureError(ReportError):
    """The figures of a notebook contradict each other or belong to another report."""


@dataclass(frozen=True)
class Owner:
    """Whose figures a report may print; None is anybody's.

    The first figure must be of `unit`, all of one of `units`. None may be of a period that ends
    after `month` (YYYY-MM), and one must be of a period that ends with it.
    """

    unit: str | None = None
    month: str | None = None
    units: frozenset[str] | None = None


ANYBODY = Owner()


def figures_csv(notebook: Mapping[str, Any], *, owner: Owner = ANYBODY, data: str = "") -> bytes:
    """One row per figure, sorted by identity; equal figures give equal bytes.

    `data` says in every row what kind of data it rests on, such as `synthetic`.

    Raises FigureError where one figure has two values, or where one is not the `owner`'s: then
    the notebook reports on something else than its parameters say.
    """
    records: list[Record] = [{**record, "data": data} for record in _records(notebook)]
    _check_unit(records, owner)
    _check_month(records, owner.month)
    return _csv(_unique(records))


def _records(notebook: Mapping[str, Any]) -> Iterator[Record]:
    for cell in notebook["cells"]:
        for output in cell.get("outputs", ()):
            yield from output.get("data", {}).get(FIGURES, ())


def _check_unit(records: list[Record], owner: Owner) -> None:
    found = records[0]["unit"] if records else "nothing"
    if owner.unit is not None and found != owner.unit:
        raise FigureError(f"the report on {owner.unit} prints figures of {found} first")
    if owner.units is not None:
        strangers = sorted({record["unit"] for record in records} - owner.units)
        if strangers:
            raise FigureError(f"the report on {owner.unit} prints figures of {strangers[0]}")


def _check_month(records: list[Record], month: str | None) -> None:
    ends = {_end_of_period(record) for record in records}
    if month is not None and max(ends, default="") != month:
        found = max(ends, default="no month")
        raise FigureError(f"the report on {month} prints figures up to {found}")


def _end_of_period(record: Record) -> str:
    """The last month of `kpi@2025-01..2025-02/unit`."""
    period = str(record["figure"]).rpartition("@")[2].partition("/")[0]
    return period.rpartition("..")[2]


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
    return spreadsheet_text(value) if isinstance(value, str) else value
