"""Sentences with bound figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from briefings.escaping import typst_array
from briefings.report.blocks.block import Block
from briefings.report.blocks.inline import Inline, to_html, to_plain, to_typst


@dataclass(frozen=True)
class Prose(Block):
    """Paragraphs, or the items of a list (the headline sentences of a briefing)."""

    paragraphs: tuple[Inline, ...]
    style: Literal["paragraph", "list"] = "paragraph"

    def html(self) -> str:
        """Paragraphs in a `div`, or one unordered list."""
        outer, inner = ("ul", "li") if self.style == "list" else ("div", "p")
        body = "\n".join(f"<{inner}>{to_html(part)}</{inner}>" for part in self.paragraphs)
        return f'<{outer} class="prose">\n{body}\n</{outer}>'

    def typst(self) -> str:
        """A call of `headlines` or `paragraphs`."""
        call = "headlines" if self.style == "list" else "paragraphs"
        return f"{call}({typst_array([to_typst(part) for part in self.paragraphs])})"

    def plain(self) -> str:
        """One paragraph a line."""
        return "\n".join(map(to_plain, self.paragraphs))

    def inlines(self) -> tuple[Inline, ...]:
        """The paragraphs."""
        return self.paragraphs
