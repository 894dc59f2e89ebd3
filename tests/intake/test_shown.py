from __future__ import annotations

from datetime import date, datetime

import pandas as pd
import pytest

from briefings.intake.shown import raw_text, shown


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""), (float("nan"), ""), (pd.NaT, ""), (pd.NA, ""), ("", ""),
        ("A1", "A1"), (12.0, "12"), (12.5, "12.5"), (7, "7"), (True, "True"),
        (date(2025, 2, 1), "2025-02-01"),
        (datetime(2025, 2, 1, 8, 30), "2025-02-01 08:30:00"),
        (pd.Timestamp(2025, 2, 1), "2025-02-01 00:00:00"),
    ],
)  # fmt: skip
def test_a_cell_reads_as_its_source_wrote_it(cell: object, text: str) -> None:
    assert raw_text(cell) == text


@pytest.mark.parametrize("text", ["=1+1", "+84 912", "-1+2", "@x", "'x"])
def test_nothing_that_is_shown_is_a_formula(text: str) -> None:
    assert shown(text) == f"'{text}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("\t=x", " =x"), ("\r=x", "\n'=x"), ("a\x1b[2J", "a<001B>[2J"), ("A\u200b1", "A<200B>1")],
)
def test_nothing_that_is_shown_commands_a_terminal(text: str, expected: str) -> None:
    assert shown(text) == expected


def test_anything_else_is_shown_as_it_is() -> None:
    assert shown("H23.01-250201") == "H23.01-250201"
