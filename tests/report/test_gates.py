"""The head of a page: a draft says so, and what an office accepted is told."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from briefings.facts.gate import Acceptance, GateResult
from briefings.report.material import Material
from briefings.report.sections.masthead import masthead
from tests.report.conftest import MakeMaterial

pytestmark = pytest.mark.slow

REASONS = {"vi": "Sẽ gửi lại.", "en": "Will come again."}
ACCEPTANCE = Acceptance(REASONS, date(2025, 3, 5), "Văn phòng")
SHARE = GateResult("quarantined", "2025-02", "dossiers", False, 1234, 40_000, 0.02)
SILENT = GateResult(
    "missing_units", "2025-02", "D2", False, 0, 40, names={"vi": "Sở Hai", "en": "Department Two"}
)
WHOLE = GateResult("corrections", "all", "procedures", False, 3)


def head(made: Material, *gates: GateResult) -> list[tuple[str, str]]:
    facts = dataclasses.replace(made.facts, gates=gates)
    notices = masthead(dataclasses.replace(made, facts=facts)).notices
    return [(notice.kind, notice.plain()) for notice in notices if notice.kind != "info"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "DRAFT: not for publication. These gates are not passed: Dossiers, February 2025: "
            "1,234 of 40,000 rows set aside, more than 2%; Department Two, February 2025: no "
            "dossier, usually 40 a month; List of procedures, all months: 3 corrections by hand "
            "that could not be applied.",
        ),
        (
            "vi",
            "BẢN NHÁP: không dùng để công bố. Các điều kiện công bố chưa đạt: Hồ sơ, tháng 2 năm "
            "2025: 1.234 trên 40.000 dòng bị cách ly, vượt 2%; Sở Hai, tháng 2 năm 2025: không có "
            "hồ sơ nào, thường có 40 mỗi tháng; Danh mục TTHC, mọi tháng: 3 đính chính không "
            "áp dụng được.",
        ),
    ],
)
def test_a_page_that_may_not_be_published_says_so_first(
    material: MakeMaterial, language: str, text: str
) -> None:
    assert head(material("D1", language), SHARE, SILENT, WHOLE) == [("draft", text)]


def test_what_was_accepted_is_told_with_reason_day_and_office(material: MakeMaterial) -> None:
    accepted = dataclasses.replace(SHARE, acceptance=ACCEPTANCE)
    assert head(material("D1", "en"), accepted) == [
        (
            "warning",
            "Published knowingly although a gate is not passed. Dossiers, February 2025: 1,234 of "
            "40,000 rows set aside, more than 2%. Accepted on 5 Mar 2025 by Văn phòng: "
            "Will come again.",
        )
    ]


def test_of_many_gates_the_first_are_told_and_the_others_counted(
    material: MakeMaterial,
) -> None:
    gates = [dataclasses.replace(SILENT, place=f"D{n}", names={}) for n in range(9)]
    ((_, text),) = head(material("T1", "en"), *gates)
    assert text.count("usually 40") == 6
    assert text.endswith("; and 3 more.")


def test_where_every_gate_is_passed_a_page_says_nothing(material: MakeMaterial) -> None:
    assert head(material("D1", "en")) == []
