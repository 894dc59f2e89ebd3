"""What a file is by its content, whatever its name says."""

from __future__ import annotations

import re
import zipfile
from codecs import BOM_UTF8
from pathlib import Path

from briefings.errors import InputError
from briefings.intake.readers.encodings import UTF16_MARKS
from briefings.intake.readers.unpacking import DAMAGED_ARCHIVE, damaged

TEXT, JSON_LINES, JSON = "text", "JSON lines", "JSON"
XLSX, ODS, PARQUET = "xlsx", "ods", "parquet"
ENDINGS = {
    ".csv": TEXT,
    ".tsv": TEXT,
    ".txt": TEXT,
    ".jsonl": JSON_LINES,
    ".ndjson": JSON_LINES,
    ".json": JSON,
    ".geojson": JSON,
    ".xlsx": XLSX,
    ".xlsm": XLSX,
    ".ods": ODS,
    ".parquet": PARQUET,
}
NAMES = {
    TEXT: "text",
    JSON_LINES: "text",
    JSON: "text",
    XLSX: "an Excel workbook (.xlsx)",
    ODS: "an OpenDocument spreadsheet (.ods)",
    PARQUET: "a Parquet file",
}
BYTES_LOOKED_AT = 4_096
ARRAY_OF_OBJECTS = re.compile(rb"\[\s*\{")
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
PAGE_TAGS = (b"<!doctype html", b"<html", b"<head", b"<meta", b"<table", b"<style", b"<body")
SAVE_AS = "Open it in a spreadsheet program and save it as .xlsx, or export it again as CSV."


def kind_of(file: Path) -> str:
    """The kind that ending and content agree on.

    InputError where the ending is not known, the content is of another kind, or of none that can
    be read: old Excel, encrypted workbooks, web pages under the name of a workbook.
    """
    kind = ENDINGS.get(file.suffix.lower())
    if kind is None and file.suffix.lower() != ".xls":
        raise InputError(
            f"{file}: files of type {file.suffix or '(none)'} cannot be read.",
            f"Deliver one of {', '.join(ENDINGS)}.",
        )
    with file.open("rb") as stream:
        start = stream.read(BYTES_LOOKED_AT)
    if not start:
        raise InputError(f"{file}: the file is empty.", "It needs a row of headings.")
    found = _binary_kind(file, start) or TEXT
    if kind is None or NAMES[kind] != NAMES[found]:
        raise _misnamed(file, found, kind)
    if kind in (TEXT, JSON_LINES) and ARRAY_OF_OBJECTS.match(_plain(start)):
        raise InputError(f"{file}: named {file.suffix}, but is JSON.", "Name it .json.")
    return kind


def _binary_kind(file: Path, start: bytes) -> str | None:
    if start.startswith(b"PAR1"):
        return PARQUET
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _archive_kind(file)
    for signs, is_what, advice in UNREADABLE:
        if start.startswith(signs):
            raise InputError(f"{file}: {is_what}.", advice)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise _old_or_locked(file)
    if _is_page(start):
        raise InputError(f"{file}: a web page (HTML) that is only named a table.", SAVE_AS)
    if b"urn:schemas-microsoft-com:office:spreadsheet" in start:
        raise InputError(f"{file}: a workbook in the XML of Excel 2003.", SAVE_AS)
    return None


def _is_page(start: bytes) -> bool:
    text = _plain(start).lower()
    return text.startswith(b"<") and any(tag in text for tag in PAGE_TAGS)


def _plain(start: bytes) -> bytes:
    """The beginning of a text without mark and blanks, in one encoding."""
    if start.startswith(UTF16_MARKS):
        start = start.decode("utf-16", errors="ignore").encode()
    return start.removeprefix(BOM_UTF8).lstrip()


UNREADABLE = (
    (b"%PDF", "a PDF", "Ask for the table behind it as .xlsx or CSV."),
    (b"\x1f\x8b", "packed with gzip", "Unpack it first."),
    (b"7z\xbc\xaf", "packed with 7-Zip", "Unpack it first."),
    (b"Rar!", "packed with RAR", "Unpack it first."),
    (b"MIME-Version:", "a web archive (MHTML) that is only named a table", SAVE_AS),
    (b"{\\rtf", "a text document (RTF)", SAVE_AS),
)


def _archive_kind(file: Path) -> str:
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
            is_open_document = "content.xml" in names and "mimetype" in names
            about = archive.open("mimetype").read(BYTES_LOOKED_AT) if is_open_document else b""
    except DAMAGED_ARCHIVE as error:
        raise damaged(file) from error
    if about.strip() == b"application/vnd.oasis.opendocument.spreadsheet":
        return ODS
    if "xl/workbook.bin" in names:
        raise InputError(f"{file}: a binary Excel workbook (.xlsb).", SAVE_AS)
    if any(name.startswith("xl/") for name in names):
        return XLSX
    raise InputError(f"{file}: an archive without a workbook in it.", "Unpack it first.")


def _old_or_locked(file: Path) -> InputError:
    with file.open("rb") as stream:
        is_locked = ENCRYPTED in stream.read(1 << 20)
    if is_locked:
        return InputError(f"{file}: a workbook with a password.", "Save it without a password.")
    return InputError(f"{file}: a workbook of Excel 97-2003 (.xls).", SAVE_AS)


def _misnamed(file: Path, found: str, kind: str | None) -> InputError:
    ending = next(ending for ending, each in ENDINGS.items() if each == found)
    named = f"named {file.suffix}"
    if kind is not None and found == TEXT:
        return InputError(
            f"{file}: not a readable {NAMES[kind].split(' ', 1)[1]}: {named}, but is text.",
            "If it is CSV, name it .csv; otherwise export it again.",
        )
    return InputError(f"{file}: {named}, but is {NAMES[found]}.", f"Name it {ending}.")
