"""Bombs: read in a process whose memory is bounded, so that a limit that fails kills only it."""

from __future__ import annotations

import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from briefings.errors import InputError, SettingsError
from briefings.intake.readers.limits import COLUMNS
from tests.intake.readers.raw_files import (
    archive,
    ods,
    ods_parts,
    ods_row,
    ods_sheet,
    ods_text,
    xlsx_parts,
)
from tests.whole import read_raw

pytestmark = pytest.mark.slow

SECONDS = 120
GIBIBYTE = 1 << 30
READ = """
import resource, sys
from pathlib import Path
from briefings.errors import InputError
from briefings.intake.readers import read_chunks
memory = int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
try:
    print(sum(map(len, read_chunks(Path(sys.argv[1])))), "rows")
except InputError as error:
    print(error)
"""


def said(file: Path, memory: int = 2 * GIBIBYTE) -> str:
    """What reading the file says within some address space; a traceback fails."""
    done = subprocess.run(
        [sys.executable, "-c", READ, str(file), str(memory)],
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2_000:]
    return done.stdout


def with_part(file: Path, parts: dict[str, str | bytes], name: str, mebibytes: int) -> Path:
    """A workbook one part of which expands to so many mebibytes of zeros or spaces."""
    archive(file, {key: part for key, part in parts.items() if key != name})
    with (
        zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as content,
        content.open(name, "w", force_zip64=True) as stream,
    ):
        for _ in range(mebibytes):
            stream.write(b" " * (1 << 20))
    return file


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "junk.bin"])
def test_a_part_that_shrank_a_thousandfold_is_a_bomb(tmp_path: Path, part: str) -> None:
    file = with_part(tmp_path / "raw.xlsx", xlsx_parts(""), part, 300)
    assert file.stat().st_size < 400_000
    with pytest.raises(InputError, match="more than 200 times its packed size after unpacking"):
        read_raw(file)


def test_a_part_that_lies_about_its_size_is_not_read_beyond_it(tmp_path: Path) -> None:
    """The declared size is set to ten bytes, in the directory and before the part."""
    rows = "".join(f"<row><c><v>{n}</v></c></row>" for n in range(9_999))
    content = bytearray(archive(tmp_path / "raw.xlsx", xlsx_parts(rows)).read_bytes())
    with zipfile.ZipFile(tmp_path / "raw.xlsx") as book:
        sheet = book.getinfo("xl/worksheets/sheet1.xml")
    entry = content.rindex(sheet.filename.encode()) - 46
    struct.pack_into("<I", content, entry + 24, 10)
    struct.pack_into("<I", content, sheet.header_offset + 22, 10)
    (tmp_path / "raw.xlsx").write_bytes(content)
    with pytest.raises(InputError, match="not a readable Excel workbook"):
        read_raw(tmp_path / "raw.xlsx")


def test_parts_that_together_are_too_large_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFINGS_MAX_EXPANDED_BYTES", "1000")
    with pytest.raises(InputError, match="more than 1,000 bytes after unpacking") as caught:
        read_raw(archive(tmp_path / "raw.xlsx", xlsx_parts("<row/>" * 200)))
    assert "set BRIEFINGS_MAX_EXPANDED_BYTES higher" in caught.value.advice


LAUGHS = "".join(
    f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' if n else '<!ENTITY l0 "ha">' for n in range(10)
)
QUADRATIC = f'<!ENTITY a "{"x" * 50_000}">'
ENTITIES = {
    "billion laughs": (LAUGHS, "&l9;"),
    "quadratic": (QUADRATIC, "&a;" * 50_000),
    "a file of the machine": ('<!ENTITY a SYSTEM "file:///etc/passwd">', "&a;"),
    "an address": ('<!ENTITY % a SYSTEM "http://127.0.0.1:9/x"> %a;', ""),
}


@pytest.mark.parametrize("entities", ENTITIES)
@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml",
                                  "xl/workbook.xml", "_rels/.rels", "xl/styles.xml"])  # fmt: skip
def test_entities_in_a_workbook_are_refused(tmp_path: Path, entities: str, part: str) -> None:
    declared, used = ENTITIES[entities]
    parts = xlsx_parts(f'<row><c t="inlineStr"><is><t>{used}</t></is></c></row>')
    parts[part] = f"<!DOCTYPE x [{declared}]>{parts[part]}"
    with pytest.raises(InputError, match="its XML declares a document type"):
        read_raw(archive(tmp_path / "raw.xlsx", parts))


@pytest.mark.parametrize("entities", ENTITIES)
def test_entities_in_a_spreadsheet_are_refused(tmp_path: Path, entities: str) -> None:
    declared, used = ENTITIES[entities]
    parts = ods_parts(ods_sheet(ods_row(ods_text(used))))
    parts["content.xml"] = f"<!DOCTYPE x [{declared}]>{parts['content.xml']}"
    with pytest.raises(InputError, match="its XML declares a document type"):
        read_raw(archive(tmp_path / "raw.ods", parts))


