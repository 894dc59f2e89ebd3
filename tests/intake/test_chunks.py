"""What becomes of a file does not depend on the chunks in which it is read."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from briefings.intake.inspection import Terms, inspect
from briefings.intake.profiles import load_profile
from briefings.intake.set_aside_rows import template_headings
from briefings.intake.take_in import take_in
from briefings.project import load_project
from tests import tiny
from tests.intake.test_every_row import CORRECTIONS, HEADINGS, ROWS, correction, text

SIZES = (1, 3)
ALL = 1_000
Content = dict[str, bytes]


@contextmanager
def chunks_of(rows: int) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("briefings.intake.readers.read.CHUNK_ROWS", rows)
        yield


def files_in(folder: Path) -> Content:
    found = (file for file in sorted(folder.rglob("*")) if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in found}


def same_in_all_sizes(take: Callable[[Path], Content]) -> Content:
    """What is written by chunks of ALL rows, after it was found the same by smaller ones."""
    written = []
    for size in (ALL, *SIZES):
        with tempfile.TemporaryDirectory() as folder, chunks_of(size):
            written.append(take(Path(folder)))
    for size, others in zip(SIZES, written[1:], strict=True):
        differing = [name for name in written[0] if others.get(name) != written[0][name]]
        assert (others.keys(), differing) == (written[0].keys(), []), f"chunks of {size}"
    return written[0]


def taken_in(folder: Path, rows: list[list[str]], corrections: list[list[str]]) -> Content:
    """All that a project keeps of one month of dossiers."""
    project = tiny.write_project(
        folder, only=("dossiers",), dossiers={"2025-01": text([HEADINGS, *rows])}
    )
    settings = project.file.read_text(encoding="utf-8")
    project.file.write_text(
        settings.replace("[intake]", '[intake]\ncorrections = "corrections"'), "utf-8"
    )
    tiny.write(folder / "corrections" / "x.csv", text([template_headings(), *corrections]))
    (taken,) = take_in(load_project(project.file)).folders.values()
    assert isinstance(taken, Path)
    return files_in(taken)


@pytest.mark.slow
@settings(max_examples=5)
@given(st.lists(ROWS, max_size=16), CORRECTIONS)
def test_a_snapshot_is_the_same_whatever_is_delivered_and_corrected(
    rows: list[tuple[str, ...]], corrections: list[tuple[str, str, str]]
) -> None:
    raw = [list(row) for row in rows]
    mended = [correction(*each) for each in corrections]
    assert "manifest.json" in same_in_all_sizes(lambda folder: taken_in(folder, raw, mended))


FAULTY = f"""\
{tiny.DOSSIER_HEADINGS}
A1,P1,D1,02/01/2025 08:00,Trực tuyến,09/01/2025 17:00,,Đang xử lý,{tiny.CANARY}
A2,P1,D9,03/01/2025 08:00,Trực tiếp,,,Đang xử lý,{tiny.CANARY}
,P1,D1,03/01/2025 08:00,Trực tiếp,,,Đang xử lý,{tiny.CANARY}
A1,P1,D1,02/01/2025 08:00,Trực tuyến,09/01/2025 17:00,,Đang xử lý,{tiny.CANARY}
A4,P1,D1,31/12/2024 08:00,Trực tuyến,,,Đang xử lý,{tiny.CANARY}
A4,P2,D1,31/12/2024 08:00,Trực tuyến,,,Đang xử lý,{tiny.CANARY}
,P1,D1,03/01/2025 08:00,Trực tiếp,,,Đang xử lý,{tiny.CANARY}
A0,P1,D1,hôm qua,Trực tuyến,,01/01/2150 00:00,Đang xử lý,{tiny.CANARY}
A5,P1,D1,05/01/2025 08:00,Trực tuyến,,04/01/2025 08:00,Đã trả kết quả,{tiny.CANARY}
"""


@pytest.mark.slow
def test_a_double_and_a_mended_row_are_found_across_chunks() -> None:
    rows = [line.split(",") for line in FAULTY.splitlines()[1:]]
    mended = correction("A2", "Mã đơn vị", "D1")
    mended[6] = "D9"
    written = same_in_all_sizes(lambda folder: taken_in(folder, rows, [mended]))
    about = json.loads(written["manifest.json"])["intake"][0]
    assert (about["read"], about["used"], about["corrected"]) == (9, 2, 1)
    assert about["reasons"] == {
        "empty cell": 2,
        "finished before received": 1,
        "date outside 1990 to 2100": 1,
        "key used again with other content": 2,
        "repeats an earlier row": 1,
    }


PROFILE = """
format: [iso, day-first]
tables:
  dossiers:
    columns:
      dossier_code: { join: [Mã, Lần], with: "-" }
      unit: { heading: Đơn vị, fill_down: true }
      received_at: { earliest: Ngày, same: [Mã, Lần] }
      due_at: { latest: Ngày, same: Mã, only_if: { Kỳ: K1 } }
      status: { heading: Số, if_empty: 4 }
    rows:
      - { leave_out: total, where: { Mã: { starts_with: Cộng } },
          sums: { by: Kỳ, group: Đơn vị, of: Nhóm, columns: Số } }
      - { leave_out: twice another, multiple: 2, of: Số, same: [Mã, Kỳ] }
      - { leave_out: printed twice, doubled: keep_first }
      - { leave_out: older, older_by: Ngày, same: Mã }
      - { leave_out: of another period, unless: { Kỳ: { not: K9 } } }
