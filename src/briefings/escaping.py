"""Plain text on its way out: cleaned, then escaped for HTML, Typst or a spreadsheet."""

from __future__ import annotations

import html
import re
import unicodedata

# A control or format character can hide text, a bidi mark can reverse the digits of a number;
# half a surrogate and a noncharacter stand for nothing, and no file can hold them.
UNSEEN = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"
    "\ufdd0-\ufdef\ufffe\uffff\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
UNPRINTABLE = re.compile(f"[\t\r{UNSEEN}\ud800-\udfff]")
LINE_ENDS = re.compile("\r\n?|[\u2028\u2029\x85]")
# No script writes more marks over one letter; a flood of them runs over the lines around it.
MOST_MARKS = 3
MARK = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
FLOOD = re.compile(f"({MARK}{{{MOST_MARKS}}}){MARK}+")
# Where a spreadsheet would begin a formula: at the start, and behind what divides cells in some
# countries' CSV. An apostrophe that stands there itself gets another one, to be told apart.
FORMULA = re.compile("(^|[;\t\r\n])(?=[=+\\-@\uff1d\uff0b\uff0d\uff20'])")
PLAIN_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)*")


def clean(text: str) -> str:
    """`text` in NFC without control, format and direction marks; newlines stay."""
    lines = LINE_ENDS.sub("\n", text).replace("\t", " ")
    composed = unicodedata.normalize("NFC", UNPRINTABLE.sub("", lines))
    return FLOOD.sub(r"\1", composed)


def visible(text: str) -> str:
    """`text` in which a sign that nobody sees is named: `A<200B>1`."""
    return clean(UNPRINTABLE.sub(_named, text))


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


def spreadsheet_text(text: str) -> str:
    """`text` for a cell of a CSV: an apostrophe in front of what would begin a formula.

    A program takes one apostrophe away at the start and behind `;`, tab and line end. Signed
    plain numbers stay as they are.
    """
    return text if PLAIN_NUMBER.fullmatch(text) else FORMULA.sub(r"\1'", text)


def _named(found: re.Match[str]) -> str:
    return found[0] if found[0] in "\t\r" else f"<{ord(found[0]):04X}>"
