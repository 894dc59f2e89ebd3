"""Plain text on its way into a page: cleaned, then escaped for HTML or Typst."""

from __future__ import annotations

import html
import re
import unicodedata

# A control character can hide text, a bidi mark can reverse the digits of a number.
UNPRINTABLE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def clean(text: str) -> str:
    """`text` in NFC without control characters (newlines stay) and bidi control marks."""
    return unicodedata.normalize("NFC", UNPRINTABLE.sub("", text.replace("\t", " ")))


def html_text(text: str) -> str:
    """`text` escaped for HTML content and attributes."""
    return html.escape(clean(text))


def typst_text(text: str) -> str:
    """`text` as a Typst string literal, which no character can leave."""
    escaped = clean(text).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def typst_array(items: list[str]) -> str:
    """A Typst array of expressions; the last comma makes an array of a single one, too."""
    return f"({', '.join(items)},)" if items else "()"
