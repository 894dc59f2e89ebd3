"""A real PostgreSQL server, and the tiny province's dossiers in it."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Iterator, Sequence
from io import StringIO
from pathlib import Path

import pytest

from briefings.project import Project, load_project
from tests import tiny
from tests.intake.postgres.server import Server, programs, running

SCHEMA, TABLE = "motcua", "ho_so"
SOURCE = f'{{ postgresql = "{TABLE}", schema = "{SCHEMA}" }}'
MONTHLY = f'{{ postgresql = "{TABLE}", schema = "{SCHEMA}", monthly = true }}'
HEADINGS = tiny.DOSSIER_HEADINGS.split(",")
PERSONAL = "Người nộp"
MAPPED = [name for name in HEADINGS if name != PERSONAL]
# As a database would keep them: days and moments as such.
TYPES = {"Ngày tiếp nhận": "timestamp", "Ngày hẹn trả": "timestamp", "Ngày hoàn thành": "timestamp"}
TYPED = [(name, TYPES.get(name, "text")) for name in HEADINGS]

MakeOffice = Callable[..., Project]


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A server; its absence is a failure in CI and a skip elsewhere."""
    found = programs()
    if found is None:
        reason = "PostgreSQL's server is not installed"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with running(found) as server:
        yield server


@pytest.fixture
def reader(server: Server, monkeypatch: pytest.MonkeyPatch) -> Server:
    """The server, with an environment that lets the reader in."""
    for name in [name for name in os.environ if name.startswith("PG")]:
        monkeypatch.delenv(name)
    for name, value in server.environment().items():
        monkeypatch.setenv(name, value)
    return server


@pytest.fixture
def dossiers(reader: Server) -> Server:
    """Both months of dossiers in one table, of which the reader may see the mapped columns."""
    fill(reader, rows_of(tiny.DOSSIERS_JANUARY) + rows_of(tiny.DOSSIERS_FEBRUARY))
    return reader


@pytest.fixture
def make_office(tmp_path: Path) -> MakeOffice:
    """The tiny project, with its dossiers in the database."""

    def make(source: str = SOURCE, *others: str, folder: Path = tmp_path) -> Project:
        tiny.write_project(folder, only=("dossiers", *others))
        return from_database(folder, source)

    return make


def from_database(folder: Path, source: str) -> Project:
    """Let a tiny project read its dossiers from the database."""
    file = folder / "briefings.toml"
    settings = file.read_text(encoding="utf-8")
    file.write_text(
        settings.replace('dossiers = "raw/{month}/dossiers.csv"', f"dossiers = {source}"),
        encoding="utf-8",
    )
    return load_project(file)


def rows_of(text: str) -> list[list[str | None]]:
    """The rows of a CSV text below its headings; an empty cell is None."""
    _, *rows = csv.reader(StringIO(text))
    return [[cell or None for cell in row] for row in rows]


def fill(
    server: Server,
    rows: Sequence[Sequence[str | None]],
    columns: Sequence[tuple[str, str]] = TYPED,
    schema: str = SCHEMA,
    table: str = TABLE,
) -> None:
    """A table with some rows; the dates of the tiny province are day/month/year."""
    server.run("ALTER ROLE owner SET DateStyle = 'ISO, DMY'")
    server.create(schema, table, columns, rows)
    server.grant(schema, table, [name for name, _ in columns if name != PERSONAL])
