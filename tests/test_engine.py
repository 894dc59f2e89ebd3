"""Which engine counts, and with how much of the machine: the project file, and who overrules it."""

from __future__ import annotations

import importlib.metadata
import socket
from contextlib import closing
from pathlib import Path

import pytest

from briefings.engine import Engine, engine_of, refuse_unready
from briefings.errors import InputError, ParameterError, SettingsError
from briefings.project import load_project
from briefings.store import place_at
from tests import tiny

PLACE = "briefings.toml"


def test_duckdb_counts_unless_another_is_asked_for() -> None:
    assert engine_of({}, {}, PLACE) == Engine("duckdb", None, None)
    assert engine_of({}, {"ENGINE": "", "SPARK_MASTER": "local[2]"}, PLACE) == Engine("duckdb")


@pytest.mark.parametrize(("text", "megabytes"), [("1MB", 1), ("500MB", 500), ("2GB", 2000)])
def test_memory_is_a_size(text: str, megabytes: int) -> None:
    assert engine_of({"memory": text}, {}, PLACE).megabytes == megabytes


def test_a_variable_overrules_the_project_file() -> None:
    variables = {"ENGINE_MEMORY": "1GB", "ENGINE_THREADS": "3"}
    engine = engine_of({"memory": "2GB", "threads": 8}, variables, PLACE)
    assert (engine.megabytes, engine.threads) == (1000, 3)


@pytest.mark.parametrize(
    "text", ["2", "0MB", "2 GB", "2gb", "-1GB", "1.5GB", "²GB", "80%", 2, True]
)
def test_a_memory_that_is_no_size_is_refused_with_its_place(text: object) -> None:
    with pytest.raises(SettingsError, match=r"briefings\.toml: \[engine\] memory"):
        engine_of({"memory": text}, {}, PLACE)
    with pytest.raises(ParameterError, match="ENGINE_MEMORY="):
        engine_of({}, {"ENGINE_MEMORY": str(text)}, PLACE)


@pytest.mark.parametrize("text", ["0", "-2", "two", "1.5", "²", "99999"])
def test_threads_are_a_whole_number_from_one(text: str) -> None:
    with pytest.raises(ParameterError, match="ENGINE_THREADS="):
        engine_of({}, {"ENGINE_THREADS": text}, PLACE)


def test_an_unknown_engine_is_refused_with_those_there_are() -> None:
    with pytest.raises(ParameterError, match=r"ENGINE=Spark is unknown(.|\n)*duckdb, spark"):
        engine_of({}, {"ENGINE": "Spark"}, PLACE)


def test_spark_runs_on_the_cores_of_this_machine_or_where_it_is_told() -> None:
    spark = {"ENGINE": "spark"}
    assert engine_of({}, spark, PLACE).master == "local[*]"
    assert engine_of({"threads": 2}, spark, PLACE).master == "local[2]"
    there = spark | {"SPARK_MASTER": "spark://host:7077"}
    assert engine_of({"threads": 2}, there, PLACE).master == "spark://host:7077"
    remote = engine_of({}, spark | {"SPARK_REMOTE": "sc://host:15002"}, PLACE)
    assert remote.spark_remote == "sc://host:15002"


def test_spark_can_not_be_in_two_places() -> None:
    both = {"ENGINE": "spark", "SPARK_MASTER": "local[2]", "SPARK_REMOTE": "sc://host"}
    with pytest.raises(ParameterError, match="two places"):
        engine_of({}, both, PLACE)


def test_spark_connect_has_addresses_of_its_own() -> None:
    with pytest.raises(ParameterError, match="sc://host:15002"):
        engine_of({}, {"ENGINE": "spark", "SPARK_REMOTE": "spark://host:7077"}, PLACE)


def test_spark_that_is_not_installed_is_refused_with_the_way_to_install_it(monkeypatch) -> None:
    def missing(name: str) -> str:
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr("briefings.engine.version", missing)
    assert engine_of({}, {}, PLACE).identity == "duckdb"
    with pytest.raises(SettingsError, match=r"briefings\[spark\]"):
        engine_of({}, {"ENGINE": "spark"}, PLACE)


def test_a_project_has_its_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ENGINE", raising=False)
    project = tiny.write_project(tmp_path)
    assert project.engine == Engine()
    text = project.file.read_text(encoding="utf-8")
    tiny.write(project.file, f'{text}\n[engine]\nmemory = "2GB"\nthreads = 2\n')
    assert load_project(project.file).engine == Engine("duckdb", 2000, 2)
    monkeypatch.setenv("ENGINE", "spark")
    assert load_project(project.file).engine.name == "spark"
    assert project.overflow == project.cache / "engine"


def silent_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as held:
        port: int = held.getsockname()[1]
    return port


@pytest.mark.parametrize("variable", ["SPARK_MASTER", "SPARK_REMOTE"])
def test_a_spark_that_does_not_answer_is_found_out_beforehand(variable: str) -> None:
    scheme = {"SPARK_MASTER": "spark", "SPARK_REMOTE": "sc"}[variable]
    for port in (silent_port(), "no port"):
        address = f"{scheme}://127.0.0.1:{port}"
        engine = engine_of({}, {"ENGINE": "spark", variable: address}, PLACE)
        with pytest.raises(InputError, match="No Spark answers") as caught:
            refuse_unready(engine, Path("snapshots"))
        assert address in caught.value.message


def test_spark_elsewhere_can_not_read_what_this_machine_has_the_keys_of() -> None:
    variables = {"ENGINE": "spark", "SPARK_MASTER": "spark://host:7077"}
    with pytest.raises(SettingsError, match="can not read snapshots at memory://store"):
        refuse_unready(engine_of({}, variables, PLACE), place_at("test", "memory://store"))
    refuse_unready(Engine(), place_at("test", "memory://store"))


def test_a_spark_of_our_own_needs_java(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = engine_of({}, {"ENGINE": "spark"}, PLACE)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(InputError, match="needs Java"):
        refuse_unready(engine, place_at("test", "memory://store"))
    java = tiny.write(tmp_path / "bin" / "java", "")
    java.chmod(0o755)
    refuse_unready(engine, place_at("test", "memory://store"))
