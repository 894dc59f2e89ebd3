"""The promise every block keeps: one object, three printed forms and its figures."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Any

from briefings.mime import FIGURES, HTML, TYPST
from briefings.report.blocks.inline import Inline, figures_in


class Block(ABC):
    """Base of everything a cell displays; IPython asks it for its MIME bundle."""

    @abstractmethod
    def html(self) -> str:
        """The block as an HTML fragment."""

    @abstractmethod
    def typst(self) -> str:
        """The block as one Typst code expression, calling functions of the page template."""

    @abstractmethod
    def plain(self) -> str:
        """The block as text."""

    @abstractmethod
    def inlines(self) -> Iterable[Inline]:
        """Everything printed in which a figure may stand."""

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        bundle = {HTML: self.html(), TYPST: f"#{self.typst()}", "text/plain": self.plain()}
        records = [figure.record() for figure in figures_in(tuple(self.inlines()))]
        return bundle | {FIGURES: records} if records else bundle
