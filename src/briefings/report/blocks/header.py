"""The head of a table: rows of cells that may span columns and rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefings.escaping import typst_array, typst_text
from briefings.report.blocks.cell import look
from briefings.report.blocks.inline import to_html


@dataclass(frozen=True)
class HeaderCell:
    """One heading; a spanner covers several columns."""

    text: str
    colspan: int = 1
    rowspan: int = 1

    def html(self, align: str) -> str:
        """A `th` with the scope a screen reader needs; its end tag may be left out."""
        scope = "col" if self.colspan == 1 else "colgroup"
        spans = {"colspan": self.colspan, "rowspan": self.rowspan}
        attributes = "".join(f' {name}="{span}"' for name, span in spans.items() if span > 1)
        return f'<th scope="{scope}"{look(align)}{attributes}>{to_html(self.text)}'

    def typst(self, align: str) -> str:
        """The arguments of one header cell."""
        return f"({typst_text(self.text)}, {self.colspan}, {self.rowspan}, {align})"


@dataclass(frozen=True)
class Header:
    """Header cells over columns of the given alignment.

    Raises ValueError unless the cells tile the grid of rows and columns exactly.
    """

    rows: tuple[tuple[HeaderCell, ...], ...]
    align: Sequence[str]

    def __post_init__(self) -> None:
        if any(cell is None for line in self._grid() for cell in line):
            raise ValueError("the header leaves part of the table without a heading")

    def leaves(self) -> tuple[str, ...]:
        """The lowest heading of each column."""
        return tuple(cell.text for cell in self._grid()[-1] if cell)

    def html(self) -> str:
        """The `thead` element."""
        rows = "".join(
            f"<tr>{''.join(cell.html(align) for cell, align in self._aligned(top))}"
            for top in range(len(self.rows))
        )
        return f"<thead>{rows}"

    def typst(self) -> str:
        """All header cells in reading order; Typst flows them round the spans."""
        return typst_array(
            [
                cell.typst(align)
                for top in range(len(self.rows))
                for cell, align in self._aligned(top)
            ]
        )

    def _aligned(self, top: int) -> list[tuple[HeaderCell, str]]:
        line = self._grid()[top]
        return [
            (cell, "center" if cell.colspan > 1 else self.align[_position(cell, line)])
            for cell in self.rows[top]
        ]

    def _grid(self) -> list[list[HeaderCell | None]]:
        grid: list[list[HeaderCell | None]] = [[None] * len(self.align) for _ in self.rows]
        for top, row in enumerate(self.rows):
            for cell in row:
                _place(cell, grid=grid, top=top)
        return grid


def header_row(*texts: str) -> tuple[tuple[HeaderCell, ...], ...]:
    """The header of a table with one plain row of headings."""
    return (tuple(map(HeaderCell, texts)),)


def _position(cell: HeaderCell, line: Sequence[HeaderCell | None]) -> int:
    # Equal cells may stand side by side, so it is the object that counts.
    return next(column for column, placed in enumerate(line) if placed is cell)


def _place(cell: HeaderCell, *, grid: list[list[HeaderCell | None]], top: int) -> None:
    left = grid[top].index(None) if None in grid[top] else len(grid[top])
    for line in range(top, top + cell.rowspan):
        for column in range(left, left + cell.colspan):
            if line >= len(grid) or column >= len(grid[line]) or grid[line][column] is not None:
                raise ValueError(f"the heading {cell.text!r} does not fit into the table")
            grid[line][column] = cell
