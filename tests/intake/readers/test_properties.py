"""Whatever bytes come: a table or an error for a person, and what was written is read back."""

from __future__ import annotations

import csv
import io
import json
import math
import unicodedata
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from briefings.errors import InputError
from briefings.intake.layout import ENCODINGS, Layout, Spread
from briefings.intake.readers import read_chunks
from tests import tiny
from tests.intake.readers.raw_files import (
    archive,
    cells,
    ods_parts,
    ods_row,
    ods_sheet,
    ods_text,
    xlsx_parts,
)
from tests.whole import read_raw

ENDINGS = (".csv", ".tsv", ".jsonl", ".json", ".xlsx", ".ods", ".parquet", ".xls")
Factory = pytest.TempPathFactory
Rows = Sequence[Sequence[Any]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: Factory) -> Path:
    return tmp_path_factory.mktemp("raw")


layouts = st.builds(
    Layout,
    sheet=st.sampled_from([None, "*", "Dữ liệu"]),
    header_rows=st.sampled_from([(1,), (2,), (1, 2), (), (1, 3)]),
    last_row=st.sampled_from([None, 5]),
    footer=st.sampled_from([None, "x*"]),
    delimiter=st.sampled_from([None, ";", "x"]),
    encoding=st.sampled_from([None, *ENCODINGS]),
    empty=st.sampled_from([(), ("-", "x")]),
    spread=st.sampled_from([None, None, Spread("Mã", "Số"), Spread("(column 1)", "(column 2)")]),
)
# Signs that mean something to one of the formats come more often than by chance.
telling = st.sampled_from(
    [b",", b";", b'"', b"\n", b"\r", b"\0", b"<", b"{", b"[", b"}", b"]",
     b'"features":', b"sep=;\n", b"PK\x03\x04", b"PAR1",
     b"\xff\xfe", b"\xef\xbb\xbf", b"\xae\xac", b"x", b"1"]
)  # fmt: skip
contents = st.one_of(
    st.binary(max_size=200), st.lists(st.one_of(telling, st.binary(max_size=4))).map(b"".join)
)


def table_or_error(file: Path, layout: Layout) -> None:
    try:
        table = read_raw(file, layout)
    except InputError:
        return
    assert table.columns.is_unique
    assert table.index.is_unique
    assert all(isinstance(name, str) and name for name in table.columns)


@pytest.mark.slow
@given(content=contents, ending=st.sampled_from(ENDINGS), layout=layouts)
@settings(max_examples=300)
def test_any_bytes_are_a_table_or_an_error(
    folder: Path, content: bytes, ending: str, layout: Layout
) -> None:
    table_or_error(tiny.write(folder / f"any{ending}", content), layout)


def sound(folder: Path, ending: str) -> bytes:
    """A small file of each kind, as it should be; of the same length every time."""
    file = folder / f"sound{ending}"
    if ending in PARTS:
        return archive(file, PARTS[ending]()).read_bytes()
    WRITERS[ending](file, [["Mã", "Số"], ["A1", 12], ["A2", None]])
    return file.read_bytes()


@pytest.mark.slow
@given(st.data())
@settings(max_examples=300)
def test_a_damaged_file_is_a_table_or_an_error(folder: Path, data: st.DataObject) -> None:
    ending = data.draw(st.sampled_from(sorted(WRITERS)))
    content = bytearray(sound(folder, ending))
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(content)))
        length = data.draw(st.integers(0, 8))
        content[place : place + length] = data.draw(st.binary(max_size=8))
    file = tiny.write(folder / f"damaged{ending}", bytes(content))
    table_or_error(file, data.draw(layouts))


