"""The fonts of a page as CSS, cut once and kept until the fonts or the way they are cut change."""

from __future__ import annotations

import functools
from importlib.metadata import version
from pathlib import Path

from briefings.code.memo import MEMO_FILE, Memo
from briefings.files import digest
from briefings.press.exporters.font_files import page_fonts

FILE = MEMO_FILE.with_name("fonts.json")
CUT_BY = ("fonttools", "brotli")
RULES = ("fonts.py", "font_files.py")


@functools.cache
def font_faces() -> str:
    """The CSS that carries the fonts of a page inside it."""
    memo, key = Memo(FILE), _key()
    known: str | None = memo.get(key)
    if known is None:
        # Imported here: cutting takes longer than all else that is needed for a page.
        from briefings.press.exporters.fonts import cut_faces

        known = cut_faces()
        memo.put(key, known)
        memo.save()
    return known


def _key() -> str:
    rules = ((Path(__file__).parent / name).read_bytes() for name in RULES)
    versions = (version(package).encode() for package in CUT_BY)
    return digest(*(file.read_bytes() for file in page_fonts()), *rules, *versions)
