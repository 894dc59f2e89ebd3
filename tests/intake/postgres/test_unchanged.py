"""A table is read again only where its content changed, and as it was at one moment."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefings.intake.elsewhere import open_elsewhere, private_folder
from briefings.intake.postgres import tables
from briefings.intake.snapshot import Snapshot
from briefings.intake.take_in import take_in
from briefings.project import Project
from tests import tiny
from tests.intake.postgres.conftest import MONTHLY, SOURCE, MakeOffice, fill, rows_of
from tests.intake.postgres.server import Server
from tests.whole import read_raw

pytestmark = pytest.mark.slow

ONE_MORE = (
    'INSERT INTO motcua.ho_so ("Mã hồ sơ", "Mã đơn vị", "Ngày tiếp nhận") '
    "VALUES ('B9', 'D1', '2025-02-20 08:00')"
)


def folders(snapshot: Snapshot) -> dict[str, str]:
    return {name: folder.name for name, folder in snapshot.folders.items()}


def read_anew(project: Project, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The deliveries of which an intake reads rows."""
    found: list[str] = []
    write = tables.write_deliveries

    def noted(database, selection, files):
        found.extend(files)
        write(database, selection, files)

    monkeypatch.setattr(tables, "write_deliveries", noted)
    take_in(project)
    return found


def test_an_unchanged_table_is_not_read_again(
    dossiers: Server, make_office: MakeOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = make_office(MONTHLY)
    assert read_anew(project, monkeypatch) == ["2025-01", "2025-02"]
    assert read_anew(project, monkeypatch) == []


@pytest.mark.parametrize(
    ("change", "anew"),
    [
        (ONE_MORE, ["2025-02"]),
        ("UPDATE motcua.ho_so SET \"Ngày hoàn thành\" = '2025-03-03' "
         "WHERE \"Mã hồ sơ\" = 'A5'", ["2025-01"]),
        ("DELETE FROM motcua.ho_so WHERE \"Mã hồ sơ\" = 'B1'", ["2025-02"]),
        ("UPDATE motcua.ho_so SET \"Người nộp\" = 'another'", []),
        # A value that moves from one row to another, and one that moves to the next column.
        ("UPDATE motcua.ho_so SET \"Mã đơn vị\" = CASE \"Mã đơn vị\" WHEN 'D1' THEN 'D2' "
         "ELSE 'D1' END WHERE \"Mã hồ sơ\" IN ('A1', 'A3')", ["2025-01"]),
        ("UPDATE motcua.ho_so SET \"Mã TTHC\" = \"Mã đơn vị\", \"Mã đơn vị\" = \"Mã TTHC\" "
         "WHERE \"Mã hồ sơ\" = 'B1'", ["2025-02"]),
        # Nothing, and an empty text.
        ("UPDATE motcua.ho_so SET \"Mã TTHC\" = NULL WHERE \"Mã hồ sơ\" = 'B1'", ["2025-02"]),
        ("UPDATE motcua.ho_so SET \"Mã TTHC\" = '' WHERE \"Mã hồ sơ\" = 'B1'", ["2025-02"]),
    ],
)  # fmt: skip
def test_a_change_touches_its_month_only(
    dossiers: Server,
    make_office: MakeOffice,
    monkeypatch: pytest.MonkeyPatch,
    change: str,
    anew: list[str],
) -> None:
    project = make_office(MONTHLY)
    take_in(project)
    dossiers.run(change)
    assert read_anew(project, monkeypatch) == anew


def test_the_order_of_the_rows_is_no_content(reader: Server, make_office: MakeOffice) -> None:
    rows = rows_of(tiny.DOSSIERS_JANUARY) + rows_of(tiny.DOSSIERS_FEBRUARY)
    fill(reader, rows)
    project = make_office(MONTHLY)
    first = take_in(project)
    fill(reader, rows[::-1])
    assert folders(take_in(project)) == folders(first)


def test_a_row_twice_is_another_content(reader: Server, make_office: MakeOffice) -> None:
    """Sums, unlike an exclusive or, do not lose what stands there twice."""
    rows = rows_of(tiny.DOSSIERS_JANUARY)
    fill(reader, rows)
    project = make_office()
    first = take_in(project)
    fill(reader, [*rows, rows[0], rows[0]])
    second = take_in(project)
    assert folders(second) != folders(first)
    assert second.intake[0].reasons == {"repeats an earlier row": 2}


def test_settings_of_the_user_do_not_change_the_content(
    dossiers: Server, make_office: MakeOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = make_office(MONTHLY)
    first = take_in(project)
    monkeypatch.setenv("PGTZ", "Asia/Ho_Chi_Minh")
    monkeypatch.setenv("PGDATESTYLE", "German")
    monkeypatch.setenv("PGOPTIONS", "-c search_path=pg_temp -c extra_float_digits=0")
    assert folders(take_in(project)) == folders(first)


@pytest.mark.parametrize("source", [SOURCE, MONTHLY])
def test_what_is_read_is_what_was_digested(
    dossiers: Server, make_office: MakeOffice, source: str
) -> None:
    """Somebody works on; what happens meanwhile belongs to the next intake."""
    project = make_office(source)
    project.snapshots.mkdir()
    with private_folder(project) as folder, open_elsewhere(project, folder) as elsewhere:
        dossiers.run(ONE_MORE)
        dossiers.run("DELETE FROM motcua.ho_so WHERE \"Mã hồ sơ\" = 'A1'")
        elsewhere.bring(elsewhere.parts)
        codes = [code for part in elsewhere.parts for code in read_raw(part.file)["Mã hồ sơ"]]
    assert sorted(codes) == ["A1", "A2", "A3", "A4", "A5", "B1", "B2", "B3"]


def test_nothing_can_be_written_while_reading(
    dossiers: Server, make_office: MakeOffice, tmp_path: Path
) -> None:
    from briefings.intake.postgres.connection import one_moment

    with one_moment() as database:
        shown = database.con.execute("SHOW transaction_read_only").fetchone()
        level = database.con.execute("SHOW transaction_isolation").fetchone()
    assert (shown, level) == (("on",), ("repeatable read",))


def test_raw_rows_do_not_stay_and_are_nobody_elses(
    dossiers: Server, make_office: MakeOffice
) -> None:
    project = make_office(MONTHLY)
    left = project.snapshots / ".raw.0.partial" / "2025-01" / "dossiers.parquet"
    tiny.write(left, "what a killed run left")
    with private_folder(project) as folder:
        assert folder.stat().st_mode & 0o777 == 0o700
        assert not left.exists()
    take_in(project)
    assert not list(project.snapshots.glob(".raw*"))
