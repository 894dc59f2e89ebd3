"""Workbooks written by hand, part by part: what no well-behaved library would write."""

from __future__ import annotations

import unicodedata
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
KEYS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
DATE_STYLE, MOMENT_STYLE, DURATION_STYLE = 1, 2, 3
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy hh:mm"/>'
    '<numFmt numFmtId="165" formatCode="[h]:mm"/></numFmts>'
    '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/>'
    "</cellXfs></styleSheet>"
)
ODS_NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{place}:1.0"'
    for name, place in [("office", "office"), ("table", "table"), ("text", "text"),
                        ("style", "style"), ("draw", "drawing")]
)  # fmt: skip
CALC = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
TONES = "\u0300\u0301\u0303\u0309\u0323"
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def archive(file: Path, parts: Mapping[str, str | bytes]) -> Path:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as content:
        for name, part in parts.items():
            content.writestr(name, part)
    return file


def xlsx(folder: Path, rows: str, *, about: str = "", texts: str = "", after: str = "") -> Path:
    """A workbook of one sheet whose rows, properties, shared texts and tail are given as XML."""
    return archive(folder / "raw.xlsx", xlsx_parts(rows, about=about, texts=texts, after=after))


def xlsx_parts(
    rows: str, *, about: str = "", texts: str = "", after: str = ""
) -> dict[str, str | bytes]:
    return {
        "_rels/.rels": _links(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{KEYS}">{about}<sheets>'
        '<sheet name="Dữ liệu" sheetId="1" r:id="r0"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _links(
            ("worksheet", "worksheets/sheet1.xml"),
            ("styles", "/xl/styles.xml"),
            ("sharedStrings", "sharedStrings.xml"),
        ),
        "xl/styles.xml": STYLES,
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{texts}</sst>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>'
        f"{after}</worksheet>",
    }


def ods(folder: Path, content: str, *, before: str = "") -> Path:
    """A spreadsheet whose sheets, and what stands before the body, are given as XML."""
    return archive(folder / "raw.ods", ods_parts(content, before=before))


def ods_parts(content: str, *, before: str = "") -> dict[str, str | bytes]:
    return {
        "mimetype": ODS_TYPE,
        "content.xml": f"<office:document-content {ODS_NAMES} {CALC}>{before}<office:body>"
        f"<office:spreadsheet>{content}</office:spreadsheet></office:body>"
        "</office:document-content>",
    }


def ods_sheet(rows: str, name: str = "Dữ liệu", style: str = "") -> str:
    return f'<table:table table:name="{name}" table:style-name="{style}">{rows}</table:table>'


def ods_row(*cells: str, times: int = 1) -> str:
    repeated = f' table:number-rows-repeated="{times}"' if times > 1 else ""
    return f"<table:table-row{repeated}>{''.join(cells)}</table:table-row>"


def ods_text(text: str, more: str = "") -> str:
    return (
        f'<table:table-cell office:value-type="string" {more}><text:p>{text}</text:p>'
        "</table:table-cell>"
    )


def cells(table: pd.DataFrame) -> list[list[object]]:
    plain = table.astype(object).where(table.notna(), None)
    return [list(row) for row in plain.itertuples(index=False)]


def in_cp1258(text: str) -> bytes:
    """Tones as combining marks, the way Windows writes Vietnamese in its own code page."""
    content = b""
    for sign in text:
        try:
            content += sign.encode("cp1258")
        except UnicodeEncodeError:
            parts = unicodedata.normalize("NFD", sign)
            tone = next(mark for mark in parts if mark in TONES)
            base = unicodedata.normalize("NFC", parts.replace(tone, ""))
            content += (base + tone).encode("cp1258")
    return content


def _links(*targets: tuple[str, str]) -> str:
    found = "".join(
        f'<Relationship Id="r{n}" Type="{KEYS}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets)
    )
    return f'<Relationships xmlns="{LINKS}">{found}</Relationships>'
