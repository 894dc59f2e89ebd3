"""DuckDB and Spark behind Ibis: the same expressions, the same rows."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any, Protocol
from weakref import finalize

import ibis
import ibis.expr.types as ir

from briefings.engine import Engine, refuse_far_store, refuse_unreachable
from briefings.errors import InputError
from briefings.store import explained, is_address, let_read, place_at

# Small groups of counts come out of every query; Spark's 200 parts would be empty mostly.
PARTS_PER_CORE = 4


class Reader(Protocol):
    """Opens Parquet files as one table."""

    def __call__(self, files: Sequence[str], name: str) -> ir.Table:
        """The rows of all files."""


def reader_of(engine: Engine, overflow: Path | None = None) -> Reader:
    """An engine, started and ready to read.

    `overflow` is the folder for what does not fit into memory. InputError where Spark can not be
    started or reached.
    """
    return _spark(engine, overflow) if engine.name == "spark" else _duckdb(engine, overflow)


def _duckdb(engine: Engine, overflow: Path | None) -> Reader:
    # The order of rows in a file means nothing to us, and keeping it costs memory.
    settings: dict[str, Any] = {"preserve_insertion_order": False}
    if overflow is not None:
        settings["temp_directory"] = str(overflow)
        with suppress(OSError):  # DuckDB makes the last folder only, and only if it is needed
            overflow.parent.mkdir(parents=True, exist_ok=True)
    if engine.megabytes is not None:
        settings["memory_limit"] = f"{engine.megabytes}MB"
    if engine.threads is not None:
        settings["threads"] = engine.threads
    connection = ibis.duckdb.connect(**settings)

    def read(files: Sequence[str], name: str) -> ir.Table:
        if not is_address(files[0]):
            return connection.read_parquet(files, table_name=name)
        let_read(connection.con, files)
        # Ibis would fetch an extension of DuckDB for some addresses.
        connection.con.read_parquet([*files]).create_view(name)
        return connection.table(name)

    return read


def _spark(engine: Engine, overflow: Path | None) -> Reader:
    session = _spark_session(engine, overflow)
    connection = ibis.pyspark.connect(session)
    copies = _Copies(session, overflow)

    def read(files: Sequence[str], name: str) -> ir.Table:
        if is_address(files[0]):
            refuse_far_store(engine, files[0])
            files = [copies.of(file) for file in files]
        session.read.parquet(*files).createOrReplaceTempView(name)
        return connection.table(name)

    return read


class _Copies:
    """Files of an object store, each copied here once; they go with the session that reads them.

    Spark has no use for fsspec: it would need a connector of its own for every kind of store.
    """

    def __init__(self, session: Any, overflow: Path | None) -> None:
        self._session = session
        self._overflow = overflow
        self._folder = ""
        self._files: dict[str, str] = {}

    def of(self, address: str) -> str:
        """The path of a copy."""
        if not self._folder:
            if self._overflow is not None:
                self._overflow.mkdir(parents=True, exist_ok=True)
            self._folder = mkdtemp(dir=self._overflow)
            finalize(self._session, rmtree, self._folder, ignore_errors=True)
        if address not in self._files:
            copy = str(Path(self._folder, f"{len(self._files)}.parquet"))
            place = place_at("Spark", address)
            with explained(address):
                place.fs.get_file(place.path, copy)
            self._files[address] = copy
        return self._files[address]


def _spark_session(engine: Engine, overflow: Path | None) -> Any:
    # Not everybody has it, and it takes a second to load.
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    refuse_unreachable(engine)
    builder = SparkSession.builder.appName("briefings")
    if engine.spark_remote:
        # Ibis asks for what Connect can not do and does not need.
        warnings.filterwarnings("ignore", "'verifySchema' is ignored", UserWarning)
        builder = builder.remote(engine.spark_remote)
    else:
        builder = builder.master(engine.master)
    for key, value in _spark_settings(engine, overflow).items():
        builder = builder.config(key, value)
    try:
        return builder.getOrCreate()
    except PySparkException as error:
        raise InputError(
            f"Spark can not be started: {error}",
            "A driver of our own needs Java 17; see SPARK_MASTER and SPARK_REMOTE.",
        ) from error


def _spark_settings(engine: Engine, overflow: Path | None) -> dict[str, str]:
    settings = {
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.execution.arrow.pyspark.enabled": "true",
    }
    if engine.spark_remote:
        return settings
    settings |= {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
    }
    if engine.master.startswith("local"):
        settings |= {
            "spark.driver.host": "127.0.0.1",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.sql.shuffle.partitions": str((engine.threads or 2) * PARTS_PER_CORE),
        }
    if engine.megabytes is not None:
        settings["spark.driver.memory"] = f"{engine.megabytes}m"
    if overflow is not None:
        settings |= {
            "spark.local.dir": str(overflow),
            "spark.sql.warehouse.dir": str(overflow / "warehouse"),
        }
    return settings
