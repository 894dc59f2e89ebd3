"""In which encoding a text file is written: as declared, by its mark, or by its bytes."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

from briefings.errors import InputError
from briefings.intake.readers.limits import MEBIBYTE
from briefings.intake.readers.tcvn3 import ADVICE, IF_NOT, is_tcvn3

UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
LEGACY_ENCODING = "cp1258"  # what Windows in Vietnamese calls ANSI
# What only Vietnamese has in it: a tone on ă, â, ê, ô, ơ, ư; one on a plain vowel that would be a
# capital behind a small letter, a Þ, or a vowel before an end of Vietnamese syllables; ươ; and a
# syllable that begins with đ.
TONES = "\u0300\u0301\u0303\u0309\u0323".encode("cp1258")
VIETNAMESE = re.compile(
    rb"[%b][%b]|[aeiouy][\xcc\xd2]|[aeiouyAEIOUY]\xde"
    rb"|[aeiouy][\xec\xf2](?:ch|ng|nh|[cmnpt])(?![A-Za-z\x80-\xff])|\xfd\xf5|\xdd\xd5"
    rb"|(?<![A-Za-z\x80-\xff])[%b][AEIOUYaeiouy\xc0-\xff]"
    % ("ăâêôơưĂÂÊÔƠƯ".encode("cp1258"), TONES, "đĐ".encode("cp1258"))
)
# Letters of cp1258 that no Vietnamese word has, and what no Western text has either.
FOREIGN = re.compile(b"[" + re.escape("ÄÅÆÇËÏÎÑÖØÛÜßäåæçëïîñöøûüÿŒœŸƒ".encode("cp1258")) + b"]")
UNUSUAL = re.compile(
    rb"[\x83\x88\x98\x9f]|[\xa1-\xaa\xac-\xaf\xb1\xb4-\xb8\xba\xbc-\xbf][\xa1-\xff]"
)
# Bytes that are other letters in Western Europe.
DIFFERING = re.compile(
    b"["
    + re.escape(
        bytes(
            sign
            for sign in range(0x80, 0x100)
            if bytes([sign]).decode("cp1258", "replace")
            != bytes([sign]).decode("cp1252", "replace")
        )
    )
    + b"]"
)


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
    _refuse_unclear(file)
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


def _refuse_unclear(file: Path) -> None:
    """InputError where other encodings read other letters, and it is not rather Vietnamese."""
    last, vietnamese, foreign, differing = b"", 0, 0, False
    for block in blocks(file):
        if b"\0" in block:  # no text of one byte a letter, as the reader will say
            return
        joint = last + block
        vietnamese += len(VIETNAMESE.findall(joint))
        foreign += len(FOREIGN.findall(block))
        differing = differing or any(each.search(joint) for each in (DIFFERING, UNUSUAL))
        last = block[-1:]
    if vietnamese > foreign:
        return
    if differing:
        raise InputError(
            f"{file}: an old encoding, and nothing in it says which.",
            "Say it in the layout of the profile, such as `encoding: cp1252` for Western Europe "
            "or `encoding: cp1258` for Vietnam (a draft takes --encoding), or export as UTF-8.",
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
