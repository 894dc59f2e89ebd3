"""A table with real headings, fit for a phone, a screen reader and a printed page."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from briefings.escaping import html_text, typst_array, typst_text
from briefings.report.blocks.block import Block
from briefings.report.blocks.cell import ROW_SIDE, html_cell, look, typst_cell
from briefings.report.blocks.header import Header, HeaderCell
from briefings.report.blocks.identifier import valid_identifier
from briefings.report.blocks.identity import Statements, statements
from briefings.report.blocks.inline import Inline, figures_in, to_html, to_plain, to_typst
from briefings.report.blocks.widths import column_weights, printed_lines

Align: TypeAlias = Literal["left", "right", "center"]
Row: TypeAlias = tuple[Inline, ...]

# From so many columns on a table is set smaller; then a printed line holds so many em.
DENSITIES = ((10, "wide", 71.0), (7, "medium", 59.0), (0, "normal", 52.0))

# A printed table of up to so many lines, about a third of a page, moves to the next page as a
# whole. Judged here, because Typst would have to set every table twice to measure it.
MOST_LINES_TOGETHER = 16.0
LINES_BETWEEN_ROWS = 0.8


@dataclass(frozen=True)
class Table(Block):
    """Rows under a header; the first cell of each row is the row's own heading.

    `align` has one entry per column and so fixes their number; `emphasis` holds the indices of
    total rows; `empty` is printed where there are no rows. A row or header that does not fill
    the grid raises ValueError.
    """

    identifier: str
    caption: str
    header: tuple[tuple[HeaderCell, ...], ...]
    rows: tuple[Row, ...]
    align: tuple[Align, ...]
    note: Inline = ""
    emphasis: tuple[int, ...] = ()
    empty: str = ""

    def __post_init__(self) -> None:
        valid_identifier(self.identifier)
        _ = self._header
        for row in self.rows:
            if len(row) != len(self.align):
                raise ValueError(f"{self.identifier}: {len(row)} cells, {len(self.align)} columns")

    @property
    def density(self) -> str:
        """How small the table is set: `normal`, `medium` or `wide`."""
        return self._density[0]

    def html(self) -> str:
        """A `figure` whose table scrolls sideways inside its own region."""
        caption_id = f"{self.identifier}-caption"
        stated = statements([[list(figures_in(cell)) for cell in row] for row in self.rows])
        note = f'<p class="note">{to_html(self.note)}</p>' if self.note else ""
        return (
            f'<figure class="table {self.density}">'
            f'<div class="scroll" role="region" aria-labelledby="{caption_id}" tabindex="0">'
            f'<table id="{self.identifier}"{stated.table}>'
            f'<caption id="{caption_id}"><span>{html_text(self.caption)}</span></caption>'
            f"{_html_columns(stated.columns)}{self._header.html()}{self._html_body(stated)}"
            f"</table></div>{note}</figure>"
        )

    def typst(self) -> str:
        """A call of `data-table`."""
        density, capacity = self._density
        weights = column_weights(self._header.leaves(), self.rows, capacity=capacity)
        lines = printed_lines(self.rows, weights, capacity=capacity)
        breaks = sum(line + LINES_BETWEEN_ROWS for line in lines) > MOST_LINES_TOGETHER
        rows = [typst_array([typst_cell(cell) for cell in row]) for row in self.rows]
        return (
            f"data-table({typst_text(self.caption)}, density: {typst_text(density)}, "
            f"breakable: {str(breaks).lower()}, "
            f"weights: {typst_array([str(weight) for weight in weights])}, "
            f"align: {typst_array(list(self.align))}, header: {self._header.typst()}, "
            f"rows: {typst_array(rows)}, emphasis: {typst_array([str(n) for n in self.emphasis])}, "
            f"empty: {typst_text(self.empty)}, note: {to_typst(self.note)})"
        )

    def plain(self) -> str:
        """Caption, headings and rows, cells divided by bars."""
        headings = " | ".join(self._header.leaves())
        lines = [" | ".join(map(to_plain, row)) for row in self.rows] or [self.empty]
        return "\n".join([self.caption, headings, *lines, *filter(None, [to_plain(self.note)])])

    def inlines(self) -> tuple[Inline, ...]:
        """The rows and the note under them."""
        return (*self.rows, self.note)

    @property
    def _header(self) -> Header:
        return Header(self.header, self.align)

    @property
    def _density(self) -> tuple[str, float]:
        columns = len(self.align)
        return next((name, ems) for least, name, ems in DENSITIES if columns >= least)

    def _html_body(self, stated: Statements) -> str:
        rows = "\n".join(
            self._html_row(index, row, stated.cells) for index, row in enumerate(stated.rows)
        )
        nothing = f'<tr><td class="empty" colspan="{len(self.align)}">{to_html(self.empty)}'
        return f"<tbody>\n{rows or nothing}\n"

    def _html_row(self, index: int, stated: str, parts: Collection[str]) -> str:
        total = ' class="total"' if index in self.emphasis else ""
        heading, *cells = self.rows[index]
        first = f'<th scope="row"{look(self.align[0], usual=ROW_SIDE)}>{to_html(heading, parts)}'
        rest = zip(cells, self.align[1:], strict=True)
        return f"<tr{total}{stated}>{first}{''.join(html_cell(*c, parts) for c in rest)}"


def _html_columns(columns: Sequence[str]) -> str:
    """What columns state; nothing where no column does."""
    if not any(columns):
        return ""
    return f"<colgroup>{''.join(f'<col{column}>' for column in columns)}</colgroup>"
