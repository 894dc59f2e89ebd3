"""The head of a briefing: who speaks, about what, and what to know before reading on."""

from __future__ import annotations

from dataclasses import dataclass

from briefings.escaping import html_text, typst_array, typst_text
from briefings.report.blocks.block import Block
from briefings.report.blocks.inline import Inline, to_html, to_plain, to_typst
from briefings.report.blocks.notice import Notice


@dataclass(frozen=True)
class Masthead(Block):
    """The page's only first-level heading with its notices and a list of named facts."""

    organisation: str
    title: str
    subtitle: str = ""
    notices: tuple[Notice, ...] = ()
    facts: tuple[tuple[str, Inline], ...] = ()

    def html(self) -> str:
        """A `header` element."""
        notices = "".join(notice.html() for notice in self.notices)
        return (
            f'<header class="masthead">\n<p class="organisation">{html_text(self.organisation)}</p>'
            f"\n<h1>{html_text(self.title)}</h1>\n{self._html_subtitle()}{notices}"
            f"{self._html_facts()}\n</header>"
        )

    def typst(self) -> str:
        """A call of `masthead`."""
        notices = [notice.typst() for notice in self.notices]
        facts = [f"({typst_text(name)}, {to_typst(value)})" for name, value in self.facts]
        return (
            f"masthead({typst_text(self.organisation)}, {typst_text(self.title)}, "
            f"{typst_text(self.subtitle)}, {typst_array(notices)}, {typst_array(facts)})"
        )

    def plain(self) -> str:
        """Organisation, title, subtitle, notices and facts, one a line."""
        facts = [f"{name}: {to_plain(value)}" for name, value in self.facts]
        notices = [notice.plain() for notice in self.notices]
        return "\n".join([self.organisation, self.title, self.subtitle, *notices, *facts])

    def inlines(self) -> tuple[Inline, ...]:
        """The texts of the notices and the values of the facts."""
        return (*(notice.text for notice in self.notices), *(value for _, value in self.facts))

    def _html_subtitle(self) -> str:
        return f'<p class="subtitle">{html_text(self.subtitle)}</p>\n' if self.subtitle else ""

    def _html_facts(self) -> str:
        facts = "".join(
            f"<div><dt>{html_text(name)}</dt><dd>{to_html(value)}</dd></div>"
            for name, value in self.facts
        )
        return f'<dl class="facts">{facts}</dl>' if facts else ""
