"""Whatever is delivered and corrected: every row is used or set aside, once."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefings.intake.set_aside_rows import rows_set_aside, template_headings
from briefings.intake.take_in import take_in
from briefings.project import load_project
from tests import tiny

pytestmark = pytest.mark.slow

HEADINGS = tiny.DOSSIER_HEADINGS.split(",")
CODES = ["A1", "A2", "A3", "", "=1", "đ", "A" * 2001]
DAYS = [
    "02/01/2025 08:00",
    "09/01/2025 08:00",
    "",
    "30/02/2025 08:00",
    "hôm qua",
    "01/01/1900 00:00",
]
ROWS = st.tuples(
    st.sampled_from(CODES),
    st.sampled_from(["P1", ""]),
    st.sampled_from(["D1", "D2", "D9", ""]),
    st.sampled_from(DAYS),
    st.sampled_from(["Trực tuyến", "Bưu điện", ""]),
    st.sampled_from(DAYS),
    st.sampled_from(DAYS),
    st.sampled_from(["Đang xử lý", "Đã trả kết quả", "?", ""]),
    st.just(tiny.CANARY),
)
CORRECTIONS = st.lists(
    st.tuples(st.sampled_from(CODES), st.sampled_from(HEADINGS), st.sampled_from([*CODES, *DAYS])),
    max_size=4,
    unique_by=lambda each: each[:2],
)


def text(rows: list[list[str]]) -> str:
    stream = io.StringIO()
    csv.writer(stream).writerows(rows)
    return stream.getvalue()


def correction(key: str, column: str, value: str) -> list[str]:
    cells = {
        "delivery": "2025-01", "table": "dossiers", "key": key or "#none", "column": column,
        "value": value, "reason": "test", "corrected_on": "2025-03-05", "office": "test",
    }  # fmt: skip
    return [cells.get(name, "") for name in template_headings()]


@settings(max_examples=30)
@given(st.lists(ROWS, max_size=8), CORRECTIONS)
def test_read_is_used_plus_quarantined_and_each_row_kept_is_one_that_was_not_used(
    rows: list[tuple[str, ...]], corrections: list[tuple[str, str, str]]
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        raw = text([HEADINGS, *map(list, rows)])
        file = tiny.write_project(folder, only=["dossiers"], dossiers={"2025-01": raw}).file
        settled = file.read_text("utf-8").replace("[intake]", '[intake]\ncorrections = "hand"')
        tiny.write(file, settled)
        lines = [template_headings(), *(correction(*each) for each in corrections)]
        tiny.write(folder / "hand" / "c.csv", text(lines))
        snapshot = take_in(load_project(file))
        (taken,) = snapshot.intake
        kept = list(rows_set_aside(snapshot))
    assert taken.read == len(rows) == taken.used + taken.quarantined
    assert taken.quarantined == sum(taken.reasons.values()) == len(kept)
    assert taken.corrected <= taken.read
    assert len({row.row for row in kept}) == len(kept)
    assert all(row.fault for row in kept)
    assert all(tiny.CANARY not in row.cells.values() for row in kept)
