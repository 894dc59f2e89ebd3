"""A run of text, figures and statuses: what a sentence or a table cell is made of."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TypeAlias

from briefings.escaping import clean, html_text, typst_text
from briefings.report.blocks.identity import PARTS, attributes, parts_of
from briefings.report.blocks.status import Status
from briefings.report.figures import Figure

Inline: TypeAlias = "str | Figure | Status | tuple[Inline, ...]"


def to_html(inline: Inline, parts: Collection[str] = PARTS) -> str:
    """The run as HTML content; its figures state these parts of their identity."""
    match inline:
        case str():
            return html_text(inline).replace("\n", "<br>")
        case Figure():
            return _html_figure(inline, parts)
        case Status():
            return inline.html()
        case tuple():
            return "".join(to_html(part, parts) for part in inline)


def to_typst(inline: Inline) -> str:
    """The run as one Typst expression."""
    match inline:
        case str():
            return typst_text(inline)
        case Figure(value=None):
            return f"no-value({typst_text(inline.text)})"
        case Figure():
            return f"number({typst_text(inline.text)})"
        case Status():
            return inline.typst()
        case tuple():
            return f"[#{{{'; '.join(map(to_typst, inline))}}}]"


def to_plain(inline: Inline) -> str:
    """The run as text, for terminals and for measuring widths."""
    match inline:
        case str():
            return clean(inline)
        case Figure():
            return clean(inline.text)
        case Status():
            return f"{inline.symbol} {clean(inline.label)}"
        case tuple():
            return "".join(map(to_plain, inline))


def figures_in(inline: Inline) -> Iterator[Figure]:
    """Every figure of the run, in reading order."""
    if isinstance(inline, Figure):
        yield inline
    elif isinstance(inline, tuple):
        for part in inline:
            yield from figures_in(part)


def _html_figure(figure: Figure, parts: Collection[str]) -> str:
    identity, text = attributes(parts_of(figure), parts), html_text(figure.text)
    if figure.value is None:
        return f'<span class="no-value"{identity}>{text}</span>'
    return f'<data value="{written(figure.value)}"{identity}>{text}</data>'


def written(value: float) -> str:
    """A number that reads back as the same one; a whole one without a point."""
    return repr(int(value)) if value == int(value) else repr(value)
