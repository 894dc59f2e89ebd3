"""Rows laid aside while a table is taken in: in memory up to a bound, beyond it on disk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType, TracebackType
from typing import Any

import duckdb
import pyarrow as pa

from briefings.engine import Engine
from briefings.errors import SettingsError

# What a table keeps in memory where no setting says otherwise. Our own convention: a month of a
# province fits, and twelve million dossiers are sorted with it.
USUAL_MEGABYTES = 1_000
LEAST_MEGABYTES = 100
NO_VALUES: Mapping[str, object] = MappingProxyType({})


@dataclass(frozen=True)
class Room:
    """How much a spool may take: megabytes of memory, threads, and the folder for the rest.

    The folder is the system's for temporary files where none is named.
    """

    megabytes: int = USUAL_MEGABYTES
    threads: int | None = None
    folder: Path | None = None

    @classmethod
    def of(cls, engine: Engine, workers: int = 1, folder: Path | None = None) -> Room:
        """What an engine leaves to each of some workers; side by side they need no threads."""
        megabytes = (engine.megabytes or USUAL_MEGABYTES) // max(workers, 1)
        return cls(megabytes, engine.threads if workers < 2 else 1, folder)


USUAL_ROOM = Room()


class Spool:
    """Tables of rows in DuckDB, private to this process; all is gone when the block ends.

    SettingsError where neither memory nor disk hold them.
    """

    def __init__(self, room: Room) -> None:
        self._folder = TemporaryDirectory(dir=room.folder, prefix="spool-")
        settings: dict[str, Any] = {
            # Whoever needs an order asks for it.
            "preserve_insertion_order": False,
            "memory_limit": f"{max(room.megabytes, LEAST_MEGABYTES)}MB",
            "temp_directory": self._folder.name,
        }
        if room.threads is not None:
            settings["threads"] = room.threads
        self._connection = duckdb.connect(config=settings)
        self._tables: set[str] = set()

    def __enter__(self) -> Spool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        self._connection.close()
        self._folder.cleanup()
        if isinstance(error, (duckdb.OutOfMemoryException, duckdb.IOException)):
            raise SettingsError(
                "A table does not fit into the memory that intake may use, with the disk's help.",
                "Give it more with `memory` of [engine] in the project file or with "
                "ENGINE_MEMORY, or free space on the disk, on which the rest lies.",
            ) from error

    def put(self, name: str, rows: pa.Table) -> None:
        """Add rows to a table, which begins with the first of them."""
        self._connection.register("added", rows)
        known = name in self._tables
        self._tables.add(name)
        self.run(
            f"INSERT INTO {name} FROM added" if known else f"CREATE TABLE {name} AS FROM added"
        )
        self._connection.unregister("added")

    def run(self, query: str, values: Sequence[object] = ()) -> None:
        """Run a statement."""
        self._connection.execute(query, values)

    def drop(self, name: str) -> None:
        """Forget a table, if there is one."""
        self.run(f"DROP TABLE IF EXISTS {name}")
        self._tables.discard(name)

    def answer(self, query: str, asked: pa.Table) -> pa.Table:
        """The rows of a query about the table `asked`; as few as fit into memory."""
        self._connection.register("asked", asked)
        found: pa.Table = self._connection.sql(query).to_arrow_table()
        self._connection.unregister("asked")
        return found

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """The rows of a query with a small answer."""
        found: list[tuple[Any, ...]] = self._connection.execute(query).fetchall()
        return found

    def batches(
        self, query: str, size: int, values: Mapping[str, object] = NO_VALUES
    ) -> Iterator[pa.Table]:
        """The rows of a query in tables of `size` rows, the last one smaller; one at the least."""
        # A cursor of its own, so that statements meanwhile do not end it.
        found = self._connection.cursor().sql(query, params=dict(values))
        reader: pa.RecordBatchReader = found.to_arrow_reader(size)
        held: list[pa.RecordBatch] = []
        count, given = 0, False
        for batch in reader:
            held.append(batch)
            count += batch.num_rows
            while count >= size:
                table = pa.Table.from_batches(held, reader.schema)
                yield table.slice(0, size)
                given, rest = True, table.slice(size)
                held, count = rest.to_batches(), rest.num_rows
        if held or not given:
            yield pa.Table.from_batches(held, reader.schema)
