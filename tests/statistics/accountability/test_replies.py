"""Replies come from a file that a person writes."""

from __future__ import annotations

from datetime import date

import pytest

from briefings.errors import SettingsError
from briefings.facts.accountability import Reply
from briefings.periods import Month
from briefings.statistics.accountability.replies import Replies
from tests import tiny

HEADINGS = "month,unit,rule,reply_vi,reply_en,date,office\n"
FEBRUARY = Month(2025, 2)


def replies(folder, *lines):
    file = tiny.write(folder / "replies.csv", HEADINGS + "".join(f"{line}\n" for line in lines))
    return Replies(file, tiny.CODES)


def test_a_reply_stands_with_its_unit_and_month_only(tmp_path):
    found = replies(
        tmp_path,
        "2025-02,D1,sync,Lỗi kết nối,A broken link,2025-03-05,Văn phòng Sở Một",
        "2025-01,D1,,Cũ,Old,2025-02-05,Sở Một",
    )
    text = {"vi": "Lỗi kết nối", "en": "A broken link"}
    assert found.of("D1", FEBRUARY) == (Reply("sync", text, date(2025, 3, 5), "Văn phòng Sở Một"),)
    assert found.of("D2", FEBRUARY) == ()


@pytest.mark.parametrize(
    "line",
    ["2025-02,D9,,a,b,2025-03-05,x", "2025-02,D1,score,a,b,2025-03-05,x",
     "2025-02,D1,,,b,2025-03-05,x", "2025-2,D1,,a,b,2025-03-05,x", "2025-02,D1,,a,b,soon,x"],
)  # fmt: skip
def test_what_can_not_be_placed_is_refused(tmp_path, line):
    with pytest.raises(SettingsError):
        replies(tmp_path, line)


def test_a_project_without_the_file_has_no_replies():
    assert Replies(None, tiny.CODES).of("D1", FEBRUARY) == ()
