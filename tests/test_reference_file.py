from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from briefings.errors import SettingsError
from briefings.reference_file import (
    Day,
    Flag,
    Number,
    OpenDay,
    checked_lines,
    read_numbered,
    read_reference,
)
from tests import tiny


@dataclass(frozen=True)
class Rule:
    name: str
    share: Number
    valid_from: Day
    valid_to: OpenDay
    verified: Flag
    note: str = ""


HEADINGS = "name,share,valid_from,valid_to,verified"
SOUND = "a,0.5,2025-01-01,,true"


def rules(folder: Path, *rows: str, headings: str = HEADINGS) -> Path:
    return tiny.write(folder / "rules.csv", "\n".join([headings, *rows]) + "\n")


def test_the_columns_become_the_fields_and_an_empty_cell_is_none(tmp_path: Path) -> None:
    assert read_reference(rules(tmp_path, SOUND), Rule) == [
        Rule("a", "0.5", date(2025, 1, 1), None, verified=True)
    ]


def test_a_column_with_a_default_may_be_there(tmp_path: Path) -> None:
    file = rules(tmp_path, f"{SOUND},why", headings=f"{HEADINGS},note")
    assert read_reference(file, Rule)[0].note == "why"


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (",1,2025-01-01,,true", "row 2, name: None"),
        ("a,-1,2025-01-01,,true", "row 2, share: '-1'"),
        ("a,1,1/2/2025,,true", "row 2, valid_from: '1/2/2025' (Value error, not a day as"),
        ("a,1,2025-02-30,,true", "row 2, valid_from: '2025-02-30'"),
        ("a,1,2025-00-10,,true", "row 2, valid_from: '2025-00-10'"),
        ("a,1,20250101,,true", "row 2, valid_from: '20250101'"),
        ("a,1,,,true", "row 2, valid_from: None"),
        ("a,1,2025-01-01,2025-13-01,true", "row 2, valid_to: '2025-13-01'"),
        ("a,1,2025-01-01,,yes", "row 2, verified: 'yes' (Value error, neither true nor false)"),
    ],
)
def test_a_faulty_cell_is_named_with_row_column_value_and_reason(
    tmp_path: Path, row: str, words: str
) -> None:
    with pytest.raises(SettingsError) as caught:
        read_reference(rules(tmp_path, row), Rule)
    assert words in caught.value.message
    assert "rules.csv breaks its contract" in caught.value.message


def test_rows_have_the_numbers_that_a_spreadsheet_shows(tmp_path: Path) -> None:
    file = rules(tmp_path, "", SOUND, SOUND.replace("a,", "b,"))
    assert {number: rule.name for number, rule in read_numbered(file, Rule).items()} == {
        3: "a",
        4: "b",
    }


def test_a_value_that_must_be_unique_is_refused_the_second_time(tmp_path: Path) -> None:
    file = rules(tmp_path, SOUND, SOUND)
    assert len(read_reference(file, Rule)) == 2
    with pytest.raises(SettingsError, match="row 3, name: 'a'"):
        read_reference(file, Rule, unique="name")


def test_a_missing_and_an_unknown_heading_are_named(tmp_path: Path) -> None:
    file = rules(tmp_path, SOUND, headings=HEADINGS.replace("share", "ty_le"))
    with pytest.raises(SettingsError) as caught:
        read_reference(file, Rule)
    assert "the headings: share is missing" in caught.value.message
    assert "the headings: ty_le is unknown" in caught.value.message


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\xff", f"{HEADINGS}\n{SOUND},more\n".encode()])
def test_a_file_that_is_no_table_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(SettingsError, match=r"r\.csv"):
        read_reference(tiny.write(tmp_path / "r.csv", content), Rule)


def test_a_file_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"nowhere\.csv"):
        read_reference(tmp_path / "nowhere.csv", Rule)


def test_lines_read_by_other_means_are_checked_alike(tmp_path: Path) -> None:
    lines = [line.split(",") for line in (HEADINGS, SOUND, SOUND.replace("true", "no"))]
    assert list(checked_lines(tmp_path / "rules.xlsx", lines[:2], Rule)) == [2]
    with pytest.raises(SettingsError, match=r"rules\.xlsx(?s:.*)row 3, verified: 'no'"):
        checked_lines(tmp_path / "rules.xlsx", lines, Rule)
