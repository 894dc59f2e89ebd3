"""Columns that should not have been delivered are told from those that should."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from briefings.intake.personal import holds_persons, is_personal_heading, looks_personal
from briefings.intake.samples import Sample

SHARED = Path(__file__).parents[3] / "shared" / "data"
NAMES = ["Nguyễn Văn An", "TRẦN THỊ BÍCH", "Le Thi Hoa", "Đỗ Hùng Dũng"]
NO_NAMES = ["Phường Nguyễn Trãi", "Sở Tài chính", "Thành phố Hồ Chí Minh", "Đất đai"]


@pytest.mark.parametrize(
    "heading",
    [
        "Người nộp", "Nguoi nop ho so", "Chủ hồ sơ", "Họ và tên", "HỌ TÊN", "Số điện thoại", "SĐT",
        "soDienThoai", "Số CCCD/CMND", "Căn cước công dân", "E-mail", "Địa chỉ", "dia_chi",
        "diachi", "Ngày sinh", "Người phản ánh", "applicant", "ApplicantName", "payer_name",
        "Phone No.", "Incident Address", "date_of_birth", "Responsible_actor",
    ],
)  # fmt: skip
def test_a_heading_that_announces_a_person_is_recognised(heading: str) -> None:
    assert is_personal_heading(heading)


@pytest.mark.parametrize(
    "heading",
    [
        "Mã hồ sơ", "Mã TTHC", "Tên TTHC", "Mã đơn vị", "Cơ quan trình", "Trích yếu", "Lĩnh vực",
        "Ngày tiếp nhận", "Nội dung phân loại", "Hình thức", "Thu phí", "Kết quả", "Hotel",
        "application_no", "Agency Name", "Address Type", "case_enquiry_id", "neighborhood",
    ],
)  # fmt: skip
def test_a_heading_of_a_thing_is_none(heading: str) -> None:
    assert not is_personal_heading(heading)


@pytest.mark.parametrize(
    "cells",
    [
        NAMES,
        [*NAMES, "Công ty Một", "Công ty Hai", "Công ty Ba"],
        ["0912345678", "0987 654 321"],
        ["+84 912 345 678", None],
        ["030085001234", "079201001234"],
        ["141234567", "142345678"],
        [912345678.0, 987654321.0],
        ["a@b.vn", *["–"] * 9],
    ],
)
def test_a_column_is_known_by_what_stands_in_it(cells: list[object]) -> None:
    assert holds_persons(Sample(pd.Series(cells)))


@pytest.mark.parametrize(
    "cells",
    [
        NO_NAMES,
        ["H23.15-250214-0001", "000.00.15.H23-250214-0002"],
        ["101004143000", "101004130437"],
        ["1.000005", "2.001234"],
        [150_000, 1_250_000],
        ["150.000.000", "1.250.000"],
        ["14/02/2025 08:00", "2025-02-14 08:00:00"],
        ["a@b.vn", *["–"] * 10],
        [None, None],
        pd.to_datetime(["2025-02-14"]),
    ],
)
def test_a_column_of_things_is_none(cells: list[object]) -> None:
    assert not holds_persons(Sample(pd.Series(cells)))


def personal_columns(raw: pd.DataFrame) -> tuple[str, ...]:
    return tuple(str(name) for name in raw if looks_personal(str(name), Sample(raw[name])))


def test_a_column_is_personal_by_its_heading_or_by_its_cells() -> None:
    raw = pd.DataFrame(
        {"Người nộp": ["x"], "Mã hồ sơ": ["A1"], "cột 7": ["Nguyễn Văn An"], "SĐT": [""]}
    )
    assert personal_columns(raw) == ("Người nộp", "cột 7", "SĐT")


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real sets are not here")
@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("vn_procedures/tthc_catalogue_2026-07.csv", ()),
        ("units_hai_duong.csv", ()),
        ("us_311/boston311-100.csv", ()),
        ("us_311/nyc311-100.csv", ("Incident Address",)),
        ("bpic2015/cases_wallclock.csv", ("Responsible_actor",)),
    ],
)
def test_real_sets_have_no_other_columns_of_persons(file: str, expected: tuple[str, ...]) -> None:
    raw = pd.read_csv(SHARED / file, dtype="str")
    assert personal_columns(raw) == expected