"""
HEADS = ("Mã", "Lần", "Đơn vị", "Ngày", "Số", "Kỳ", "Nhóm", "Người nộp")
CELLS: tuple[st.SearchStrategy[Any], ...] = (
    st.sampled_from(["A1", "A2", "A3", "Cộng", None]),
    st.sampled_from([1, 2, None]),
    st.sampled_from(["D1", "D2", None]),
    st.sampled_from(["2025-02-03", "2025-02-04", "03/02/2025", "?", None]),
    st.sampled_from([0, 1, 2, 4, 8, 10, 11, 0.1, 0.7, None]),
    st.sampled_from(["K1", "K1", "K9", None]),
    st.sampled_from(["D1", "D2", ""]),
    st.just(tiny.CANARY),
)
ROWS_OF_ANY_KIND = st.lists(st.tuples(*CELLS), max_size=14)


def as_csv(file: Path, rows: list[tuple[Any, ...]]) -> None:
    filled = [["" if cell is None else str(cell) for cell in row] for row in rows]
    tiny.write(file, text([list(HEADS), *filled]))


def as_json_lines(file: Path, rows: list[tuple[Any, ...]]) -> None:
    # A key that no line has is no heading.
    lines = [dict.fromkeys(HEADS), *(dict(zip(HEADS, row, strict=True)) for row in rows)]
    tiny.write(file, "".join(json.dumps(line) + "\n" for line in lines))


def as_parquet(file: Path, rows: list[tuple[Any, ...]]) -> None:
    kinds = [pa.string(), pa.int64(), pa.string(), pa.string(), pa.float64(), *[pa.string()] * 3]
    columns = zip(*rows, strict=True) if rows else [()] * len(HEADS)
    arrays = [pa.array(list(c), kind) for c, kind in zip(columns, kinds, strict=True)]
    pq.write_table(pa.table(arrays, names=list(HEADS)), file)


def as_workbook(file: Path, rows: list[tuple[Any, ...]]) -> None:
    book = Workbook()
    for row in (HEADS, *rows):
        book.active.append(row)  # type: ignore[union-attr]
    book.save(file)


WRITERS = {"csv": as_csv, "jsonl": as_json_lines, "parquet": as_parquet, "xlsx": as_workbook}


@pytest.mark.slow
@pytest.mark.parametrize("ending", WRITERS)
@settings(max_examples=4)
@given(ROWS_OF_ANY_KIND, ROWS_OF_ANY_KIND)
def test_an_inspection_is_the_same_with_rules_that_compare_rows(
    ending: str, first: list[tuple[Any, ...]], second: list[tuple[Any, ...]]
) -> None:
    def take(folder: Path) -> Content:
        profile = load_profile(tiny.write(folder / "profile.yaml", PROFILE))
        files = [folder / f"{name}.{ending}" for name in ("first", "second")]
        for file, rows in zip(files, (first, second), strict=True):
            WRITERS[ending](file, rows)
        (folder / "kept").mkdir()
        found = inspect(files, Terms(profile), keep=folder / "kept")
        about = (found.read, found.rows_used, found.quarantined, found.subtotals.to_csv())
        faults = (folder / "kept" / "quarantine.csv").read_text(encoding="utf-8")
        return {
            **files_in(folder / "kept"),
            "quarantine.csv": faults.replace(str(folder), "").encode(),
            "about": repr((*about, found.ignored_columns, found.dropped_personal_columns)).encode(),
        }

    assert same_in_all_sizes(take)["about"]


WIDE = """
tables:
  unit_counts:
    layout: { turn: "^[0-9]{4}-[0-9]{2}" }
    columns:
      unit: { heading: Đơn vị, fill_down: true }
      received: Nhận
      processed: Trả
      period_from: { heading: (heading), format: "%Y-%m" }
      period_to: { heading: (heading), format: "%Y-%m", end_of: { months: 1 } }
    rows:
      - { leave_out: nothing, where: { Nhận: 0 } }
      - { leave_out: name of an office, where: { Nhận: empty } }
