"""What the label of a row says about the rows beside it."""

from __future__ import annotations

import pytest

from briefings.intake.heading_words import may_say_total, says_total


@pytest.mark.parametrize("label", ["Tổng cộng", "TONG CONG", "Total", "Cộng", "Grand total"])
def test_a_total_is_told_by_its_whole_label(label: str) -> None:
    assert says_total(label)
    assert not says_total(f"{label} 2025")


@pytest.mark.parametrize(
    "label",
    [
        "Tổng cộng toàn tỉnh", "Tổng: cả tỉnh", "Tổng số (I+II)", "Cộng cấp huyện", "Cả tỉnh",
        "Toàn tỉnh Hải Dương", "Cấp huyện", "II. Cấp huyện", "1. Khối sở", "Total (all)",
        "Total, all agencies", "City total", "All agencies",
    ],
)  # fmt: skip
def test_what_begins_or_ends_as_a_total_may_be_one(label: str) -> None:
    assert may_say_total(label)


@pytest.mark.parametrize(
    "label",
    [
        "Công an tỉnh", "Sở Công Thương", "Tổng cục Thuế", "Tổng công ty Điện", "Toàn Thắng",
        "Cộng Hiền", "Cấp Tiến", "Parks", "I. Sở Nội vụ", "", "12",
    ],
)  # fmt: skip
def test_offices_are_no_totals(label: str) -> None:
    assert not may_say_total(label)
