"""Workbooks are zip archives: unpacked part by part, and never to more than is allowed."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from struct import error as struct_error
from typing import IO

from briefings.errors import InputError
from briefings.intake.readers.limits import EXPANDED_BYTES, EXPANSION, MEBIBYTE

DAMAGED_ARCHIVE = (
    zipfile.BadZipFile,
    zlib.error,
    struct_error,
    EOFError,
    OSError,
    NotImplementedError,  # a compression or version that zipfile does not know
    UnicodeDecodeError,
    KeyError,  # a part that must be there and is not
)
USUAL_PACKING = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
NEVER_SUSPECT = 10 * MEBIBYTE  # less than this harms nobody, however well it was packed
LOCKED = 0x1


class Archive:
    """The parts of an unpacked file; each may be read once or several times, as a stream."""

    def __init__(self, file: Path, content: zipfile.ZipFile) -> None:
        self.file = file
        self._content = content
        self._parts = {part.filename: part for part in content.infolist()}

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    def open(self, name: str) -> IO[bytes]:
        """A part as a stream: zipfile ends it at its declared size and checks its sum."""
        return self._content.open(self._parts[name])

    def refuse_bombs(self) -> None:
        """Raise InputError where the parts are too large, locked or packed in unusual ways."""
        parts = self._parts.values()
        expanded = sum(part.file_size for part in parts)
        EXPANDED_BYTES.refuse(self.file, expanded)
        if expanded > NEVER_SUSPECT:
            EXPANSION.refuse(self.file, expanded // max(self.file.stat().st_size, 1))
        if any(part.flag_bits & LOCKED for part in parts):
            raise InputError(f"{self.file}: parts have a password.", "Save it without a password.")
        if any(part.compress_type not in USUAL_PACKING for part in parts):
            raise InputError(f"{self.file}: packed in an unusual way.", "Save it again as .xlsx.")


@contextmanager
def unpacked(file: Path) -> Iterator[Archive]:
    """The archive of a workbook; InputError where it is damaged or a bomb."""
    try:
        with zipfile.ZipFile(file) as content:
            archive = Archive(file, content)
            archive.refuse_bombs()
            yield archive
    except DAMAGED_ARCHIVE as error:
        raise damaged(file) from error


def damaged(file: Path) -> InputError:
    """The error for a workbook of which a part is missing or broken."""
    name = "OpenDocument spreadsheet" if file.suffix.lower() == ".ods" else "Excel workbook"
    return InputError(
        f"{file}: not a readable {name}.", "It is damaged or cut short: save it again as .xlsx."
    )
