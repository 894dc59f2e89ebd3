"""What single words of a heading say about the cells below: dates, counts, shares."""

from __future__ import annotations

import re

from briefings.intake.contracts import CONTRACTS
from briefings.intake.labels import fold
from briefings.intake.synonyms import heading_synonyms, phrases_in, words_of

DATE_WORDS = {
    "date", "dates", "day", "datetime", "time", "timestamp", "dt", "at", "on", "when", "deadline",
    "ngay", "thoi", "luc", "gio", "han",
}  # fmt: skip
COUNT_WORDS = {
    "count", "counts", "number", "no", "total", "sum", "amount", "qty", "quantity", "days", "hours",
    "so", "tong", "luong",
}  # fmt: skip
SHARE_WORDS = {"percent", "percentage", "pct", "share", "rate", "proportion"}
SHARES = ("%", "ty le")
PERIOD_WORDS = {"year", "fy", "quarter", "half", "month", "period", "nam", "quy", "thang", "ky"}
EARLY = ("truoc han", "som han", "som", "early", "ahead", "before")
TABLE_OF_COUNTS = "unit_counts"
# How the row is headed that sums up those above.
TOTAL_BEGINS = {
    "tổng", "khối", "tong", "total", "totals", "grand", "all", "overall", "subtotal", "sub", "sum",
}  # fmt: skip
TOTAL_ENDS = {"total", "totals", "subtotal"}
# Of which communes are called as well, unless a kind of place or a sum follows.
OF_PLACES = {"cộng", "toàn", "cả", "cấp"}
PLACES = {
    "tỉnh", "huyện", "xã", "thành", "thị", "quận", "phường", "sở", "bộ", "ngành", "nước", "quốc",
    "cấp", "toàn", "các", "dồn",
}  # fmt: skip
# Offices whose names begin so.
NAMES = {("tổng", "cục"), ("tổng", "công")}
WORD = re.compile(r"[^\W\d_]+")
NUMBERING = re.compile(r"^\s*(?:[ivxlc]+|[0-9]+|[a-z])[.)]\s+")
TOTALS = {
    "tong cong", "tong so", "tong", "cong", "toan tinh", "toan thanh pho", "total", "totals",
    "grand total", "sub total", "subtotal", "sum", "overall",
}  # fmt: skip


def says_date(heading: str) -> bool:
    """Whether a heading says that dates stand below, and not how many of something."""
    words = words_of(heading)
    dated = any(word in DATE_WORDS or word.endswith("date") for word in words)
    return dated and not says_count(heading)


def says_count(heading: str) -> bool:
    """Whether a heading says how many: by its words, or because a count is usually headed so."""
    words = words_of(heading)
    numbers = (
        column.name for column in CONTRACTS[TABLE_OF_COUNTS].columns if column.kind == "number"
    )
    known = any(words in heading_synonyms()[TABLE_OF_COUNTS, name] for name in numbers)
    return known or bool(COUNT_WORDS & set(words))


def says_share(heading: str) -> bool:
    """Whether a heading says that a part of a hundred stands below, which is no count."""
    folded = fold(heading, ("case", "accents"))
    return any(sign in folded for sign in SHARES) or bool(SHARE_WORDS & set(words_of(heading)))


def says_early(heading: str) -> bool:
    """Whether a heading counts what was done before its time, which is on time as well."""
    return bool(phrases_in(words_of(heading), EARLY))


def says_period(heading: str) -> bool:
    """Whether a heading says that years, quarters or the like stand below."""
    return bool(PERIOD_WORDS & set(words_of(heading)))


def may_say_total(label: str) -> bool:
    """Whether the label of a row begins as those of totals do, or of groups of offices."""
    words = WORD.findall(NUMBERING.sub("", label.casefold()))
    if not words:
        return False
    first, second = words[0], words[1] if len(words) > 1 else ""
    begins = first in TOTAL_BEGINS or (first in OF_PLACES and second in ("", *PLACES))
    return (begins and (first, second) not in NAMES) or words[-1] in TOTAL_ENDS


def says_total(label: str) -> bool:
    """Whether the label of a row says that it sums up others."""
    return " ".join(words_of(label)) in TOTALS
