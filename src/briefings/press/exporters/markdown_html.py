"""Markdown cells as HTML; raw HTML in them is printed as text."""

from __future__ import annotations

from typing import Any

import mistune

from briefings.escaping import clean
from briefings.press.exporters.cells import OutputError


class BriefingRenderer(mistune.HTMLRenderer):
    """mistune's HTML without what a briefing can not carry."""

    def heading(self, text: str, level: int, **attrs: Any) -> str:
        """Levels from two: the first is the masthead's."""
        if level == 1:
            raise OutputError("a heading of level 1 is the masthead's; write `##`")
        return str(super().heading(text, level, **attrs))

    def image(self, text: str, url: str, title: str | None = None) -> str:
        """Refused."""
        raise OutputError("an image in Markdown; display a Chart instead")


_convert = mistune.create_markdown(renderer=BriefingRenderer(escape=True), plugins=["table"])


def markdown_to_html(source: str) -> str:
    """`source` as an HTML fragment."""
    return f'<div class="prose">{_convert(clean(source))}</div>'
