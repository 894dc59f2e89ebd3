"""Markdown cells as Typst code, in which every text is a string literal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import mistune
from mistune.core import BlockState

from briefings.escaping import clean, typst_text
from briefings.press.exporters.cells import OutputError

SAFE_PROTOCOLS = ("https://", "http://", "mailto:")
Token = dict[str, Any]


class TypstRenderer(mistune.BaseRenderer):
    """Each token becomes one Typst expression; an unknown token is refused."""

    NAME = "typst"

    def render_token(self, token: Token, state: BlockState) -> str:
        """Call the method named like the token."""
        method = getattr(self, f"on_{token['type']}", None)
        if method is None:
            raise OutputError(f"Markdown `{token['type']}` has no printed form")
        return str(method(token, state))

    def render_tokens(self, tokens: Iterable[Token], state: BlockState) -> str:
        """The expressions joined in a code block, whose value is their sequence."""
        return "{" + "; ".join(self.iter_tokens(tokens, state)) + "}"

    def on_text(self, token: Token, state: BlockState) -> str:
        """Plain text, and raw HTML which is printed as such."""
        return typst_text(token["raw"])

    on_inline_html = on_text

    def on_block_html(self, token: Token, state: BlockState) -> str:
        """A paragraph of its own."""
        return f"par({self.on_text(token, state)})"

    def on_blank_line(self, token: Token, state: BlockState) -> str:
        """Nothing."""
        return "none"

    def on_softbreak(self, token: Token, state: BlockState) -> str:
        """A line end inside a paragraph."""
        return '" "'

    def on_linebreak(self, token: Token, state: BlockState) -> str:
        """A forced line end."""
        return "linebreak()"

    def on_emphasis(self, token: Token, state: BlockState) -> str:
        """Italic."""
        return f"emph({self._content(token, state)})"

    def on_strong(self, token: Token, state: BlockState) -> str:
        """Bold."""
        return f"strong({self._content(token, state)})"

    def on_codespan(self, token: Token, state: BlockState) -> str:
        """Code in a line."""
        return f"raw({typst_text(token['raw'])})"

    def on_block_code(self, token: Token, state: BlockState) -> str:
        """Code in a block."""
        return f"raw({typst_text(token['raw'].rstrip())}, block: true)"

    def on_link(self, token: Token, state: BlockState) -> str:
        """A link, or its text where the address is not one of the web or of mail."""
        content, url = self._content(token, state), token["attrs"]["url"]
        safe = url.lower().startswith(SAFE_PROTOCOLS)
        return f"link({typst_text(url)}, {content})" if safe else content

    def on_paragraph(self, token: Token, state: BlockState) -> str:
        """A paragraph."""
        return f"par({self._content(token, state)})"

    def on_block_text(self, token: Token, state: BlockState) -> str:
        """The text of a tight list item."""
        return self._content(token, state)

    def on_heading(self, token: Token, state: BlockState) -> str:
        """Level two of Markdown is level one below the title."""
        level = token["attrs"]["level"]
        if level == 1:
            raise OutputError("a heading of level 1 is the masthead's; write `##`")
        return f"heading(level: {level - 1}, {self._content(token, state)})"

    def on_thematic_break(self, token: Token, state: BlockState) -> str:
        """A rule."""
        return "rule()"

    def on_block_quote(self, token: Token, state: BlockState) -> str:
        """A quotation."""
        return f"quote(block: true, {self._content(token, state)})"

    def on_list(self, token: Token, state: BlockState) -> str:
        """A list, numbered or not."""
        attrs = token["attrs"]
        items = "".join(f", {self._content(item, state)}" for item in token["children"])
        if attrs["ordered"]:
            return f"enum(start: {attrs.get('start', 1)}{items})"
        return f"list(tight: true{items})"

    def on_table(self, token: Token, state: BlockState) -> str:
        """A small table without caption."""
        head, body = token["children"]
        rows = "".join(f"{self._cells(row, state)}, " for row in body["children"])
        sides = "".join(f"{cell['attrs']['align'] or 'left'}, " for cell in head["children"])
        return f"plain-table(({sides}), {self._cells(head, state)}, ({rows}))"

    def _cells(self, row: Token, state: BlockState) -> str:
        return f"({''.join(f'{self._content(cell, state)}, ' for cell in row['children'])})"

    def _content(self, token: Token, state: BlockState) -> str:
        return f"[#{self.render_tokens(token['children'], state)}]"


_convert = mistune.create_markdown(renderer=TypstRenderer(), plugins=["table"])


def markdown_to_typst(source: str) -> str:
    """`source` as one Typst expression."""
    return f"#{_convert(clean(source))}"
