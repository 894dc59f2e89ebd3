"""Made-up persons in every column of every export, and a search for them in all that is left."""

from __future__ import annotations

import html
import io
import json
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pikepdf
import pyarrow.parquet as pq
import pypdf

# Of each what stands in the cell, and a part that no masking could leave by chance.
PERSONS = {
    "Trần Thị Bíchkz": "bíchkz",
    "098 765 0321": "0321",
    "030185077713": "0185077713",
    "canary.kz@thu.example.vn": "canary.kz",
}
CANARIES = ("bíchkz", "bichkz", "7650321", "7650 321", "65 0321", "185077713", "canary.kz")
TOKEN = "zqtokenxv"
KEYS = {
    "Số quyết định", "Mã TTHC", "Mã hồ sơ", "Mã PAKN", "transaction_id", "dossier_code",
}  # fmt: skip
KEY_OF = {
    "quyet_dinh": "Số quyết định",
    "thu_tuc_thay_doi": "Mã TTHC",
    "cong_khai": "Mã TTHC",
    "danh_muc_tthc": "Mã TTHC",
    "ho_so": "Mã hồ sơ",
    "ho_so_cong_quoc_gia": "Mã hồ sơ",
    "phan_anh_kien_nghi": "Mã PAKN",
    "thanh_toan": "transaction_id",
}
UNMAPPED = {"Người nộp", "Số điện thoại", "payer_name"}
IN_TEXT = "Trích yếu của {}, nộp ngày 3/2"


def plant(raw: Path) -> int:
    """Put every canary into every column and some headings of every file; how many cells."""
    planted = 0
    for file in sorted(raw.rglob("*")):
        if file.suffix in (".csv", ".xlsx", ".parquet"):
            table = _with_canaries(_read(file), KEY_OF[file.stem], file.parent.name)
            _write(file, table)
            planted += len(table.columns) * len(PERSONS)
    return planted


def traces(folder: Path) -> list[str]:
    """Where below a folder a canary or a token is found, whatever the file is packed in."""
    return [
        f"{file.relative_to(folder)}: {canary}"
        for file in sorted(folder.rglob("*"))
        if file.is_file()
        for canary in found_in("\n".join(_texts(file)) + file.name)
    ]


def found_in(text: str) -> list[str]:
    """The canaries that occur in a text, in whatever form their letters are."""
    plain = unicodedata.normalize("NFC", html.unescape(text)).casefold()
    plain = plain.replace("\u00a0", " ")
    return [canary for canary in (*CANARIES, TOKEN) if canary in plain]


def _read(file: Path) -> pd.DataFrame:
    if file.suffix == ".csv":
        return pd.read_csv(file, dtype="str", encoding="utf-8-sig", keep_default_na=False)
    if file.suffix == ".xlsx":
        return pd.read_excel(file, dtype=object)
    return pd.read_parquet(file).astype("str")


def _with_canaries(table: pd.DataFrame, key: str, month: str) -> pd.DataFrame:
    """The rows and, for each column and canary, a copy of the first row with it in the cell."""
    rows = []
    for number, (column, canary) in enumerate(
        (column, canary) for column in table.columns for canary in PERSONS
    ):
        row = table.iloc[0].astype(object)
        row[key] = f"{row[key]}-{month}-K{number:03d}"
        in_text = column.startswith(("Trích", "Tên", "Lĩnh")) and number % 2
        row[column] = IN_TEXT.format(canary) if in_text else canary
        rows.append(row)
    planted = pd.concat([table, pd.DataFrame(rows)], ignore_index=True)
    for column in UNMAPPED & set(table.columns):
        planted[column] = [f"{cell} {TOKEN}{n}" for n, cell in enumerate(planted[column])]
    for number, canary in enumerate(PERSONS):
        planted[canary] = f"{TOKEN}{number}"
    planted["Ghi chú"] = f"{TOKEN} {' '.join(PERSONS)}"
    return planted


def _write(file: Path, table: pd.DataFrame) -> None:
    if file.suffix == ".csv":
        table.to_csv(file, index=False, encoding="utf-8-sig")
    elif file.suffix == ".xlsx":
        table.to_excel(file, index=False)
    else:
        table.astype("str").to_parquet(file, index=False)


def _texts(file: Path) -> Iterator[str]:
    content = file.read_bytes()
    yield from _decoded(content)
    if content.startswith(b"PAR1"):
        table = pq.read_table(file)
        yield str(table.schema)
        yield table.to_pandas().astype("str").to_csv()
    elif content.startswith(b"PK"):
        with zipfile.ZipFile(file) as archive:
            for name in archive.namelist():
                yield from _decoded(archive.read(name))
    elif content.startswith(b"%PDF"):
        yield from _of_pdf(content)
    else:
        _, _, packed = content.partition(b"\n")
        if packed[:1] == b"\x78":  # a result of a notebook, kept under a check
            yield from _decoded(zlib.decompress(packed))


def _decoded(content: bytes) -> Iterator[str]:
    text = content.decode("utf-8", "replace")
    yield text
    if "\\u" in text:
        yield re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), text)


def _of_pdf(content: bytes) -> Iterator[str]:
    yield from (page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
    with pikepdf.open(io.BytesIO(content)) as document:
        yield json.dumps({str(k): str(v) for k, v in document.docinfo.items()})
        for each in document.objects:
            if isinstance(each, pikepdf.Stream):
                yield each.read_bytes().decode("latin-1")
