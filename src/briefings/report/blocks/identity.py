"""How a page says which figure a number is: in up to four attributes, each stated once.

`data-kpi`, `data-item`, `data-period` and `data-unit` name the measure, what of it is counted (a
decision, a procedure; seldom there), the time and the unit of a number. What a number does not say
itself, its table row says, or the `col` of its column, or the table.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from briefings.escaping import html_text
from briefings.report.figures import Figure

PARTS = ("kpi", "item", "period", "unit")
Parts = Mapping[str, str]


def parts_of(figure: Figure) -> Parts:
    """The parts of a figure's identity, which is `kpi:item@period/unit` or without an item."""
    kpi, _, item = figure.kpi.partition(":")
    return {"kpi": kpi, "item": item, "period": figure.period, "unit": figure.unit}


def attributes(parts: Parts, names: Collection[str] = PARTS) -> str:
    """Some of the parts as HTML attributes, each with a space before it."""
    return "".join(f' data-{name}="{html_text(parts[name])}"' for name in names if parts.get(name))


@dataclass(frozen=True)
class Statements:
    """Where a table states the parts of its figures: each part in one place only."""

    table: str
    rows: Sequence[str]
    columns: Sequence[str]
    cells: Collection[str]


def statements(grid: Sequence[Sequence[Sequence[Figure]]]) -> Statements:
    """Each part as far out as it is the same; `grid` has the figures of each cell by row."""
    cells = [[[parts_of(figure) for figure in cell] for cell in row] for row in grid]
    rows = [list(chain(*row)) for row in cells]
    columns = [list(chain(*column)) for column in zip(*cells, strict=True)]
    whole = list(chain(*rows))
    in_table = _agreed([whole], PARTS)
    in_rows = _agreed(rows, [name for name in PARTS if name not in in_table])
    elsewhere = [name for name in PARTS if name not in (*in_table, *in_rows)]
    in_columns = _agreed(columns, elsewhere)
    return Statements(
        table=_stated(whole, in_table),
        rows=[_stated(row, in_rows) for row in rows],
        columns=[_stated(column, in_columns) for column in columns],
        cells=[name for name in elsewhere if name not in in_columns],
    )


def _agreed(groups: Iterable[Sequence[Parts]], names: Iterable[str]) -> list[str]:
    """The parts that are the same all over each group."""
    return [name for name in names if all(len({p[name] for p in group}) <= 1 for group in groups)]


def _stated(group: Sequence[Parts], names: Collection[str]) -> str:
    return attributes(group[0], names) if group else ""