"""


WIDE_ROWS = """\
Đơn vị,2025-01 Nhận,2025-01 Trả,2025-02 Nhận,2025-02 Trả
,9,9,9,9
D1,1,1,2,x
D2,3,2,0,0
D3,,,,
,5,5,6,4
"""


def test_periods_side_by_side_are_turned_and_filled_down_chunk_by_chunk() -> None:
    """The first row of the second period is of no office, and not of the last of the first."""

    def take(folder: Path) -> Content:
        profile = load_profile(tiny.write(folder / "profile.yaml", WIDE))
        file = tiny.write(folder / "raw.csv", WIDE_ROWS)
        (folder / "kept").mkdir()
        found = inspect([file], Terms(profile), keep=folder / "kept")
        assert (found.read, found.rows_used) == (10, 4)
        assert found.quarantined == {
            "empty cell": 2,
            "name of an office": 2,
            "not a number": 1,
            "nothing": 1,
        }
        faults = (folder / "kept" / "quarantine.csv").read_text(encoding="utf-8")
        return {
            **files_in(folder / "kept"),
            "quarantine.csv": faults.replace(str(folder), "").encode(),
        }

    assert same_in_all_sizes(take)


@pytest.mark.slow
def test_a_column_that_is_known_by_its_position_may_begin_in_a_later_chunk(tmp_path: Path) -> None:
    book = Workbook()
    for row in (["Mã"], ["A1"], ["A2"], ["A3", "x", "2025-02-03"]):
        book.active.append(row)  # type: ignore[union-attr]
    book.save(tmp_path / "raw.xlsx")
    profile = load_profile(
        tiny.write(
            tmp_path / "profile.yaml",
            "tables: {dossiers: {columns: {dossier_code: Mã, received_at: (column 3)},"
            " constants: {unit: D1}}}",
        )
    )
    for size in (ALL, 1):
        with chunks_of(size):
            found = inspect([tmp_path / "raw.xlsx"], Terms(profile))
        assert (found.rows_used, found.quarantined) == (1, {"empty cell": 2})
        assert found.ignored_columns == ("(column 2)",)
