"""Markdown text cleaned, and as a Typst string literal.

The blocks of a report escape by the same rules; a test holds both to them, because the two
halves of the system do not import each other.
"""

from __future__ import annotations

import re
import unicodedata

UNPRINTABLE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def clean(text: str) -> str:
    """`text` in NFC without control characters (newlines stay) and bidi control marks."""
    return unicodedata.normalize("NFC", UNPRINTABLE.sub("", text.replace("\t", " ")))


def typst_literal(text: str) -> str:
    """`text` as a Typst string literal, which no character can leave."""
    escaped = clean(text).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
