"""What does the counting, and how much of the machine it may use."""

from __future__ import annotations

import os
import re
import shutil
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Literal, TypeAlias, get_args
from urllib.parse import urlsplit

from briefings.errors import BriefingsError, InputError, ParameterError, SettingsError

EngineName: TypeAlias = Literal["duckdb", "spark"]
ENGINES: tuple[EngineName, ...] = get_args(EngineName)
SIZE = re.compile(r"([1-9][0-9]{0,5})(MB|GB)")
MEGABYTES = {"MB": 1, "GB": 1000}
COUNT = re.compile(r"[1-9][0-9]{0,3}")
# Where a scheme of addresses listens if no port is named.
PORTS = {"sc": 15002, "spark": 7077}
ANSWER_SECONDS = 10


@dataclass(frozen=True)
class Engine:
    """DuckDB inside this process, or Spark: on a master, or behind a Spark Connect address.

    `megabytes` bounds what it keeps in memory before it writes to disk, `threads` how many cores
    it uses; None leaves both to the engine. None of it changes what is counted.
    """

    name: EngineName = "duckdb"
    megabytes: int | None = None
    threads: int | None = None
    spark_master: str = ""
    spark_remote: str = ""

    @property
    def identity(self) -> str:
        """Its name and version as far as the packages of every project do not say it already."""
        return f"spark {_spark_version()}" if self.name == "spark" else self.name

    @property
    def master(self) -> str:
        """Where Spark runs: the named master, else the cores of this machine."""
        return self.spark_master or f"local[{self.threads or '*'}]"

    @property
    def is_here(self) -> bool:
        """Whether it counts on this machine, and so can read what lies on this machine only."""
        return self.name != "spark" or (not self.spark_remote and self.master.startswith("local"))


DUCKDB = Engine()


def engine_of(settings: Mapping[str, Any], environment: Mapping[str, str], place: str) -> Engine:
    """The engine of a project file's section [engine]; variables overrule it.

    Those are ENGINE, ENGINE_MEMORY, ENGINE_THREADS, SPARK_MASTER and SPARK_REMOTE; an empty one
    counts as none. `place` names the file. ParameterError for a variable that can not be meant,
    SettingsError for a setting, and where Spark is asked for and not installed.
    """
    memory = _setting("memory", settings, environment, place, _megabytes)
    threads = _setting("threads", settings, environment, place, _threads)
    name = _name(environment.get("ENGINE") or ENGINES[0])
    if name != "spark":
        return Engine(name, memory, threads)
    _spark_version()
    master, remote = environment.get("SPARK_MASTER", ""), environment.get("SPARK_REMOTE", "")
    if master and remote:
        raise ParameterError(
            f"SPARK_MASTER={master} and SPARK_REMOTE={remote} name two places.",
            "Set one of them: a master for a driver of our own, an address for Spark Connect.",
        )
    if remote and not remote.startswith("sc://"):
        raise ParameterError(
            f"SPARK_REMOTE={remote} is no address of Spark Connect.", "Write sc://host:15002."
        )
    return Engine(name, memory, threads, master, remote)


def refuse_unready(engine: Engine, snapshots: object) -> None:
    """Find out before any work that an engine can not count what lies at `snapshots`.

    SettingsError where machines elsewhere would have to read a store that only this one can;
    other errors as refuse_unreachable.
    """
    refuse_far_store(engine, snapshots)
    refuse_unreachable(engine)


def refuse_far_store(engine: Engine, snapshots: object) -> None:
    """SettingsError where an engine elsewhere is to read what is no path."""
    if not engine.is_here and not isinstance(snapshots, Path):
        raise SettingsError(
            f"Spark at {engine.spark_remote or engine.master} can not read snapshots at "
            f"{snapshots}: they are read with the packages and keys of this machine.",
            "Count with DuckDB or with SPARK_MASTER=local[4], or let [output] snapshots name a "
            "folder that Spark can see.",
        )


def refuse_unreachable(engine: Engine) -> None:
    """InputError where no Spark answers, or nothing here can run one."""
    if not engine.is_here:
        _refuse_silent(engine.spark_remote or engine.master)
    elif engine.name == "spark":
        _refuse_no_java()


def _refuse_no_java() -> None:
    home = os.environ.get("JAVA_HOME", "")
    if not shutil.which(str(Path(home, "bin", "java")) if home else "java"):
        place = f"in JAVA_HOME={home}" if home else "on this machine"
        raise InputError(
            f"ENGINE=spark needs Java, and there is none {place}.",
            "Install Java 17, or name a Spark elsewhere with SPARK_MASTER or SPARK_REMOTE.",
        )


def _refuse_silent(address: str) -> None:
    """Ask the address ourselves: Spark would try again for ten minutes."""
    try:
        parts = urlsplit(address)
        if parts.scheme not in PORTS:
            return
        place = (parts.hostname or "", parts.port or PORTS[parts.scheme])
        socket.create_connection(place, timeout=ANSWER_SECONDS).close()
    except (OSError, ValueError) as error:
        raise InputError(
            f"No Spark answers at {address}: {error}",
            "Correct SPARK_MASTER or SPARK_REMOTE, or start it there.",
        ) from error


def _spark_version() -> str:
    try:
        return version("pyspark")
    except PackageNotFoundError as error:
        raise SettingsError(
            "ENGINE=spark needs PySpark, which is not installed.",
            'Run: make tools (outside this folder: pip install "briefings[spark]")',
        ) from error


def _name(asked: str) -> EngineName:
    for name in ENGINES:
        if name == asked:
            return name
    raise ParameterError(f"ENGINE={asked} is unknown.", f"Engines are {', '.join(ENGINES)}.")


def _setting(
    name: str,
    settings: Mapping[str, Any],
    environment: Mapping[str, str],
    place: str,
    parse: Callable[[str], int | None],
) -> int | None:
    variable = f"ENGINE_{name.upper()}"
    asked = environment.get(variable)
    given = asked or settings.get(name)
    if given is None:
        return None
    found = parse(str(given))
    if found is None:
        kind: type[BriefingsError] = ParameterError if asked else SettingsError
        said = f"{variable}={given}" if asked else f"{place}: [engine] {name} = {given!r}"
        raise kind(f"{said} can not be read.", "Write memory as 500MB or 2GB, threads as 4.")
    return found


def _megabytes(text: str) -> int | None:
    match = SIZE.fullmatch(text)
    return int(match[1]) * MEGABYTES[match[2]] if match else None


def _threads(text: str) -> int | None:
    return int(text) if COUNT.fullmatch(text) else None
