"""A warning, a remark, or the statement that a page is a draft or its data are synthetic."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from briefings.escaping import html_text, typst_text
from briefings.report.blocks.block import Block
from briefings.report.blocks.inline import Inline, to_html, to_plain, to_typst


@dataclass(frozen=True)
class Notice(Block):
    """A box that stands out from the page; `draft` and `synthetic` the most."""

    kind: Literal["draft", "synthetic", "info", "warning"]
    text: Inline

    def html(self) -> str:
        """A `div` of class `notice`."""
        return f'<div class="notice {html_text(self.kind)}">{to_html(self.text)}</div>'

    def typst(self) -> str:
        """A call of `notice`."""
        return f"notice({typst_text(self.kind)}, {to_typst(self.text)})"

    def plain(self) -> str:
        """The text alone."""
        return to_plain(self.text)

    def inlines(self) -> tuple[Inline, ...]:
        """The text."""
        return (self.text,)
