"""What does the counting, and how much of the machine it may use."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Literal, TypeAlias, get_args

from briefings.errors import BriefingsError, ParameterError, SettingsError

EngineName: TypeAlias = Literal["duckdb", "spark"]
ENGINES: tuple[EngineName, ...] = get_args(EngineName)
SIZE = re.compile(r"([1-9][0-9]{0,5})(MB|GB)")
MEGABYTES = {"MB": 1, "GB": 1000}
COUNT = re.compile(r"[1-9][0-9]{0,3}")


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


def _spark_version() -> str:
    try:
        return version("pyspark")
    except PackageNotFoundError as error:
        raise SettingsError(
            "ENGINE=spark needs PySpark, which is not installed.",
            'Run: pip install "briefings[spark]"',
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
