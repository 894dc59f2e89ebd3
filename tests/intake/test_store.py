"""Snapshots and raw files in an object store are those of a folder, row for row."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import fsspec
import pandas as pd
import pytest
from moto.server import ThreadedMotoServer
from upath import UPath

import briefings.intake.take_in as taking
from briefings.errors import InputError, ReportError, SettingsError
from briefings.files import new_folder, write_file
from briefings.gathering.counted import open_month
from briefings.intake.changes import read_changes
from briefings.intake.elsewhere import open_elsewhere, private_folder
from briefings.intake.set_aside_rows import rows_set_aside
from briefings.intake.snapshot import Snapshot, open_snapshot
from briefings.intake.take_in import take_in
from briefings.periods import Month
from briefings.project import Project, load_project
from briefings.statistics.tables import fetch, open_tables
from briefings.store import place_at
from tests import tiny

pytestmark = pytest.mark.slow

BUCKET = "bao-cao"
SECRET = "canary-9b21-key"
ADDRESSES = ("memory", "file", "s3")


@pytest.fixture(scope="session")
def s3() -> Iterator[str]:
    """The endpoint of a store that speaks S3 over HTTP, on this machine only."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def address(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """An empty folder in the store that a test asks for."""
    kind = request.param
    if kind == "file":
        return f"file://{tmp_path}/store"
    if kind == "memory":
        fsspec.filesystem("memory").store.clear()
        return "memory://store"
    monkeypatch.setenv("AWS_ENDPOINT_URL", request.getfixturevalue("s3"))
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "office")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    # An earlier test may have left one that asks a place where nobody answers.
    fsspec.get_filesystem_class("s3").clear_instance_cache()
    store = fsspec.filesystem("s3")
    if store.exists(BUCKET):
        store.rm(BUCKET, recursive=True)
    store.mkdir(BUCKET)
    return f"s3://{BUCKET}/store"


every_store = pytest.mark.parametrize("address", ADDRESSES, indirect=True)


def in_store(folder: Path, address: str, *only: str) -> Project:
    """The tiny project with its snapshots in a store."""
    tiny.write_project(folder, only=only or tuple(tiny.TABLES))
    return with_setting(folder, 'snapshots = "snapshots"', f'snapshots = "{address}/snapshots"')


def with_setting(folder: Path, old: str, new: str) -> Project:
    file = folder / "briefings.toml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    return load_project(file)


def rows(snapshot: Snapshot) -> dict[str, pd.DataFrame]:
    """Every table in one order, which the engine does not promise."""
    found = {name: fetch(table) for name, table in open_tables(snapshot).items()}
    return {
        name: table.sort_values(list(table.columns), ignore_index=True)
        for name, table in found.items()
    }


@every_store
def test_every_row_and_every_observation_is_that_of_a_folder(address: str, tmp_path: Path) -> None:
    there = in_store(tmp_path / "there", address)
    here = tiny.write_project(tmp_path / "here")
    one, other = take_in(there), take_in(here)
    assert one.identity == other.identity
    assert open_snapshot(there) == one
    theirs, ours = rows(one), rows(other)
    for name, table in ours.items():
        pd.testing.assert_frame_equal(theirs[name], table)
    found, expected = (
        open_month(project, Month(2025, 2)).observations.table() for project in (there, here)
    )
    assert len(found) > 0
    pd.testing.assert_frame_equal(found, expected)
    assert not list((tmp_path / "there").rglob("*.parquet"))


@every_store
def test_rows_set_aside_and_rows_replaced_are_read_from_there_too(
    address: str, tmp_path: Path
) -> None:
    """January's open dossier comes again in February, finished; one row of January is faulty."""
    again = tiny.DOSSIERS_JANUARY.splitlines()[5].replace(
        ",,Đang xử lý", ",05/02/2025 09:00,Đã trả kết quả"
    )
    faulty = f"A9,P1,D9,02/01/2025 08:00,Trực tuyến,,,Đang xử lý,{tiny.CANARY}\n"
    dossiers = {
        "2025-01": tiny.DOSSIERS_JANUARY + faulty,
        "2025-02": f"{tiny.DOSSIERS_FEBRUARY}{again}\n",
    }
    project = in_store(tmp_path, address, "dossiers")
    tiny.deliver(tmp_path, "dossiers", dossiers)
    project = with_setting(tmp_path, "[intake]\n", '[intake]\nrepeated = "latest"\n')
    snapshot = take_in(project)
    assert open_snapshot(project) == snapshot
    status = rows(snapshot)["dossiers"].set_index("dossier_code")["status"]
    assert status.index.is_unique
    assert status["A5"] == 10
    (row,) = rows_set_aside(snapshot)
    assert (row.delivery, row.fault) == ("2025-01", "unit: unknown unit")
    more = f"{dossiers['2025-02']}{again.replace('A5', 'B8')}\n"
    tiny.deliver(tmp_path, "dossiers", {"2025-02": more})
    take_in(project)
    (change,) = read_changes(project.workplace).tables
    assert (change.new, change.changed, change.gone) == (1, 0, 0)