PARTS: dict[str, Callable[[], dict[str, str | bytes]]] = {
    ".xlsx": lambda: xlsx_parts(
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>b</t></is></c></row>'
        '<row r="2"><c r="A2" s="1"><v>45691</v></c><c r="B2" t="b"><f>1</f><v>1</v></c></row>',
        texts="<si><t>Mã</t></si>",
        after='<mergeCells><mergeCell ref="A2:A3"/></mergeCells>',
    ),
    ".ods": lambda: ods_parts(
        ods_sheet(ods_row(ods_text("Mã")) + ods_row(ods_text("x", 'table:number-rows-spanned="2"')))
    ),
}
NUMBER_SIGNS = st.sampled_from(["0", "1", "-1", "9" * 30, "1e999", "XFD1048576", "", "x", "é"])


@pytest.mark.slow
@given(st.data())
@settings(max_examples=300)
def test_damage_within_a_workbook_is_a_table_or_an_error(folder: Path, data: st.DataObject) -> None:
    """Where the archive is sound and its XML is not, or says what no program says."""
    ending = data.draw(st.sampled_from(sorted(PARTS)))
    parts = PARTS[ending]()
    name = data.draw(st.sampled_from(sorted(set(parts) - {"mimetype"})))
    text = str(parts[name])
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(text)))
        length = data.draw(st.integers(0, 6))
        put = data.draw(st.one_of(NUMBER_SIGNS, st.text(max_size=6)))
        text = text[:place] + put + text[place + length :]
    parts[name] = text.encode(errors="replace")
    table_or_error(archive(folder / f"within{ending}", parts), data.draw(layouts))


anything = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)


@pytest.mark.slow
@given(
    st.integers(1, 4).flatmap(
        lambda width: st.lists(
            st.lists(anything, min_size=width, max_size=width), min_size=1, max_size=6
        )
    ),
    st.sampled_from(",;\t|"),
)
@settings(max_examples=300)
def test_what_the_csv_module_writes_comes_back_row_for_row(
    folder: Path, rows: list[list[str]], delimiter: str
) -> None:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerows([[f"c{n}" for n in range(len(rows[0]))], *rows])
    file = tiny.write(folder / "written.csv", text.getvalue())
    table = read_raw(file, Layout(delimiter=delimiter))
    assert cells(table) == [[clean(cell) for cell in row] for row in rows]
    assert list(table.index) == list(range(2, 2 + len(rows)))


def clean(cell: Any) -> Any:
    return unicodedata.normalize("NFC", cell).strip() or None if isinstance(cell, str) else cell


def write_csv(file: Path, rows: Rows) -> None:
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)


def write_json_lines(file: Path, rows: Rows) -> None:
    lines = (dict(zip(rows[0], row, strict=True)) for row in rows[1:])
    file.write_text("".join(f"{json.dumps(line, default=str)}\n" for line in lines), "utf-8")


def write_json(file: Path, rows: Rows) -> None:
    objects = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    file.write_text(json.dumps(objects, default=str), "utf-8")


def write_geojson(file: Path, rows: Rows) -> None:
    features = [
        {"properties": dict(zip(rows[0], row, strict=True)), "geometry": {"type": "Point"}}
        for row in rows[1:]
    ]
    collection = {"features": features, "bbox": [1, 2], "type": "FeatureCollection"}
    file.write_text(json.dumps(collection, default=str), "utf-8")


