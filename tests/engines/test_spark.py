"""DuckDB and Spark count the same, row for row and byte for byte; Spark really runs."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TypeAlias

import pyspark
import pytest

from briefings.intake.take_in import take_in
from briefings.project import Project, load_project
from tests import form_province, tiny
from tests.conftest import ROOT, Office

pytestmark = pytest.mark.slow

MOST_SECONDS = 540
START_SECONDS = 180
PAUSE = 0.2
PARTS = ("observations", "details", "facts")
Files: TypeAlias = dict[str, bytes]
# Java's quick compiler: queries on a few rows are over before its good one pays.
QUICK = {"JAVA_TOOL_OPTIONS": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"}
HERE = {"ENGINE": "spark", "SPARK_MASTER": "local[2]", "ENGINE_MEMORY": "800MB", **QUICK}


def counted(folder: Path, asked: Mapping[Path, Sequence[str]], **variables: str) -> Files:
    """What a process of its own counts of projects and writes out, by project's folder and file.

    Its own warnings are errors.
    """
    engines = ("ENGINE", "SPARK_")
    clean = {name: text for name, text in os.environ.items() if not name.startswith(engines)}
    arguments = [",".join([str(file), str(folder / file.parent.name), *parts])
                 for file, parts in asked.items()]  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "tests.engines.everything", *arguments],
        cwd=ROOT,
        env=clean | variables,
        capture_output=True,
        text=True,
        timeout=MOST_SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    assert "Warning" not in done.stderr
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    return {str(file.relative_to(folder)): file.read_bytes() for file in files}


def differing(one: Files, other: Files) -> list[str]:
    return [name for name in sorted({*one, *other}) if one.get(name) != other.get(name)]


def test_all_that_is_counted_of_two_provinces_is_the_same(office: Office, tmp_path: Path) -> None:
    """The demonstration with all its tables, calendar, index and lineage: all rows of all units.

    And a province with units that end and dossiers without a procedure, of which seven of the
    eight tables are not delivered: those rows no engine can read.
    """
    demonstration = load_project(office.folder / "briefings.toml")
    other = form_province.write_project(tmp_path / "province")
    for project in (demonstration, other):
        take_in(project)
    asked = {demonstration.file: PARTS, other.file: ("observations", "facts")}
    ours = counted(tmp_path / "duckdb", asked)
    observations = ours[f"{office.folder.name}/observations/observations.csv"]
    assert len(observations.splitlines()) > 10_000
    assert b"X9" in ours["province/observations/components.csv"]
    assert differing(ours, counted(tmp_path / "spark", asked, **HERE)) == []


@contextmanager
def connect_server(log: Path) -> Iterator[str]:
    """The address of a Spark Connect server on loopback."""
    with closing(socket.create_server(("127.0.0.1", 0))) as held:
        port = held.getsockname()[1]
    home = Path(pyspark.__file__).parent
    settings = {
        "spark.driver.memory": "800m",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "4",
        "spark.connect.grpc.binding.address": "127.0.0.1",
        "spark.connect.grpc.binding.port": str(port),
        "spark.sql.warehouse.dir": str(log.parent / "warehouse"),
    }
    options = [part for item in settings.items() for part in ("--conf", "=".join(item))]
    service = "org.apache.spark.sql.connect.service.SparkConnectServer"
    command = [str(home / "bin" / "spark-submit"), "--master", "local[2]", "--class", service]
    with log.open("wb") as stream:
        server = subprocess.Popen(
            [*command, *options],
            cwd=log.parent,
            env=os.environ | QUICK,
            stdout=stream,
            stderr=stream,
        )
    try:
        _until_it_listens(server, port)
        yield f"sc://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(60)


def _until_it_listens(server: subprocess.Popen[bytes], port: int) -> None:
    end = time.monotonic() + START_SECONDS
    while not _listens(port):
        assert server.poll() is None, "it ended"
        assert time.monotonic() < end, "it did not start"
        time.sleep(PAUSE)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def repeating(folder: Path) -> Project:
    """The tiny province, whose February repeats an open dossier of January, finished since."""
    row = "A5,P2,D2,31/01/2025 16:30,Trực tiếp,14/02/2025 17:00,13/02/2025 09:00,Đã trả kết quả,x\n"
    dossiers = {tiny.JANUARY: tiny.DOSSIERS_JANUARY, tiny.FEBRUARY: tiny.DOSSIERS_FEBRUARY + row}
    project = tiny.write_project(folder, dossiers=dossiers)
    text = project.file.read_text(encoding="utf-8")
    tiny.write(project.file, text.replace("[intake]\n", '[intake]\nrepeated = "latest"\n'))
    return load_project(project.file)


def test_all_observations_are_the_same_behind_spark_connect(tmp_path: Path) -> None:
    """Also where a later delivery replaces a row of an earlier one."""
    project = repeating(tmp_path / "tiny")
    take_in(project)
    asked = {project.file: ["observations"]}
    ours = counted(tmp_path / "duckdb", asked)
    assert b"2025-02,D2,1,0,1,1,1," in ours["tiny/observations/components.csv"]
    with connect_server(tmp_path / "server.log") as address:
        theirs = counted(tmp_path / "spark", asked, ENGINE="spark", SPARK_REMOTE=address)
    assert differing(ours, theirs) == []


def in_store(folder: Path) -> Project:
    """The tiny province, whose snapshots have an address: Spark here reads copies of them."""
    file = tiny.write_project(folder).file
    text = file.read_text(encoding="utf-8")
    address = f'snapshots = "file://{folder}/store"'
    tiny.write(file, text.replace('snapshots = "snapshots"', address))
    return load_project(file)


def test_a_report_counted_by_the_other_engine_is_up_to_date(tmp_path: Path) -> None:
    """Facts are counted anew by another engine; as they are the same, so is every briefing.

    Also where the snapshot is in an object store.
    """
    project = in_store(tmp_path)
    office, asked = Office(tmp_path), ("--month", tiny.FEBRUARY, "--unit", "T1")
    made = office.run("report", *asked, "--language", "en", "--format", "html")
    assert made.code == 0, made.screen
    kept = sorted(project.facts.rglob("*.json"))
    planned = office.run("plan", *asked, "--language", "en", "--format", "html", **HERE)
    assert planned.code == 0, planned.screen
    assert "0 to execute, 0 to render, 1 unchanged" in planned.screen
    assert sorted(project.facts.rglob("*.json")) != kept
    assert not list(project.overflow.rglob("*.parquet"))


def test_where_no_spark_answers_the_run_ends_before_anything_else(tmp_path: Path) -> None:
    project = tiny.write_project(tmp_path)
    with closing(socket.create_server(("127.0.0.1", 0))) as held:
        port = held.getsockname()[1]
    asked = ("plan", "--month", tiny.FEBRUARY, "--unit", "T1")
    run = Office(tmp_path).run(*asked, ENGINE="spark", SPARK_REMOTE=f"sc://127.0.0.1:{port}")
    assert run.code == 3, run.screen
    assert "SPARK_REMOTE" in run.screen
    assert "Traceback" not in run.screen
    assert not project.snapshots.exists()
