"""A workbook in which a spreadsheet took the day for the month wherever it could."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from briefings.errors import InputError
from briefings.intake.profiles import load_profile
from tests import tiny
from tests.intake.inspected import Inspected, inspect
from tests.intake.test_chunks import chunks_of

PROFILE = """
format: day-first
tables:
  dossiers:
    columns: {dossier_code: Mã, received_at: Ngày nhận}
    constants: {unit: D1}
"""
SWAPPED = [datetime(2025, month, 3) for month in (1, 5, 11)]
LATER = ["13/03/2025", "28/03/2025", "31/03/2025"]


def look(folder: Path, days: list[Any]) -> Inspected:
    book = Workbook()
    for row in (["Mã", "Ngày nhận"], *([f"A{n}", day] for n, day in enumerate(days))):
        book.active.append(row)  # type: ignore[union-attr]
    book.save(folder / "raw.xlsx")
    profile = load_profile(tiny.write(folder / "profile.yaml", PROFILE))
    return inspect([folder / "raw.xlsx"], profile)


def test_dates_of_early_days_beside_texts_of_later_ones_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"column 'Ngày nhận'.*a spreadsheet took day for month"):
        look(tmp_path, [*SWAPPED, *LATER])


@pytest.mark.slow
@pytest.mark.parametrize("rows", [1, 2, 4])
def test_chunks_make_no_difference(tmp_path: Path, rows: int) -> None:
    with chunks_of(rows), pytest.raises(InputError, match="took day for month"):
        look(tmp_path, [*SWAPPED, *LATER])
    with chunks_of(rows):
        assert look(tmp_path, [*SWAPPED, *LATER, "03/03/2025"]).rows_used == 7


def test_a_heading_that_two_columns_read_is_counted_once(tmp_path: Path) -> None:
    twice = "received_at: Ngày nhận, due_at: Ngày nhận}"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "tests.intake.test_half_converted.PROFILE",
            PROFILE.replace("received_at: Ngày nhận}", twice),
        )
        assert look(tmp_path, [*SWAPPED[:2], *LATER[:2]]).rows_used == 4


@pytest.mark.parametrize(
    "days",
    [
        [*SWAPPED, datetime(2025, 3, 13), *LATER],  # a date of a later day: none was swapped
        [*SWAPPED, *LATER, "03/03/2025"],  # a text of an early day: none was converted
        [*SWAPPED, *LATER[:2]],  # too few to tell
        SWAPPED,
        LATER,
    ],
)
def test_what_may_be_chance_is_read(tmp_path: Path, days: list[Any]) -> None:
    assert look(tmp_path, days).rows_used == len(days)


def test_rows_that_are_left_out_say_nothing(tmp_path: Path) -> None:
    """They may be of another system, which writes its dates in its own way."""
    days = [f"old,2025-{month:02}-03" for month in range(1, 8)]
    days += [f"new,{day}/03/2025" for day in range(13, 20)]
    rows = "".join(f"A{number},{day}\n" for number, day in enumerate(days))
    file = tiny.write(tmp_path / "raw.csv", f"Mã,Hệ,Ngày nhận\n{rows}")
    formats = PROFILE.replace("day-first", "[day-first, iso]")
    with pytest.raises(InputError, match="took day for month"):
        inspect([file], load_profile(tiny.write(tmp_path / "profile.yaml", formats)))
    without = f"{formats}    rows: [{{leave_out: the old system, where: {{Hệ: old}}}}]\n"
    found = inspect([file], load_profile(tiny.write(tmp_path / "profile.yaml", without)))
    assert (found.rows_used, found.quarantined) == (7, {"the old system": 7})


@pytest.mark.slow
def test_a_cell_that_was_typed_in_later_hides_nothing(tmp_path: Path) -> None:
    days = [*SWAPPED * 10, *LATER * 10]
    with pytest.raises(InputError, match="took day for month"):
        look(tmp_path, [*days, "05/03/2025"])
    assert look(tmp_path, [*days, *["05/03/2025"] * 3]).rows_used == 63
