"""A project with a database from the command line, and a password that is found nowhere after."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from briefings.press.environment import pinned
from tests import tiny
from tests.conftest import Office
from tests.intake.postgres.conftest import MONTHLY, MakeOffice
from tests.intake.postgres.server import PASSWORD, Server

pytestmark = pytest.mark.slow

NAMES = ("PGHOST", "PGUSER", "PGPASSWORD", "PGSERVICE", "PGPASSFILE", "AWS_SECRET_ACCESS_KEY")


def containing(folder: Path, text: str) -> Iterator[Path]:
    """The files below a folder that hold a text, hidden ones as well."""
    for file in folder.rglob("*"):
        if file.is_file() and text.encode() in file.read_bytes():
            yield file


@pytest.mark.slow
def test_an_intake_and_a_report_leave_no_trace_of_the_password(
    dossiers: Server, make_office: MakeOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_office(MONTHLY, *(name for name in tiny.TABLES if name != "dossiers"))
    office = Office(tmp_path)
    taken = office.run("intake")
    made = office.run("report", "--month", "2025-02", "--unit", "T1,D1", "--language", "en")
    monkeypatch.setenv("PGPASSWORD", f"{PASSWORD}-wrong")
    refused = office.run("report", "--month", "2025-02", "--unit", "T1")
    assert (taken.code, made.code, refused.code) == (0, 0, 3), made.screen
    assert "Traceback" not in refused.screen
    for run in (taken, made, refused):
        assert PASSWORD not in run.screen
    assert office.file("T1", "briefing.en.pdf").exists()
    for secret in (PASSWORD, tiny.CANARY):
        found = {file.relative_to(tmp_path).parts[0] for file in containing(tmp_path, secret)}
        # The files of the other tables' example lie there as well; the database has no file.
        assert found <= ({"raw"} if secret == tiny.CANARY else set())


def test_kernels_get_no_credentials() -> None:
    kept = pinned(dict.fromkeys(NAMES, PASSWORD) | {"HOME": "/home/a"})
    assert not set(NAMES) & kept.keys()
    assert kept["HOME"] == "/home/a"
