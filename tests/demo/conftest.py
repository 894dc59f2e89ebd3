"""The full demonstration in SQL, and empty projects to make small ones in."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from tests.conftest import Office

PROJECT = Path(__file__).parents[2]
SMALL = 60


def project_copy(folder: Path) -> Path:
    shutil.copytree(PROJECT / "data" / "reference", folder / "data" / "reference")
    return folder


@pytest.fixture
def small() -> int:
    """Divisor of the volumes for quick runs."""
    return SMALL


@pytest.fixture
def empty_project(tmp_path: Path) -> Path:
    return project_copy(tmp_path / "project")


@pytest.fixture
def other_project(tmp_path: Path) -> Path:
    return project_copy(tmp_path / "other")


@pytest.fixture(scope="session")
def full_raw(full_office: Office) -> Path:
    return full_office.folder / "data" / "raw"


@pytest.fixture(scope="session")
def database(full_raw: Path) -> duckdb.DuckDBPyConnection:
    """The raw files in SQL, faulty rows left out by the stated rules and nothing else."""
    connection = duckdb.connect()
    connection.execute(
        f"""
        create table unit as
            select distinct code, level
            from read_csv('{PROJECT}/data/reference/units.csv', all_varchar=true);
        create table raw_dossier as
            select * exclude filename, regexp_extract(filename, '(\\d{{4}}-\\d{{2}})', 1) as folder
            from read_csv('{full_raw}/*/ho_so.csv', all_varchar=true, filename=true, header=true);
        create table dossier as
            select distinct
                "Mã hồ sơ" as code, "Mã TTHC" as procedure, "Mã đơn vị" as unit,
                strptime("Ngày tiếp nhận", '%d/%m/%Y %H:%M') as received,
                strptime("Ngày hẹn trả", '%d/%m/%Y %H:%M') as due,
                strptime("Ngày hoàn thành", '%d/%m/%Y %H:%M') as finished,
                "Kênh tiếp nhận" as channel, "Trạng thái" as status, folder
            from raw_dossier
            where "Ngày tiếp nhận" is not null
              and "Mã đơn vị" in (select code from unit)
              and "Kênh tiếp nhận" in ('Trực tuyến', 'Trực tiếp', 'Bưu chính công ích')
              and (finished is null or finished >= received);
        create table accepted as
            select * from dossier
            where status not in ('Mới đăng ký', 'Không được tiếp nhận');
        create table portal as
            select "Mã hồ sơ" as code, "Thời điểm đồng bộ" as synced, "Mã trạng thái" as status
            from read_csv('{full_raw}/*/ho_so_cong_quoc_gia.csv', header=true);
        create table raw_payment as select * from '{full_raw}/*/thanh_toan.parquet';
        create table payment as select * from raw_payment where amount_vnd >= 0;
        """
    )
    return connection
