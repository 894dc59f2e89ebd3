"""In which encoding a text file is written: as declared, by its mark, or by its bytes."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from pathlib import Path

from briefings.errors import InputError
from briefings.intake.readers.limits import MEBIBYTE
from briefings.intake.readers.tcvn3 import ADVICE, IF_NOT, is_tcvn3

UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
LEGACY_ENCODING = "cp1258"  # what Windows in Vietnamese calls ANSI


def encoding_of(file: Path, declared: str | None) -> str:
    """The encoding to open the file with; never holds more than a block of it.

    InputError where it is rather TCVN3, unless an encoding is declared.
    """
    if declared is not None:
        return {"utf-8": "utf-8-sig"}.get(declared, declared)
    with file.open("rb") as stream:
        if stream.read(2) in UTF16_MARKS:
            return "utf-16"
    if _is_utf8(file):
        return "utf-8-sig"
    if is_tcvn3(blocks(file)):
        raise InputError(
            f"{file}: Vietnamese in an old ABC font (TCVN3).",
            f"{ADVICE} {IF_NOT}",
        )
    return LEGACY_ENCODING


def blocks(file: Path) -> Iterator[bytes]:
    """The bytes of a file, a mebibyte at a time."""
    with file.open("rb") as stream:
        while block := stream.read(MEBIBYTE):
            yield block


def undecodable(file: Path, declared: str | None, line: int) -> InputError:
    """The error for bytes that the encoding does not know."""
    if declared is not None:
        return InputError(
            f"{file}: the text is not {declared} as the layout says (near line {line}).",
            "Correct the encoding in the layout of the profile, or export as UTF-8.",
        )
    return InputError(
        f"{file}: the text is neither UTF-8, UTF-16 nor {LEGACY_ENCODING} (near line {line}).",
        "Export it again as UTF-8.",
    )


def _is_utf8(file: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for block in blocks(file):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
