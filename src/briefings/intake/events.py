"""Sources with a row for each event: the first or last moment among the rows of one case."""

from __future__ import annotations

from typing import Literal, TypeAlias

import pandas as pd

from briefings.intake.cells import as_text
from briefings.intake.written_dates import DateReading, read_moments

Extreme: TypeAlias = Literal["earliest", "latest"]
EXTREMES: tuple[Extreme, ...] = ("earliest", "latest")


def extreme_of_case(
    cells: pd.Series, cases: list[pd.Series], extreme: Extreme, reading: DateReading
) -> pd.Series:
    """For every row the cell with the earliest or latest moment among the rows of its case.

    `cases` are columns that rows of one case have in common; a row that lacks one has no case. A
    cell that can not be read may be the one: then it is the one, to be set aside.
    """
    moments = read_moments(cells, reading)
    table = pd.DataFrame({f"case {n}": as_text(case) for n, case in enumerate(cases)})
    key = list(table.columns)
    read = moments.notna()
    events = table.assign(cell=cells, read=read, moment=moments)[cells.notna()]
    order = events.sort_values(["read", "moment"], ascending=[True, extreme == "earliest"])
    chosen = order.drop_duplicates(key)[[*key, "cell"]]
    found = table.merge(chosen, how="left", on=key)["cell"].set_axis(cells.index)
    return found.where(table.notna().all(axis="columns"))
