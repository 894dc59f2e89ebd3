"""Sources with a row for each event: the first or last moment among the rows of one case."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import pyarrow as pa

from briefings.intake.cells import as_text, kept_where
from briefings.intake.conditions import comparison_faults, holds
from briefings.intake.source import EXTREMES, Source
from briefings.intake.spool import Spool
from briefings.intake.written_dates import read_moments

# A cell that can not be read, or of which nobody knows whether it counts, may be the one: then it
# is the one, to be set aside.
CHOSEN = """
    CREATE OR REPLACE TABLE moments_{name} AS
    WITH chosen AS (
        SELECT {case}, written, moment FROM events_{name} WHERE written IS NOT NULL
        QUALIFY row_number() OVER (PARTITION BY {case} ORDER BY moment {order} NULLS FIRST, row) = 1
    )
    SELECT row, chosen.written, chosen.moment FROM events_{name} JOIN chosen USING ({case})
    ORDER BY row
"""
ORDERS = {"earliest": "ASC", "latest": "DESC"}


class CaseMoments:
    """The moments of cases, for the columns of one file that are made of its events.

    All its rows are added before any is asked for. A row that lacks one of the cells which the
    rows of a case have in common is of no case, and has no moment.
    """

    def __init__(self, spool: Spool, columns: Mapping[str, Source]) -> None:
        self._spool = spool
        self._sources = {name: each for name, each in columns.items() if each.take in EXTREMES}
        for name, source in self._sources.items():
            spool.drop(f"events_{name}")
            spool.put(f"events_{name}", _kinds(source).empty_table())

    def __bool__(self) -> bool:
        return bool(self._sources)

    def add(self, raw: pd.DataFrame) -> None:
        """The next rows of the file."""
        for name, source in self._sources.items():
            if set(source.mentioned) <= set(raw.columns):  # else it is optional
                self._spool.put(f"events_{name}", _events(raw, source))

    def settle(self) -> None:
        """Find the moment of every case; after the last row of the file."""
        for name, source in self._sources.items():
            case = ", ".join(_case(source))
            query = CHOSEN.format(name=name, case=case, order=ORDERS[source.take])
            self._spool.run(query)
            self._spool.drop(f"events_{name}")

    def of(self, name: str, rows: pd.Index) -> pd.DataFrame:
        """What a column holds in each of some rows: `written`, and `moment`, as it is read."""
        query = f"SELECT * FROM moments_{name} JOIN asked USING (row)"
        found: pd.DataFrame = self._spool.answer(query, pa.table({"row": rows})).to_pandas()
        return found.set_index("row").reindex(rows).astype({"written": "str"})


def _events(raw: pd.DataFrame, source: Source) -> pa.Table:
    unknown = raw.index.isin(comparison_faults([source.only_if], raw)["row"])
    cells = kept_where(raw[source.headings[0]], holds(source.only_if, raw) | unknown)
    case = [as_text(raw[heading]) for heading in source.same]
    moments = read_moments(cells, source.dates).mask(unknown)
    columns = [raw.index, as_text(cells), moments, *case]
    kinds = _kinds(source)
    return pa.table(
        [pa.array(each, kind, from_pandas=True)
         for each, kind in zip(columns, kinds.types, strict=True)],
        kinds,
    )  # fmt: skip


def _kinds(source: Source) -> pa.Schema:
    kinds = {"row": pa.int64(), "written": pa.string(), "moment": pa.timestamp("us")}
    return pa.schema(kinds | dict.fromkeys(_case(source), pa.string()))


def _case(source: Source) -> list[str]:
    return [f"case_{place}" for place in range(len(source.same))]
