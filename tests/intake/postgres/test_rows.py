"""What a table gives is what a file with the same rows gives."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from briefings.gathering.counted import open_month
from briefings.intake.elsewhere import open_elsewhere, private_folder
from briefings.intake.postgres import extract
from briefings.intake.snapshot import Snapshot
from briefings.intake.take_in import take_in
from briefings.periods import Month
from briefings.project import Project
from tests import tiny
from tests.intake.postgres.conftest import (
    HEADINGS,
    MONTHLY,
    PERSONAL,
    SOURCE,
    TYPED,
    MakeOffice,
    fill,
    rows_of,
)
from tests.intake.postgres.server import Server
from tests.whole import read_raw

pytestmark = pytest.mark.slow

AS_TEXT = [(name, "text") for name in HEADINGS]


def kept(snapshot: Snapshot) -> pd.DataFrame:
    tables = [pd.read_parquet(file) for file in snapshot.files("dossiers")]
    return pd.concat(tables).sort_values("dossier_code").reset_index(drop=True)


def observations(project: Project, month: str) -> pd.DataFrame:
    return open_month(project, Month.parse(month)).observations.table()


@pytest.mark.parametrize("source", [SOURCE, MONTHLY])
def test_every_row_and_every_observation_is_that_of_the_files(
    dossiers: Server, make_office: MakeOffice, tmp_path: Path, source: str
) -> None:
    others = [name for name in tiny.TABLES if name != "dossiers"]
    in_database = make_office(source, *others, folder=tmp_path / "database")
    in_files = tiny.write_project(tmp_path / "files")
    one, other = take_in(in_database), take_in(in_files)
    pd.testing.assert_frame_equal(kept(one), kept(other))
    assert one.months == other.months
    for month in tiny.MONTHS:
        found = observations(in_database, month)
        assert len(found) > 0
        pd.testing.assert_frame_equal(found, observations(in_files, month))


def test_dates_kept_as_text_are_read_by_the_profile_as_in_a_file(
    reader: Server, make_office: MakeOffice
) -> None:
    fill(reader, rows_of(tiny.DOSSIERS_JANUARY), AS_TEXT)
    snapshot = take_in(make_office())
    assert kept(snapshot)["received_at"][0] == pd.Timestamp(2025, 1, 2, 8)
    assert (snapshot.intake[0].read, snapshot.intake[0].used) == (5, 5)


def test_a_month_is_a_delivery_and_the_whole_table_is_one_without_it(
    dossiers: Server, make_office: MakeOffice, tmp_path: Path
) -> None:
    whole = take_in(make_office(SOURCE, folder=tmp_path / "whole"))
    monthly = take_in(make_office(MONTHLY, folder=tmp_path / "monthly"))
    assert [(row.delivery, row.read) for row in whole.intake] == [("all", 8)]
    assert [(row.delivery, row.read) for row in monthly.intake] == [("2025-01", 5), ("2025-02", 3)]
    assert {row.file for row in monthly.intake} == {"postgresql:motcua.ho_so"}


def test_a_column_outside_the_profile_is_named_and_never_read(
    dossiers: Server, make_office: MakeOffice
) -> None:
    """The reader has no right to it, so that the server would refuse who asked."""
    snapshot = take_in(make_office())
    assert snapshot.intake[0].dropped_personal_columns == (PERSONAL,)


@pytest.mark.parametrize("at_once", [1, 3, 8])
def test_batches_leave_no_trace(
    dossiers: Server,
    make_office: MakeOffice,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    at_once: int,
) -> None:
    in_one = take_in(make_office(MONTHLY, folder=tmp_path / "one"))
    monkeypatch.setattr(extract, "ROWS_AT_ONCE", at_once)
    in_many = take_in(make_office(MONTHLY, folder=tmp_path / "many"))
    assert [r.parquet_sha256 for r in in_many.intake] == [r.parquet_sha256 for r in in_one.intake]


def test_rows_without_a_month_are_in_a_delivery_too(
    dossiers: Server, make_office: MakeOffice
) -> None:
    """They are refused by the contract, with their reason, and not lost on the way."""
    dossiers.run(
        'INSERT INTO motcua.ho_so ("Mã hồ sơ", "Mã đơn vị", "Ngày tiếp nhận") VALUES '
        "('N1', 'D1', NULL), ('N2', 'D1', 'infinity'), ('N3', 'D1', '0044-03-15 BC'), "
        "('N4', 'D1', '2205-01-01')"
    )
    snapshot = take_in(make_office(MONTHLY))
    (row,) = (row for row in snapshot.intake if row.delivery == "all")
    assert (row.read, row.used, row.quarantined) == (4, 0, 4)
    assert row.reasons == {"date outside 1990 to 2100": 3, "empty cell": 1}


def test_a_moment_with_a_zone_is_in_no_later_month_than_its_own(
    reader: Server, make_office: MakeOffice, tmp_path: Path
) -> None:
    """Early in a month here is the month before elsewhere; a briefing must not lack the row."""
    columns = [(name, kind.replace("timestamp", "timestamptz")) for name, kind in TYPED]
    moments = ["2025-01-31 23:00-11", "2025-02-01 05:00+07", "2025-02-28 12:00+00"]
    fill(reader, [[f"A{n}", *[None] * 2, moment, *[None] * 5] for n, moment in enumerate(moments)],
         columns)  # fmt: skip
    project = make_office(MONTHLY)
    project.snapshots.mkdir()
    with private_folder(project) as folder, open_elsewhere(project, folder) as elsewhere:
        elsewhere.bring(elsewhere.parts)
        found = {part.delivery: list(read_raw(part.file)["Mã hồ sơ"]) for part in elsewhere.parts}
    assert found == {"2025-01": ["A0", "A1"], "2025-02": ["A2"]}


def test_a_moment_with_a_zone_is_read_in_the_zone_of_the_office(
    reader: Server, make_office: MakeOffice, tmp_path: Path
) -> None:
    columns = [(name, kind.replace("timestamp", "timestamptz")) for name, kind in TYPED]
    cells = ["A1", None, "D1", "2025-01-31 20:00+00", *[None] * 5]
    fill(reader, [cells], columns)
    make_office(MONTHLY)
    profile = tmp_path / "profile.yaml"
    zone = "zone: Asia/Ho_Chi_Minh\n"
    profile.write_text(zone + profile.read_text(encoding="utf-8"), encoding="utf-8")
    snapshot = take_in(tiny.load_project(tmp_path / "briefings.toml"))
    assert kept(snapshot)["received_at"][0] == pd.Timestamp(2025, 2, 1, 3)


def test_an_empty_table_is_a_delivery_without_rows(reader: Server, make_office: MakeOffice) -> None:
    fill(reader, [])
    snapshot = take_in(make_office(MONTHLY))
    assert [(row.delivery, row.read) for row in snapshot.intake] == [("all", 0)]


def test_numbers_flags_and_days_are_read_as_those_of_a_file(
    reader: Server, make_office: MakeOffice, tmp_path: Path
) -> None:
    types = {"Thời điểm": "date", "Số tiền": "numeric(12,2)"}
    headings, row, *_ = tiny.TABLES["payments"]["2025-01"].splitlines()
    columns = [(name, types.get(name, "text")) for name in headings.split(",")]
    fill(reader, [row.split(",")], columns, table="thanh_toan")
    make_office('{ postgresql = "thanh_toan", schema = "motcua" }')
    file = tmp_path / "briefings.toml"
    text = file.read_text(encoding="utf-8").replace("dossiers = {", "payments = {")
    file.write_text(text + 'dossiers = "raw/{month}/dossiers.csv"\n', encoding="utf-8")
    snapshot = take_in(tiny.load_project(file))
    (found,) = pd.read_parquet(snapshot.files("payments")[0]).to_dict("records")
    assert found["amount_vnd"] == 150_000
    assert found["paid_at"] == pd.Timestamp(2025, 1, 2)


@pytest.mark.parametrize(
    ("schema", "table", "column"),
    [
        ("public", "hồ sơ", "Mã hồ sơ"),
        ('a"; DROP TABLE x; --', "b.c", 'Mã "hồ" sơ; %s {0} \\'),
        ("it's", "--", "SELECT"),
    ],
)
def test_names_are_names_whatever_characters_they_have(
    reader: Server, make_office: MakeOffice, tmp_path: Path, schema: str, table: str, column: str
) -> None:
    columns = [(column, "text"), *TYPED[1:]]
    fill(reader, rows_of(tiny.DOSSIERS_JANUARY), columns, schema, table)
    make_office(f"{{ postgresql = '''{table}''', schema = '''{schema}''' }}")
    profile = tmp_path / "profile.yaml"
    quoted = "'" + column.replace("'", "''") + "'"
    head, tail = profile.read_text(encoding="utf-8").split("  dossiers:\n")
    tail = tail.replace("dossier_code: Mã hồ sơ", f"dossier_code: {quoted}", 1)
    profile.write_text(f"{head}  dossiers:\n{tail}", encoding="utf-8")
    snapshot = take_in(tiny.load_project(tmp_path / "briefings.toml"))
    assert kept(snapshot)["dossier_code"].tolist() == ["A1", "A2", "A3", "A4", "A5"]