def write_xlsx(file: Path, rows: Rows) -> None:
    """Texts as texts, where openpyxl would take "=0" for a formula and "#N/A" for an error."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        written = [WriteOnlyCell(sheet, cell) for cell in row]
        for cell in written:
            cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type
        sheet.append(written)
    book.save(file)


def write_ods(file: Path, rows: Rows) -> None:
    xml = "".join(ods_row(*map(_ods_cell, row)) for row in rows)
    archive(file, ods_parts(ods_sheet(xml)))


def _ods_cell(cell: Any) -> str:
    if cell is None:
        return "<table:table-cell/>"
    if isinstance(cell, str):
        return ods_text("</text:p><text:p>".join(escape(cell).split("\n")))
    kind, name, value = "float", "value", repr(cell)
    if isinstance(cell, bool):
        kind, name, value = "boolean", "boolean-value", str(cell).lower()
    elif isinstance(cell, datetime):
        kind, name, value = "date", "date-value", cell.isoformat()
    return f'<table:table-cell office:value-type="{kind}" office:{name}="{value}"/>'


def write_parquet(file: Path, rows: Rows) -> None:
    pq.write_table(pa.table(pd.DataFrame(rows[1:], columns=list(rows[0]))), file)


WRITERS: dict[str, Callable[[Path, Rows], None]] = {
    ".csv": write_csv,
    ".jsonl": write_json_lines,
    ".json": write_json,
    ".geojson": write_geojson,
    ".xlsx": write_xlsx,
    ".ods": write_ods,
    ".parquet": write_parquet,
}
TYPED = (".xlsx", ".ods")

# XML knows no control characters; Python and the formats agree on what remains at the edges.
words = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=8)
moments = st.datetimes(datetime(1901, 1, 1), datetime(2099, 1, 1)).map(
    lambda moment: moment.replace(microsecond=0)
)
values = st.one_of(
    st.none(),
    words,
    st.booleans(),
    moments,
    st.integers(-(10**15), 10**15),
    st.floats(-1e9, 1e9).filter(lambda number: not number.is_integer()),
)


def equal(found: Any, expected: Any) -> bool:
    if isinstance(expected, float):
        return math.isclose(found, expected, rel_tol=1e-14)
    if isinstance(expected, datetime):  # a serial date knows the second, hardly more
        return abs(found - expected) < timedelta(seconds=1)
    return type(found) is type(expected) and found == clean(expected)


@pytest.mark.slow
@given(
    st.lists(st.tuples(st.just("A"), values, values), min_size=1, max_size=5),
    st.sampled_from(TYPED),
)
@settings(max_examples=60)
def test_cells_of_workbooks_come_back_with_their_types(
    folder: Path, rows: list[tuple[Any, ...]], ending: str
) -> None:
    file = folder / f"typed{ending}"
    WRITERS[ending](file, [("Mã", "Một", "Hai"), *rows])
    table = read_raw(file)
    for found, expected in zip(cells(table), rows, strict=True):
        padded = found + [None] * (3 - len(found))
        assert all(map(equal, padded, expected)), (found, expected)


few = st.sampled_from(["a", "b", "1"])


@pytest.mark.slow
@given(st.dictionaries(st.tuples(few, few, few), words, min_size=1))
@settings(max_examples=60)
def test_a_table_that_is_spread_holds_every_value_once(
    folder: Path, values: dict[tuple[str, str, str], str]
) -> None:
    file = folder / "long.csv"
    rows = [(one, two, f"n{name}", value) for (one, two, name), value in values.items()]
    write_csv(file, [("K", "L", "n", "v"), *rows])
    table = read_raw(file, Layout(spread=Spread("n", "v", ("K", "L"))))
    found = {
        (row["K"], row["L"], name[1:]): row[name]
        for _, row in table.iterrows()
        for name in table.columns[2:]
        if pd.notna(row[name])
    }
    assert found == {key: clean(value) for key, value in values.items()}
    assert len(table) == len({key[:2] for key in values})
    assert table.index.is_monotonic_increasing


@pytest.mark.slow
@given(
    rows=st.lists(st.tuples(words, words), min_size=1, max_size=9),
    ending=st.sampled_from(sorted(WRITERS)),
    size=st.integers(1, 4),
)
@settings(max_examples=60)
@example(rows=[("0", "=0"), ("#N/A", "0")], ending=".xlsx", size=1)
def test_all_chunks_together_are_the_table(
    folder: Path, rows: list[tuple[str, str]], ending: str, size: int
) -> None:
    file = folder / f"chunks{ending}"
    WRITERS[ending](file, [("Mã", "Tên"), *rows])
    chunks = list(read_chunks(file, rows=size))
    assert all(1 <= len(chunk) <= size for chunk in chunks)
    pd.testing.assert_frame_equal(pd.concat(chunks), read_raw(file))
    assert cells(read_raw(file)) == [[clean(cell) for cell in row] for row in rows]
