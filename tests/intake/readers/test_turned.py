"""Tables with a column for each period."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from briefings.errors import InputError, SettingsError
from briefings.intake.layout import Layout
from briefings.intake.profiles import load_profile
from briefings.intake.readers import read_chunks
from tests import tiny
from tests.intake.inspected import inspect
from tests.intake.readers.raw_files import cells
from tests.whole import read_raw

CSV = """\
Council,Jan 2025 Received,Jan 2025 Closed,Feb 2025 Received,Code
North,10,8,12,N
South,,,7,S
"""
PROFILE = """
layout: {turn: "^[A-Z][a-z]+ [0-9]{4}"}
tables:
  unit_counts:
    columns:
      unit: Council
      period_from: {heading: (heading), format: "%b %Y"}
      period_to: {heading: (heading), format: "%b %Y", end_of: {months: 1}}
      received: Received
      processed: Closed
"""


def test_every_period_becomes_a_row_and_the_rest_of_a_heading_a_column(tmp_path: Path) -> None:
    file = tiny.write(tmp_path / "wide.csv", CSV)
    table = read_raw(file, Layout(turn="^[A-Z][a-z]+ [0-9]{4}"))
    assert list(table.columns) == ["Council", "Code", "Received", "Closed", "(heading)"]
    assert list(table.index) == [2, 3, 10_000_000_002, 10_000_000_003]
    assert cells(table) == [
        ["North", "N", "10", "8", "Jan 2025"],
        ["South", "S", None, None, "Jan 2025"],
        ["North", "N", "12", None, "Feb 2025"],
        ["South", "S", "7", None, "Feb 2025"],
    ]


def test_a_heading_that_is_all_period_leaves_a_value(tmp_path: Path) -> None:
    file = tiny.write(tmp_path / "wide.csv", "Council,2025-01,2025-02\nNorth,1,2\n")
    table = read_raw(file, Layout(turn="^[0-9]{4}-[0-9]{2}$"))
    assert cells(table[["(heading)", "(value)"]]) == [["2025-01", "1"], ["2025-02", "2"]]


def test_chunks_give_the_same_rows(tmp_path: Path) -> None:
    file = tiny.write(tmp_path / "wide.csv", CSV)
    layout = Layout(turn="^[A-Z][a-z]+ [0-9]{4}")
    rows = [row for chunk in read_chunks(file, layout, 1) for row in cells(chunk)]
    assert sorted(map(str, rows)) == sorted(map(str, cells(read_raw(file, layout))))


def test_headings_that_do_not_fit_are_told(tmp_path: Path) -> None:
    file = tiny.write(tmp_path / "wide.csv", CSV)
    with pytest.raises(InputError, match="no heading matches `turn`"):
        read_raw(file, Layout(turn="^Quý"))
    with pytest.raises(InputError, match="headings occur twice: Council"):
        read_raw(tiny.write(tmp_path / "w.csv", "Council,2025 Council\n"), Layout(turn="^2025"))
    with pytest.raises(SettingsError, match="not a usable pattern"):
        load_profile(tiny.write(tmp_path / "p.yaml", "layout: {turn: '['}\ntables: {}\n"))


@pytest.mark.parametrize(
    ("headings", "turn"),
    [
        ("Jan 2025 Received,Jan 2025: Received", "^[A-Z][a-z]+ [0-9]{4}"),
        ("Jan 2024,Jan 2025", "^([A-Z][a-z]+) [0-9]{4}"),
    ],
)
def test_two_headings_that_become_the_same_cells_are_told(
    tmp_path: Path, headings: str, turn: str
) -> None:
    file = tiny.write(tmp_path / "wide.csv", f"Council,{headings}\nNorth,1,2\n")
    told = f"`turn` makes the same of two headings: {headings.replace(',', ', ')}"
    with pytest.raises(InputError, match=told):
        read_raw(file, Layout(turn=turn))


def test_such_headings_are_masked_where_they_may_be_persons(tmp_path: Path) -> None:
    csv = "Council,Nguyễn Thị Bí 2024,Nguyễn Thị Bí: 2024\nNorth,1,2\n"
    with pytest.raises(InputError, match="same of two headings") as told:
        read_raw(tiny.write(tmp_path / "wide.csv", csv), Layout(turn="2024"))
    assert "Nguyễn" not in str(told.value)


def test_a_wide_table_is_counted_by_a_profile_alone(tmp_path: Path) -> None:
    file = tiny.write(tmp_path / "wide.csv", CSV)
    found = inspect([file], load_profile(tiny.write(tmp_path / "p.yaml", PROFILE)))
    assert (found.read, found.rows_used, found.ignored_columns) == (4, 4, ("Code",))
    counts = found.used["unit_counts"].set_index(["unit", "period_from", "period_to"])["received"]
    assert counts["North", datetime(2025, 2, 1), datetime(2025, 2, 28)] == 12
    assert counts.sum() == 29
