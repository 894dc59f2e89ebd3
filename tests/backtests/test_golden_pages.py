"""The published figures, from raw exports to the words of the page and of the PDF."""

from __future__ import annotations

import re
import unicodedata

import pytest
from pypdf import PdfReader

pytestmark = pytest.mark.slow

# What was published for January and February 2025, in words of the briefing around it.
PRINTED = {
    "vi": (
        "Số quyết định công bố, 01/01/2025 – 28/02/2025: 19, gồm 42 TTHC ban hành mới, "
        "129 TTHC sửa đổi, bổ sung, thay thế và 20 TTHC bãi bỏ",
        "100,00% số TTHC đã công khai hoặc đến hạn công khai trong thời gian này có trên cả hai",
        "tiếp nhận 143.269 hồ sơ (gồm cả kỳ trước chuyển sang), đã giải quyết 127.110 hồ sơ, "
        "cuối kỳ còn 16.159 hồ sơ đang giải quyết",
        "Giải quyết trước hạn và đúng hạn: 126.920 hồ sơ, đạt 99,85%",
        "Giải quyết quá hạn: 190 hồ sơ",
        "chỉ tiêu 100%",
    ),
    "en": (
        "Announcement decisions, 1 Jan 2025 – 28 Feb 2025: 19, with 42 new, 129 amended "
        "and 20 abolished procedures",
        "100.00% of the procedures published or due for publication in this time were on both",
        "received 143,269 dossiers (those carried over included), processed 127,110, "
        "pending at the end 16,159",
        "Processed ahead of or on time: 126,920, or 99.85%",
        "Processed late: 190",
        "against a target of 100%",
    ),
}
RATES = {
    "vi": (
        r"từ ngày 01/01/2025, 76,\d\d% đã được đồng bộ",
        r"57,(0[5-9]|1[0-4])% giao dịch thanh toán",
    ),
    "en": (
        r"since 1 Jan 2025, 76\.\d\d% were synchronised",
        r"57\.(0[5-9]|1[0-4])% of the payment",
    ),
}
LANGUAGES = ("vi", "en")


def words_of(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def page_text(office, language: str) -> str:
    page = re.sub(r"<style>.*?</style>", " ", office.page("H23", language), flags=re.DOTALL)
    return words_of(re.sub(r"<[^>]+>", "", page))


def pdf_text(office, language: str) -> str:
    reader = PdfReader(office.file("H23", f"briefing.{language}.pdf"))
    return words_of(" ".join(page.extract_text() for page in reader.pages))


@pytest.mark.parametrize("text_of", [page_text, pdf_text])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_published_figures_are_printed(made, language, text_of):
    text = text_of(made, language)
    for sentence in PRINTED[language]:
        assert sentence in text
    for pattern in RATES[language]:
        assert re.search(pattern, text), pattern


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_that_published_and_computed_agree(made, language):
    text = page_text(made, language)
    agrees, differs = {"vi": ("khớp", "lệch"), "en": ("exact", "differs")}[language]
    heading = {"vi": "Số đã công bố và số tính được", "en": "Published against computed"}[language]
    table = text.split(heading)[1][:900]
    assert table.count(agrees) >= 8
    assert differs not in table


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_verified_targets_are_coloured(made, language):
    page = made.page("H23", language)
    unverified = {"vi": "chỉ tiêu chưa xác minh", "en": "target not verified"}[language]
    assert unverified in page
    chips = re.findall(r'<span class="chip ([a-z_]+)">', page)
    # On coverage stands 100 % of what is due by a deadline that nobody verified.
    assert set(chips) == {"missed", "unverified", "no_target"}
