"""The tables of a project that the database holds, as parts of deliveries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import ibis.backends.postgres as ibis_postgres

from briefings.intake.parts import Part
from briefings.intake.postgres.connection import explained, one_moment
from briefings.intake.postgres.extract import content_digests, write_deliveries
from briefings.intake.postgres.selection import Selection, select_mapped
from briefings.intake.profiles import TableProfile, mapping_of
from briefings.sources import DatabaseTable


class DatabaseParts:
    """The parts of some tables as they are at one moment; `bring` writes them to their files."""

    def __init__(
        self,
        database: ibis_postgres.Backend,
        tables: Mapping[str, DatabaseTable],
        profile: Mapping[str, TableProfile],
        folder: Path,
    ) -> None:
        self._database = database
        self._selections = {
            name: _select(database, name, source, profile) for name, source in tables.items()
        }
        self.parts = tuple(
            Part(name, delivery, chosen.source.name, digest, folder / delivery / f"{name}.parquet")
            for name, chosen in self._selections.items()
            for delivery, digest in _digests(database, chosen).items()
        )

    def bring(self, parts: Iterable[Part]) -> None:
        """Write the rows of some parts to their files; of each table in one pass."""
        wanted = list(parts)
        for name, selection in self._selections.items():
            files = {part.delivery: part.file for part in wanted if part.table == name}
            for file in files.values():
                file.parent.mkdir(parents=True, exist_ok=True)
            if files:
                with explained(selection.source):
                    write_deliveries(self._database, selection, files)


@contextmanager
def open_database(
    tables: Mapping[str, DatabaseTable], profile: Mapping[str, TableProfile], folder: Path
) -> Iterator[DatabaseParts]:
    """The parts of some tables by their contract name, and the database until the block ends.

    InputError where the database or a table can not be read, or lacks a mapped column.
    """
    with one_moment() as database:
        yield DatabaseParts(database, tables, profile, folder)


def _select(
    database: ibis_postgres.Backend,
    name: str,
    source: DatabaseTable,
    profile: Mapping[str, TableProfile],
) -> Selection:
    contract, mapping = mapping_of(profile, name)
    with explained(source):
        table = database.table(source.table, database=(source.schema,))
    return select_mapped(source, table, contract, mapping)


def _digests(database: ibis_postgres.Backend, selection: Selection) -> dict[str, str]:
    with explained(selection.source):
        return content_digests(database, selection)
