"""What goes wrong with a database: one clear sentence, what to do, and never a secret."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from briefings.errors import BriefingsError, InputError, SettingsError
from briefings.intake.take_in import take_in
from briefings.project import load_project
from tests import tiny
from tests.intake.postgres.conftest import MONTHLY, SCHEMA, SOURCE, TABLE, MakeOffice
from tests.intake.postgres.server import PASSWORD, Server

pytestmark = pytest.mark.slow

ANOTHER = "canary-Wrong-55d0"


def fault(make_office: MakeOffice, source: str = SOURCE) -> InputError:
    with pytest.raises(InputError) as caught:
        take_in(make_office(source))
    error: BaseException | None = caught.value
    while error is not None:  # a traceback would print the causes as well
        assert PASSWORD not in repr(error)
        assert ANOTHER not in repr(error)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return caught.value


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("PGPASSWORD", ANOTHER, "refuses this user, password or database"),
        ("PGUSER", f"postgresql://x:{ANOTHER}@y/z", "refuses this user, password or database"),
        ("PGDATABASE", f"postgresql://x:{ANOTHER}@y/z", "refuses this user, password or database"),
        ("PGHOST", "/no/such/folder", "can not be reached"),
        ("PGPORT", "1", "can not be reached"),
        ("PGPORT", ANOTHER, "can not be reached"),
        ("PGSERVICE", ANOTHER, "can not be reached"),
        ("PGPASSWORD", "", "the environment has none"),
    ],
)
def test_without_a_connection_nothing_of_the_environment_is_quoted(
    dossiers: Server,
    make_office: MakeOffice,
    monkeypatch: pytest.MonkeyPatch,
    variable: str,
    value: str,
    said: str,
) -> None:
    monkeypatch.setenv(variable, value)
    error = fault(make_office)
    assert said in error.message
    assert ANOTHER not in str(error)


def test_a_table_that_is_not_there_is_named(dossiers: Server, make_office: MakeOffice) -> None:
    error = fault(make_office, f'{{ postgresql = "ho_so_cu", schema = "{SCHEMA}" }}')
    assert error.message == "postgresql:motcua.ho_so_cu: the database has no such table or view."
    assert "[tables]" in error.advice


def test_without_the_right_the_right_is_named(dossiers: Server, make_office: MakeOffice) -> None:
    dossiers.run(f'REVOKE SELECT ("Mã hồ sơ") ON {SCHEMA}.{TABLE} FROM reader')
    error = fault(make_office)
    assert error.message == "postgresql:motcua.ho_so: this user may not read it."
    assert "SELECT" in error.advice


def test_missing_columns_are_named_with_what_they_are_for(
    dossiers: Server, make_office: MakeOffice
) -> None:
    dossiers.run(f'ALTER TABLE {SCHEMA}.{TABLE} RENAME "Kênh" TO "Kênh nộp"')
    error = fault(make_office)
    assert error.message == "postgresql:motcua.ho_so: missing column 'Kênh' (for channel)."
    assert "Kênh nộp" in error.advice


def test_a_text_has_no_months(dossiers: Server, make_office: MakeOffice) -> None:
    dossiers.run(f'ALTER TABLE {SCHEMA}.{TABLE} ALTER "Ngày tiếp nhận" TYPE text')
    error = fault(make_office, MONTHLY)
    assert "the column 'Ngày tiếp nhận' is neither a date nor a timestamp" in error.message
    assert "one delivery" in error.advice


def test_months_are_those_in_which_rows_begin(
    dossiers: Server, make_office: MakeOffice, tmp_path: Path
) -> None:
    make_office(MONTHLY)
    profile = tmp_path / "profile.yaml"
    text = profile.read_text(encoding="utf-8")
    lines = [line for line in text.splitlines(keepends=True) if "received_at" not in line]
    profile.write_text("".join(lines), encoding="utf-8")
    with pytest.raises(InputError, match="the profile maps no single column to received_at"):
        take_in(load_project(tmp_path / "briefings.toml"))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("unit: Mã đơn vị", "unit: {heading: Mã đơn vị, fill_down: true}", "have no order"),
        (
            "procedure_code: Mã TTHC",
            'waiting_days: {heading: Mã TTHC, number: {decimal: ","}}',
            "'Mã TTHC' holds numbers",
        ),
    ],
)
def test_what_means_something_in_a_file_only_is_refused(
    dossiers: Server, make_office: MakeOffice, tmp_path: Path, old: str, new: str, said: str
) -> None:
    dossiers.run(f'ALTER TABLE {SCHEMA}.{TABLE} ALTER "Mã TTHC" TYPE numeric USING 1.5')
    make_office()
    profile = tmp_path / "profile.yaml"
    head, tail = profile.read_text(encoding="utf-8").split("  dossiers:\n")
    profile.write_text(f"{head}  dossiers:\n{tail.replace(old, new, 1)}", encoding="utf-8")
    with pytest.raises(InputError, match=said):
        take_in(load_project(tmp_path / "briefings.toml"))


def test_a_view_that_fails_while_it_is_read_stops_the_intake(
    dossiers: Server, make_office: MakeOffice
) -> None:
    dossiers.run(
        f'CREATE OR REPLACE VIEW {SCHEMA}.broken AS SELECT *, (1 / (length("Mã hồ sơ") - 2))'
        f'::text AS "Ghi chú" FROM {SCHEMA}.{TABLE}'
    )
    dossiers.run(f'ALTER VIEW {SCHEMA}.broken RENAME "Kênh" TO "Kênh cũ"')
    dossiers.run(f'ALTER VIEW {SCHEMA}.broken RENAME "Ghi chú" TO "Kênh"')
    dossiers.run(f"GRANT SELECT ON {SCHEMA}.broken TO reader")
    error = fault(make_office, f'{{ postgresql = "broken", schema = "{SCHEMA}" }}')
    assert error.message == "postgresql:motcua.broken: the database stopped reading it (22012)."
    dossiers.run(f"DROP VIEW {SCHEMA}.broken")


def test_a_failed_intake_leaves_the_last_snapshot_as_it_was(
    dossiers: Server, make_office: MakeOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = make_office()
    before = take_in(project)
    pointer = (project.snapshots / "current.json").read_bytes()
    monkeypatch.setenv("PGPASSWORD", ANOTHER)
    with pytest.raises(InputError):
        take_in(project)
    assert (project.snapshots / "current.json").read_bytes() == pointer
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    assert take_in(project) == before


def test_a_service_file_and_a_password_file_will_do(
    dossiers: Server, make_office: MakeOffice, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    settings = dossiers.environment()
    for name in settings:
        monkeypatch.delenv(name)
    service = f"[so]\nhost={settings['PGHOST']}\ndbname=office\nuser=reader\n"
    secret = tiny.write(tmp_path / "secrets" / "pgpass", f"*:*:*:reader:{PASSWORD}\n")
    secret.chmod(0o600)
    monkeypatch.setenv("PGSERVICEFILE", str(tiny.write(tmp_path / "secrets" / "pg", service)))
    monkeypatch.setenv("PGSERVICE", "so")
    monkeypatch.setenv("PGPASSFILE", str(secret))
    assert take_in(make_office()).intake[0].used == 8


def in_project(text: str) -> Callable[[Path], None]:
    return lambda folder: add(folder / "briefings.toml", text)


def in_profile(text: str) -> Callable[[Path], None]:
    return lambda folder: add(folder / "profile.yaml", text)


def add(file: Path, text: str) -> None:
    file.write_text(file.read_text(encoding="utf-8") + text, encoding="utf-8")


@pytest.mark.parametrize(
    "write",
    [
        in_project(f'payments = "postgresql://u:{ANOTHER}@host/db"\n'),
        in_project(f'payments = "s3://{ANOTHER}@bucket/x.csv"\n'),
        in_project(f'payments = {{ postgresql = "t", password = "{ANOTHER}" }}\n'),
        in_project(f'payments = "host=db password={ANOTHER}"\n'),
        in_project(f"# PGPASSWORD={ANOTHER}\n"),
        in_project(f'[output.storage]\nsecret_access_key = "{ANOTHER}"\n'),
        in_profile(f"password: {ANOTHER}\n"),
        in_profile(f"# postgresql://u:{ANOTHER}@host/db\n"),
    ],
)
def test_a_password_in_a_file_of_ours_is_refused_and_not_repeated(
    tmp_path: Path, write: Callable[[Path], None]
) -> None:
    tiny.write_project(tmp_path, only=["dossiers"])
    write(tmp_path)
    with pytest.raises(SettingsError, match=r"line \d+: this looks like a password") as caught:
        take_in(load_project(tmp_path / "briefings.toml"))
    assert ANOTHER not in str(caught.value)
    assert "PGPASSFILE" in caught.value.advice


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ('"postgresql:motcua.ho_so"', "is the address of a database"),
        ('{ postgresql = "t", host = "db" }', "unknown host"),
        ('{ schema = "motcua" }', "names no table"),
        ('{ postgresql = "" }', "is a text and not empty"),
        ("{ postgresql = 7 }", "is a text and not empty"),
        ('{ postgresql = "t", month = "d" }', "unknown month"),
        ('{ postgresql = "t", monthly = "yes" }', "`monthly` is true or false"),
    ],
)
def test_a_table_that_is_not_named_plainly_is_refused(
    make_office: MakeOffice, setting: str, said: str
) -> None:
    with pytest.raises(SettingsError, match=said):
        make_office(setting)


def test_without_the_packages_their_extra_is_named(make_office: MakeOffice) -> None:
    project = make_office()
    without = "import sys; sys.modules['psycopg'] = None; from briefings.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", without, "intake", "--project", str(project.file)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == SettingsError.exit_code
    assert "names tables of PostgreSQL, and psycopg is not installed" in done.stderr
    assert "briefings[postgresql]" in done.stderr


def test_a_profile_without_the_table_is_refused(
    dossiers: Server, make_office: MakeOffice, tmp_path: Path
) -> None:
    make_office()
    add(tmp_path / "briefings.toml", 'complaints = { postgresql = "khieu_nai" }\n')
    with pytest.raises(BriefingsError, match="maps no table 'complaints'"):
        take_in(load_project(tmp_path / "briefings.toml"))
