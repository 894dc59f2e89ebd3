"""A drawing with the same numbers in words and in a table."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from briefings.escaping import html_text, typst_text
from briefings.report.blocks.block import Block
from briefings.report.blocks.drawing import embeddable
from briefings.report.blocks.identifier import valid_identifier
from briefings.report.blocks.inline import Inline
from briefings.report.blocks.table import Table


@dataclass(frozen=True)
class Chart(Block):
    """An SVG with `alt`, what it shows in words, and `twin`, the table of its figures.

    The page opens the twin under `twin_label`; the PDF prints the drawing and its caption.
    """

    identifier: str
    svg: str
    alt: str
    caption: str
    twin: Table
    twin_label: str

    def __post_init__(self) -> None:
        valid_identifier(self.identifier)
        if not self.alt.strip():
            raise ValueError(f"{self.identifier}: a chart needs its content in words")

    def html(self) -> str:
        """A `figure`: drawing, caption and the twin behind a summary."""
        drawing = self._drawing.replace("<svg", '<svg aria-hidden="true" focusable="false"', 1)
        return (
            f'<figure class="chart" id="{self.identifier}">'
            f'<div role="img" aria-label="{html_text(self.alt)}">{drawing}</div>'
            f"<figcaption>{html_text(self.caption)}</figcaption>"
            f"<details><summary>{html_text(self.twin_label)}</summary>{self.twin.html()}</details>"
            f"</figure>"
        )

    def typst(self) -> str:
        """A call of `chart`."""
        return (
            f"chart({typst_text(self._drawing)}, {typst_text(self.alt)}, "
            f"{typst_text(self.caption)})"
        )

    def plain(self) -> str:
        """The caption and the drawing in words."""
        return f"{self.caption}\n{self.alt}"

    def inlines(self) -> tuple[Inline, ...]:
        """The rows of the twin."""
        return tuple(self.twin.inlines())

    @cached_property
    def _drawing(self) -> str:
        return embeddable(self.svg, self.identifier)