@every_store
def test_unchanged_deliveries_are_not_written_again(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = in_store(tmp_path, address, "dossiers")
    first = take_in(project)

    def refused(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr("briefings.intake.fill.fill", refused)
    assert take_in(project) == first


def cut(file: UPath) -> None:
    file.write_bytes(file.read_bytes()[:-1])


def remove(file: UPath) -> None:
    file.unlink()


@every_store
@pytest.mark.parametrize("harm", [cut, remove])
@pytest.mark.parametrize("name", ["dossiers.parquet", "manifest.json"])
def test_what_is_not_as_it_was_written_is_refused_and_made_again(
    address: str, tmp_path: Path, harm: Callable[[UPath], None], name: str
) -> None:
    project = in_store(tmp_path, address, "dossiers")
    first = take_in(project)
    harm(first.folders["2025-01"] / name)
    with pytest.raises(InputError, match="gone or were altered: 2025-01"):
        open_snapshot(project)
    assert take_in(project) == first
    assert open_snapshot(project) == first


@every_store
def test_the_manifest_comes_last(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A writer that is killed leaves tables that nobody vouches for."""
    folder = place_at("here", address) / "x"
    put: list[str] = []
    monkeypatch.setattr(folder.fs, "put_file", lambda file, _: put.append(Path(file).name))
    with new_folder(folder, last="manifest.json") as aside:
        for name in ("manifest.json", "a.parquet", "z.csv"):
            tiny.write(aside / name, name)
    assert put == ["a.parquet", "z.csv", "manifest.json"]


@every_store
def test_raw_files_are_read_from_a_store(address: str, tmp_path: Path) -> None:
    here = take_in(tiny.write_project(tmp_path / "here", only=("procedures", "dossiers")))
    project = in_store(tmp_path / "there", address, "procedures", "dossiers")
    for file in (tmp_path / "there" / "raw").rglob("*.csv"):
        place = place_at("here", address) / file.relative_to(tmp_path / "there").as_posix()
        write_file(place, file.read_bytes())
        file.unlink()
    project = with_setting(project.file.parent, '= "raw/', f'= "{address}/raw/')
    snapshot = take_in(project)
    theirs, ours = rows(snapshot), rows(here)
    for name, table in ours.items():
        pd.testing.assert_frame_equal(theirs[name], table)
    assert snapshot.months == here.months
    assert [row.sha256 for row in snapshot.intake] == [row.sha256 for row in here.intake]
    named = {row.file.partition("://")[2] for row in snapshot.intake}
    assert all(name.endswith(("dossiers.csv", "procedures.csv")) for name in named)
    assert not list(project.workplace.rglob("*.csv"))


@every_store
def test_a_month_forgotten_between_two_others_is_refused(address: str, tmp_path: Path) -> None:
    in_store(tmp_path, address, "dossiers")
    for month in ("2025-01", "2025-03"):
        place = place_at("here", address) / "raw" / month / "dossiers.csv"
        write_file(place, tiny.DOSSIERS_JANUARY.encode())
    project = with_setting(tmp_path, '= "raw/', f'= "{address}/raw/')
    with pytest.raises(InputError, match="Files are missing for 2025-02: dossiers"):
        take_in(project)


@pytest.mark.parametrize("address", ["memory"], indirect=True)
@pytest.mark.parametrize(
    ("name", "said"), [("{month}/x.csv", "No data: there is no file"), ("x.csv", "no such file")]
)
def test_a_table_without_any_file_is_refused(
    address: str, tmp_path: Path, name: str, said: str
) -> None:
    """Absent in silence it would be counted as zero."""
    in_store(tmp_path, address, "dossiers", "payments")
    project = with_setting(tmp_path, "raw/{month}/payments.csv", f"{address}/{name}")
    with pytest.raises(InputError, match=said):
        take_in(project)


@pytest.mark.parametrize("address", ["memory"], indirect=True)
def test_a_fault_in_a_raw_file_names_its_address(address: str, tmp_path: Path) -> None:
    in_store(tmp_path, address, "dossiers")
    write_file(place_at("here", address) / "raw.csv", "Sai,Tiêu đề\n1,2\n".encode())
    project = with_setting(tmp_path, "raw/{month}/dossiers.csv", f"{address}/raw.csv")
    with pytest.raises(InputError, match=r"^memory://store/raw.csv: missing column"):
        take_in(project)


@every_store
def test_a_raw_file_replaced_meanwhile_is_not_taken_in(address: str, tmp_path: Path) -> None:
    in_store(tmp_path, address, "dossiers")
    place = place_at("here", address) / "raw.csv"
    write_file(place, tiny.DOSSIERS_JANUARY.encode())
    project = with_setting(tmp_path, "raw/{month}/dossiers.csv", f"{address}/raw.csv")
    project.workplace.mkdir(parents=True)
    with (
        private_folder(project) as folder,
        open_elsewhere(project, folder) as elsewhere,
    ):
        write_file(place, tiny.DOSSIERS_FEBRUARY.encode())
        with pytest.raises(ReportError, match="written to while it was taken in"):
            elsewhere.bring(elsewhere.parts)


@pytest.mark.parametrize("address", ["s3"], indirect=True)
def test_what_a_store_refuses_is_said_without_its_key(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = in_store(tmp_path, "s3://no-such-bucket", "dossiers")
    with pytest.raises(InputError, match="object store did not answer") as caught:
        take_in(project)
    assert SECRET not in repr(caught.value)
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    fsspec.filesystem("s3").clear_instance_cache()
    project = in_store(tmp_path, address, "dossiers")
    for act in (take_in, open_snapshot):
        with pytest.raises(InputError, match="object store did not answer") as caught:
            act(project)
        assert SECRET not in repr(caught.value)


def test_an_address_that_nothing_here_reads_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="nothing is installed that reads nosuch://") as caught:
        in_store(tmp_path, "nosuch://bucket", "dossiers")
    assert "s3fs" in caught.value.advice


@pytest.mark.parametrize("address", ["memory", "s3"], indirect=True)
def test_of_two_machines_that_take_in_at_once_one_finds_out(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each has a lock of its own: the later pointer won, and nobody said so."""
    here = in_store(tmp_path / "here", address, "dossiers")
    there = in_store(tmp_path / "there", address, "dossiers")
    tiny.deliver(there.file.parent, "dossiers", {"2025-01": tiny.DOSSIERS_JANUARY})
    (there.file.parent / "raw" / "2025-02" / "dossiers.csv").unlink()
    take_in(here)
    check = taking._check

    def while_the_other_finishes(project: Project, snapshot: Snapshot) -> None:
        monkeypatch.setattr(taking, "_check", check)
        take_in(there)
        check(project, snapshot)

    tiny.deliver(here.file.parent, "dossiers", {"2025-02": tiny.DOSSIERS_FEBRUARY + "\n"})
    monkeypatch.setattr(taking, "_check", while_the_other_finishes)
    with pytest.raises(ReportError, match="Another machine has taken data into"):
        take_in(here)
    assert open_snapshot(there).months == (Month(2025, 1),)
    take_in(here)
    assert open_snapshot(here).months == (Month(2025, 1), Month(2025, 2))
