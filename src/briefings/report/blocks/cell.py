"""One cell of a table, in which most often a number stands alone."""

from __future__ import annotations

from collections.abc import Collection

from briefings.escaping import html_text, typst_text
from briefings.report.blocks.identity import attributes, parts_of
from briefings.report.blocks.inline import Inline, to_html, to_typst, written
from briefings.report.figures import Figure

# How the style sheet aligns a number or its heading, and the heading of a row.
NUMBER_SIDE, ROW_SIDE = "right", "left"


def look(align: str, *classes: str, usual: str = NUMBER_SIDE) -> str:
    """The class attribute of a cell, unless it looks as usual."""
    found = " ".join([*([] if align == usual else [align]), *classes])
    return f' class="{found}"' if found else ""


def html_cell(cell: Inline, align: str, parts: Collection[str]) -> str:
    """A `td`, which itself carries the value and the identity of a number alone in it.

    Its end tag may be left out, and is.
    """
    if not isinstance(cell, Figure):
        return f"<td{look(align)}>{to_html(cell, parts)}"
    identity, text = attributes(parts_of(cell), parts), html_text(cell.text)
    if cell.value is None:
        return f"<td{look(align, 'no-value')}{identity}>{text}"
    return f'<td{look(align)} data-value="{written(cell.value)}"{identity}>{text}'


def typst_cell(cell: Inline) -> str:
    """A number alone in a cell needs no box against line ends; Typst is a tenth faster without."""
    if isinstance(cell, Figure) and cell.measured:
        return typst_text(cell.text)
    return to_typst(cell)
