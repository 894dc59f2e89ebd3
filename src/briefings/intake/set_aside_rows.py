"""The quarantined rows of a snapshot, read back for a person who is to correct them."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, fields

from briefings.files import Place
from briefings.intake.corrections import CorrectionRow
from briefings.intake.readers import is_delivered
from briefings.intake.snapshot import Snapshot

FOLDER = "quarantine"
# No file may have these as headings.
ROW, KEY, FAULT = "(row)", "(key)", "(fault)"


@dataclass(frozen=True)
class RowSetAside:
    """One quarantined row with its cells by heading, as delivered, and all its faults."""

    delivery: str
    table: str
    row: str
    key: str
    fault: str
    cells: dict[str, str]

    def template(self) -> Iterator[list[str]]:
        """A line of a corrections file for each cell delivered, of which a person fills in some."""
        for heading, found in self.cells.items():
            if not is_delivered(heading):
                continue
            known = {
                "delivery": self.delivery, "table": self.table, "row": self.row, "key": self.key,
                "fault": self.fault, "column": heading, "found": found,
            }  # fmt: skip
            yield [known.get(name, "") for name in template_headings()]


def template_headings() -> list[str]:
    """The headings of a corrections file."""
    return [field.name for field in fields(CorrectionRow)]


def rows_set_aside(
    snapshot: Snapshot, delivery: str = "", table: str = ""
) -> Iterator[RowSetAside]:
    """The quarantined rows of all deliveries, or of one, and of all tables, or of one."""
    for taken in snapshot.intake:
        if delivery in ("", taken.delivery) and table in ("", taken.table) and taken.quarantined:
            file = snapshot.folders[taken.delivery] / FOLDER / f"{taken.table}.csv"
            yield from _read(file, taken.delivery, taken.table)


def _read(file: Place, delivery: str, table: str) -> Iterator[RowSetAside]:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        for cells in csv.DictReader(stream):
            number, key, fault = (cells.pop(name) for name in (ROW, KEY, FAULT))
            yield RowSetAside(delivery, table, number, key, fault, cells)
