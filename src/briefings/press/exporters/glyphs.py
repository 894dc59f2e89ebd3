"""What our fonts can print, and a spelling for what they can not."""

from __future__ import annotations

import functools
import unicodedata

from fontTools.ttLib import TTFont

from briefings.press.exporters.font_files import page_fonts
from briefings.press.exporters.fonts import LETTERS, SYMBOLS

USUAL = {chr(code) for code in LETTERS} | {*SYMBOLS, "\n"}
# Private signs mean nothing in an archive, and the compiler refuses them.
PRIVATE = "Co"


def spelled_out(source: str) -> str:
    """`source` with every sign that no font of ours has as `[U+6F22]`.

    Typst would print an empty box, and a copy of the text would hold some other sign. In Typst
    code such signs stand in string literals only, where the spelling is plain text.
    """
    unusual = set(source) - USUAL
    lacking = {ord(sign) for sign in unusual if not _is_printable(sign)}
    return source.translate({code: f"[U+{code:04X}]" for code in lacking})


def _is_printable(sign: str) -> bool:
    return unicodedata.category(sign) != PRIVATE and ord(sign) in _covered()


@functools.cache
def _covered() -> frozenset[int]:
    """Every sign of the fonts that a page depends on; read only where an unusual one occurs."""
    found: set[int] = set()
    for file in page_fonts():
        with TTFont(file, lazy=True) as font:
            found.update(font.getBestCmap() or ())
    return frozenset(found)
