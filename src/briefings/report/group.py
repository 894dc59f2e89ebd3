"""Several blocks shown by one cell."""

from __future__ import annotations

from dataclasses import dataclass

from briefings.report.blocks import Inline, Prose
from briefings.report.blocks.block import Block


@dataclass(frozen=True)
class Group(Block):
    """Blocks one after the other; `empty` is printed where there are none."""

    blocks: tuple[Block, ...]
    empty: str

    @property
    def _shown(self) -> tuple[Block, ...]:
        return self.blocks or (Prose((self.empty,)),)

    def html(self) -> str:
        """The blocks' fragments in order."""
        return "\n".join(block.html() for block in self._shown)

    def typst(self) -> str:
        """One code block that joins the blocks."""
        return f"{{{'; '.join(block.typst() for block in self._shown)}}}"

    def plain(self) -> str:
        """The blocks' texts in order."""
        return "\n\n".join(block.plain() for block in self._shown)

    def inlines(self) -> tuple[Inline, ...]:
        """Everything printed in any of the blocks."""
        return tuple(inline for block in self._shown for inline in block.inlines())
