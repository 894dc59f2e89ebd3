"""A name, a phone, an ID number or an e-mail in a text is masked; what resembles one stays."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.intake.detectors import MARK, is_personal_code, mask, mask_strictly

SHARED = Path(__file__).parents[3] / "shared" / "data"

MASKED = {
    "Cho ông Nguyễn Văn An, phường Nguyễn Trãi": f"Cho ông {MARK}, phường Nguyễn Trãi",
    "bà Trần Thị Bích Ngọc, SĐT 0912 345 678": f"bà {MARK}, SĐT {MARK}",
    "hỗ trợ LÊ THỊ HOA tại xã": f"hỗ trợ {MARK} tại xã",
    "chuyên viên Lê Văn Tám": f"chuyên viên {MARK}",
    "Người nộp: Đỗ Hùng Dũng; 0987-654-321": f"Người nộp: {MARK}; {MARK}",
    "nguyen van an": MARK,
    "Nguyễn An": MARK,
    "ĐT.0912345678/0987654321-0912345678": f"ĐT.{MARK}/{MARK}-{MARK}",
    "gọi +84912345678 hoặc (84) 912.345.678": f"gọi {MARK} hoặc {MARK}",
    "ĐT: 0220 3852345, +44 20 7946 0958": f"ĐT: {MARK}, {MARK}",
    "call (718) 520-4974.": f"call {MARK}.",
    "CCCD 030085001234, CMND 141234567": f"CCCD {MARK}, CMND {MARK}",
    "gửi a.b+x@mail.haiduong.gov.vn.": f"gửi {MARK}.",
}
KEPT = [
    "phường Nguyễn Trãi", "xã Hoàng Hoa Thám", "đường Nguyễn Văn Linh", "Trường THPT Nguyễn Văn Cừ",
    "Thành phố Hồ Chí Minh", "THÀNH PHỐ HỒ CHÍ MINH", "Bà Rịa - Vũng Tàu", "Nguyen Trai Ward",
    "Phạm Vi Điều Chỉnh", "Hồ Sơ Đăng Ký", "PHẠM VI ĐIỀU CHỈNH", "LÝ LỊCH TƯ PHÁP SỐ 1",
    "KINH DOANH VŨ TRƯỜNG", "Cấp phiếu lý lịch tư pháp", "Tư vấn pháp luật", "Bouw,Reclame",
    "123/QĐ-UBND", "2628/QĐ-BTC", "1.000005", "1.000005.000.00.00.H23", "H23.15-250214-0001",
    "000.00.15.H23-250214-0001", "150.000.000 đồng", "14/02/2025 08:00", "2025-02-14T08:00:00",
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), MASKED.items())
def test_what_identifies_a_person_is_masked_and_the_rest_stays(text: str, expected: str) -> None:
    assert mask(text) == expected


@pytest.mark.parametrize("text", KEPT)
def test_what_only_resembles_it_stays(text: str) -> None:
    assert mask(text) == text
    assert not is_personal_code(text)


def test_in_a_wrong_column_a_name_too_many_is_masked() -> None:
    assert mask("Đào Tạo Nghề") == "Đào Tạo Nghề"
    assert mask_strictly("Đào Tạo Nghề") == MARK


@pytest.mark.parametrize("code", ["0912345678", "030085001234", "a@b.vn", "HS Nguyễn Văn An"])
def test_a_code_that_is_a_person_is_found(code: str) -> None:
    assert is_personal_code(code)


@pytest.mark.parametrize("code", ["101004143000", "141234567", "0000012345", "201905150643"])
def test_a_running_number_is_no_person(code: str) -> None:
    assert not is_personal_code(code)


@given(st.text(max_size=60))
def test_masking_any_text_ends_and_adds_nothing_but_marks(text: str) -> None:
    once = mask(text)
    left = iter(text)
    assert all(letter in left for letter in once.replace(MARK, ""))


@pytest.mark.slow
@given(
    st.sampled_from(["0912345678", "a@b.vn", "Nguyễn Thị Bí Mật"]), st.text(" ,;:.\n", min_size=1)
)
def test_no_surrounding_of_spaces_hides_it(personal: str, around: str) -> None:
    assert personal not in mask(f"x{around}{personal}{around}y")


@pytest.mark.slow
@pytest.mark.skipif(not SHARED.is_dir(), reason="the real sets are not here")
def test_no_word_of_the_national_catalogue_and_of_the_units_is_masked() -> None:
    catalogue = pd.read_csv(SHARED / "vn_procedures/tthc_catalogue_2026-07.csv", dtype="str")
    units = pd.read_csv(SHARED / "units_hai_duong.csv", dtype="str")
    named = [catalogue[name] for name in ("ma_thu_tuc", "ten_thu_tuc", "linh_vuc", "so_quyet_dinh")]
    texts = pd.concat([*named, units["name_vi"], units["name_en"]]).dropna().unique()
    assert len(texts) > 5000
    assert [text for text in texts if mask(text) != text or is_personal_code(text)] == []