def test_xml_that_nests_without_end_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="its XML nests too deep"):
        read_raw(archive(tmp_path / "raw.xlsx", xlsx_parts("<a>" * 200_000)))
    with pytest.raises(InputError, match="its XML nests too deep"):
        read_raw(ods(tmp_path, ods_sheet("<text:p>" * 200_000)))


def test_a_cell_far_beyond_all_columns_is_refused_and_named(tmp_path: Path) -> None:
    formula = "<row>" + "<c/>" * 20_000 + "<c><f>1</f></c></row>"
    with pytest.raises(InputError, match="row 1: more than 2,000 columns"):
        read_raw(archive(tmp_path / "raw.xlsx", xlsx_parts(formula)))
    far = '<table:table-cell table:number-columns-repeated="2000000000"/>'
    formula = '<table:table-cell table:formula="of:=1"/>'
    with pytest.raises(InputError, match="row 1: more than 2,000 columns"):
        read_raw(ods(tmp_path, ods_sheet(ods_row(far, formula))))


def test_a_tag_without_end_is_refused_before_it_costs_minutes(tmp_path: Path) -> None:
    parts = xlsx_parts(f'<row a="{"y" * 2_000_000}"/>')
    with pytest.raises(InputError, match="not a readable Excel workbook"):
        read_raw(archive(tmp_path / "raw.xlsx", parts))


def wide_ods(folder: Path, cell: str) -> Path:
    """Some kilobytes that stand for two thousand million cells."""
    heads = ods_row(*(ods_text(f"c{n}") for n in range(2_000)))
    return ods(folder, ods_sheet(heads + ods_row(cell, times=1_048_575)))


def wide_text_ods(folder: Path) -> Path:
    return wide_ods(folder, ods_text("x" * 50_000, 'table:number-columns-repeated="2000"'))


def wide_number_ods(folder: Path) -> Path:
    number = 'office:value-type="float" office:value="7" table:number-columns-repeated="2000"'
    return wide_ods(folder, f"<table:table-cell {number}/>")


def shared_text_xlsx(folder: Path) -> Path:
    """One text of 100,000 characters that a hundred thousand cells refer to."""
    rows = "".join(f'<row><c t="s"><v>0</v></c><c><v>{n}</v></c></row>' for n in range(100_000))
    texts = f"<si><t>{'ă' * 100_000}</t></si>"
    heads = '<row><c><v>1</v></c><c t="inlineStr"><is><t>n</t></is></c></row>'
    return archive(folder / "raw.xlsx", xlsx_parts(heads + rows, texts=texts))


def repeated_parquet(folder: Path) -> Path:
    """A hundred thousand times the same text, kept once."""
    text = pa.DictionaryArray.from_arrays(pa.array([0] * 100_000, pa.int32()), ["x" * 100_000])
    pq.write_table(pa.table({"a": text}), folder / "raw.parquet")
    return folder / "raw.parquet"


def counted_parquet(folder: Path) -> Path:
    """Two hundred and ten million numbers in some kilobytes."""
    with pq.ParquetWriter(folder / "raw.parquet", pa.schema([("a", pa.int64())])) as writer:
        table = pa.table({"a": pa.array([7]).take(pa.array([0] * 1_000_000))})
        for _ in range(210):
            writer.write_table(table)
    return folder / "raw.parquet"


def quoted_csv(folder: Path) -> Path:
    """A row of ten million cells over as many lines, none of them long."""
    (folder / "raw.csv").write_bytes(b"a,b\n" + b'"\n",' * 10_000_000)
    return folder / "raw.csv"


def endless_json(folder: Path) -> Path:
    """One object with forty million lists, which decoded would take gigabytes."""
    (folder / "raw.json").write_bytes(b'[{"a": [' + b"[]," * 40_000_000)
    return folder / "raw.json"


@pytest.mark.parametrize(
    ("write", "words"),
    [
        (wide_text_ods, "more than 2,147,483,648 characters in one sheet"),
        (wide_number_ods, "more than 50,000,000 cells in one sheet"),
        (shared_text_xlsx, "more than 2,147,483,648 characters in one sheet"),
        (repeated_parquet, "bytes of text in one chunk"),
        (counted_parquet, "more than 200,000,000 rows"),
        (quoted_csv, "more than 10,000 lines in one row"),
        (endless_json, "object 1: more than 4,000,000 characters in one line or JSON object"),
    ],
)
def test_a_small_file_does_not_fill_the_memory(
    tmp_path: Path, write: Callable[[Path], Path], words: str
) -> None:
    assert words in said(write(tmp_path))


@pytest.mark.parametrize("text", ["many", "-1", "0", "1.5", "²"])
def test_a_limit_must_be_a_whole_number(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("BRIEFINGS_MAX_COLUMNS", text)
    with pytest.raises(SettingsError, match=f"BRIEFINGS_MAX_COLUMNS is '{text}'"):
        COLUMNS.refuse("raw.csv", 1)
