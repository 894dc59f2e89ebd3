"""Which rows are new, changed or gone since the data that were current before."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from briefings.errors import InputError
from briefings.files import Place, aside_of, write_file
from briefings.intake.snapshot import Snapshot, as_json, damaged, taken_in
from briefings.intake.table_change import TableChange

CHANGES = "changes.csv"
COUNTS = "changes.json"


@dataclass(frozen=True)
class Changes:
    """What the last intake that changed any row did.

    `identity` is that of the snapshot it left. Deliveries `not_compared` are those whose data of
    before are no longer there.
    """

    identity: str
    tables: tuple[TableChange, ...]
    not_compared: tuple[str, ...]


def note_changes(folder: Path, before: Mapping[str, Place], after: Snapshot) -> None:
    """Write what is new, changed and gone; nothing where no row is.

    CHANGES has one row per row that differs, of deliveries that were there before: columns
    delivery, table, kind (new, changed, gone), key, columns (those that differ, contract columns
    only). A delivery or table that is new or gone as a whole is only counted.
    """
    replaced = {name: place for name, place in before.items()
                if after.folders.get(name) not in (None, place)}  # fmt: skip
    lost = damaged(replaced.values())
    compared = {name: place for name, place in replaced.items() if place not in lost}
    pairs = [
        (name, table, place / f"{table}.parquet", after.folders[name] / f"{table}.parquet")
        for name, place in sorted(compared.items())
        for table in _altered(place, after.folders[name])
    ]
    whole = _as_a_whole(before, after)
    names = tuple(sorted(set(replaced) - set(compared)))
    if not (pairs or whole or names):
        return
    # Imported here: most intakes find nothing to compare.
    from briefings.intake.compare import compare

    file = aside_of(folder / CHANGES)
    try:
        tables = (*whole, *compare(pairs, file))
        file.replace(folder / CHANGES)
    finally:
        file.unlink(missing_ok=True)
    changes = Changes(after.identity, tables, names)
    write_file(folder / COUNTS, as_json(asdict(changes)))


def read_changes(folder: Path) -> Changes:
    """What was noted last; InputError where nothing was yet."""
    try:
        content = json.loads((folder / COUNTS).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(
            "No intake has changed any row since the first one.", "Deliver files, then: make intake"
        ) from error
    tables = tuple(TableChange(**row) for row in content["tables"])
    return Changes(content["identity"], tables, tuple(content["not_compared"]))


def _altered(before: Place, after: Place) -> list[str]:
    """The tables in both folders that have not the same content."""
    old, new = ({row.table: row.parquet_sha256 for row in taken_in(each)}
                for each in (before, after))  # fmt: skip
    return sorted(table for table in old.keys() & new.keys() if old[table] != new[table])


def _as_a_whole(before: Mapping[str, Place], after: Snapshot) -> list[TableChange]:
    """What came or went with a delivery or a table."""
    old, new = (
        {
            (name, row.table): row.used
            for name, folder in folders.items()
            for row in taken_in(folder)
        }
        for folders in (before, after.folders)
    )
    return [
        TableChange(*each, new=new.get(each, 0), changed=0, gone=old.get(each, 0))
        for each in sorted(old.keys() ^ new.keys())
        if old.get(each) or new.get(each)
    ]
