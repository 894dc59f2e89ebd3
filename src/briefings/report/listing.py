"""A table with one row of headings, the usual case."""

from __future__ import annotations

from collections.abc import Sequence

from briefings.report.blocks import Inline, Table, header_row
from briefings.report.blocks.table import Align


def listing(  # noqa: PLR0913
    identifier: str,
    *,
    caption: str,
    headings: Sequence[str],
    rows: Sequence[tuple[Inline, ...]],
    align: Sequence[Align] = (),
    note: str = "",
    total: bool = False,
    empty: str = "",
) -> Table:
    """Rows under headings; by default all but the first column are numbers.

    With `total` the last row is the sum of the others; `empty` is printed where there are none.
    """
    numbers: list[Align] = ["right"] * (len(headings) - 1)
    return Table(
        identifier,
        caption=caption,
        header=header_row(*headings),
        rows=tuple(rows),
        align=tuple(align) or ("left", *numbers),
        note=note,
        emphasis=(len(rows) - 1,) if total and rows else (),
        empty=empty,
    )
