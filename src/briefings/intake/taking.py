"""A table on its way from the chunks of its files to rows that are used and rows set aside.

What can be said of a row by itself is said chunk by chunk. What needs the other rows (doubles,
totals among the rows, the order) is asked of a spool when all have come, so that memory depends
on the chunk and on the room of the spool, not on the file.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from briefings.intake.chunks import chunks_of
from briefings.intake.compared_rows import leave_out, marks
from briefings.intake.conditions import comparison_faults
from briefings.intake.contract import DTYPES, Contract
from briefings.intake.events import CaseMoments
from briefings.intake.half_converted import HalfConverted
from briefings.intake.mapping import FAULT_COLUMNS, Mapper
from briefings.intake.quarantine import set_doubles_aside
from briefings.intake.row_rules import LEFT_OUT, hit_by, left_out_faults
from briefings.intake.samples import Sample
from briefings.intake.screening import Screen, masked_texts
from briefings.intake.spool import Spool
from briefings.intake.subtotals import subtotals_of, verdicts_of
from briefings.intake.taken_headings import TakenHeadings

# A reader passes over the groups of rows whose days it does not ask for.
ROWS_PER_GROUP = 100_000
FAULTS_AT_ONCE = 50_000
FAULTS = pa.schema({"row": pa.int64(), "column": pa.string(), "value": pa.string(),
                    "reason": pa.string()})  # fmt: skip
FIRST_FAULTS = """
    CREATE VIEW first_faults AS
    SELECT row, min("column") AS "column", arg_min(reason, "column") AS reason
    FROM faults GROUP BY row
"""
# What rules compare, by the beginning of the column's name.
KINDS = {
    "rule": pa.int32(),
    "mark": pa.string(),
    "times": pa.string(),
    "moment": pa.timestamp("us"),
    "unread": pa.bool_(),
}
UNUSED = "(SELECT row FROM faults)"
NULLABLE = {pa.int64(): pd.Int64Dtype(), pa.float64(): pd.Float64Dtype(),
            pa.bool_(): pd.BooleanDtype()}  # fmt: skip


class Taking:
    """One table: its files come chunk by chunk, then it is settled, then its rows can be read.

    Rows are known by their number, that of the file and an offset for each further file. Of the
    spool it uses the tables `rows` (row, what rules compare, the contract's columns) and `faults`
    (row, column, value, reason). Where no units are known, their codes are taken as they stand.
    """

    def __init__(self, screen: Screen, units: Collection[str] | None, spool: Spool) -> None:
        self.screen, self.spool = screen, spool
        self.units, self._rules = units, screen.profile.rules
        comparing = [number for number, rule in enumerate(self._rules) if rule.compares]
        self._first_comparing = comparing[0] if comparing else len(self._rules)
        self._compares = bool(comparing)
        self.subtotals = subtotals_of(spool, self._rules)
        spool.put("faults", FAULTS.empty_table())
        spool.run(FIRST_FAULTS)

    def file(self, file: Path, offset: int = 0) -> TakenFile:
        """The next file; its rows are numbered from `offset` on."""
        return TakenFile(self, file, offset)

    def put(self, raw: pd.DataFrame, mapper: Mapper, offset: int) -> pd.DataFrame:
        """Lay a chunk aside; the mapped rows that no rule for single rows has left out.

        InputError where it lacks headings.
        """
        mapper.refuse_missing(raw)
        hit = hit_by(raw, self._rules)
        # A rule that goes before all that compare rows has the first word.
        out = (hit < self._first_comparing).fillna(False).astype(bool)
        self._put_faults(left_out_faults(hit[out], self._rules), offset)
        self._put_faults(comparison_faults(self.screen.profile.conditions, raw[~out]), offset)
        mapped, unreadable = mapper.map(raw, ~out)
        beside = (
            marks(raw[~out], self._rules, offset).assign(rule=hit[~out]) if self._compares else None
        )
        self.put_mapped(mapped, unreadable, offset, beside)
        return mapped

    def put_mapped(
        self,
        mapped: pd.DataFrame,
        unreadable: pd.DataFrame,
        offset: int = 0,
        beside: pd.DataFrame | None = None,
    ) -> None:
        """Lay mapped rows aside, and their faults, with what rules compare of them."""
        self._put_faults(self.screen.row_faults(mapped, unreadable, self.units), offset)
        rows = pa.Table.from_pandas(mapped, preserve_index=False)
        rows = rows.add_column(0, "row", pa.array(mapped.index + offset, pa.int64()))
        for name, cells in ({} if beside is None else dict(beside)).items():
            kind = KINDS[str(name).partition("_")[0]]
            rows = rows.append_column(str(name), pa.array(cells, kind, from_pandas=True))
        self.spool.put("rows", rows)

    def _put_faults(self, faults: pd.DataFrame, offset: int) -> None:
        if len(faults):
            numbered = faults.assign(row=faults["row"].astype("int64") + offset)
            self.spool.put("faults", pa.Table.from_pandas(numbered[FAULT_COLUMNS], FAULTS))

    def settle(self) -> None:
        """Find what only all rows together show; after the last file."""
        if self._compares:
            leave_out(self.spool, self._rules)
        set_doubles_aside(self.spool, self.screen.contract)

    def used(self, order: Sequence[str]) -> Iterator[pd.DataFrame]:
        """The rows that obey the contract, in order, without persons in their texts.

        In tables of ROWS_PER_GROUP rows; one at the least, which may be empty.
        """
        contract = self.screen.contract
        query = f"""
            SELECT {", ".join(contract.column_names)} FROM rows WHERE row NOT IN {UNUSED}
            ORDER BY {", ".join(dict.fromkeys(order))}
        """
        for batch in self.spool.batches(query, ROWS_PER_GROUP):
            yield masked_texts(_typed(batch, contract), contract)

    def faults(self) -> Iterator[pd.DataFrame]:
        """All faults in the order of the rows, with values fit to be kept."""
        query = 'SELECT row, "column", value, reason FROM faults ORDER BY row, "column"'
        for batch in self.spool.batches(query, FAULTS_AT_ONCE):
            yield self.screen.faults(batch.to_pandas())

    def reasons(self) -> dict[str, int]:
        """How many rows are set aside, each under the first of its faults."""
        query = "SELECT reason, count(*) FROM first_faults GROUP BY reason ORDER BY reason"
        return dict(self.spool.rows(query))

    def unused(self, first: int, last: int) -> int:
        """How many rows with these numbers, both included, are set aside."""
        query = f"SELECT count(DISTINCT row) FROM faults WHERE row BETWEEN {first} AND {last}"
        return int(self.spool.rows(query)[0][0])

    def used_count(self) -> int:
        """How many rows are used."""
        query = f"SELECT count(*) FROM rows WHERE row NOT IN {UNUSED}"
        return int(self.spool.rows(query)[0][0])

    def left_out(self) -> int:
        """How many rows the profile leaves out on purpose."""
        query = f"""SELECT count(*) FROM first_faults WHERE "column" = '{LEFT_OUT}'"""
        return int(self.spool.rows(query)[0][0])


class TakenFile:
    """One file of a table: how many rows were read, and what became of its headings."""

    def __init__(self, taking: Taking, file: Path, offset: int) -> None:
        screen = taking.screen
        self.file, self.offset = file, offset
        self.read, self.last = 0, offset
        self.headings = TakenHeadings(screen.profile)
        self._taking = taking
        self._moments = CaseMoments(taking.spool, screen.profile.columns)
        self._mapper = Mapper(file, screen.contract, screen.profile, self._moments)
        self._halves = HalfConverted(file, screen.dated_headings())
        texts = screen.read_as_text(with_units=taking.units is None)
        self._samples = {column.name: Sample() for column in texts}

    def look_ahead(self, corrected: Callable[[pd.DataFrame], pd.DataFrame]) -> None:
        """Before its first row: where columns are made of its events, read the file for them.

        `corrected` makes of a chunk what will be added of it. InputError as in `add`.
        """
        if not self._moments:
            return
        for raw in chunks_of(self.file, self._taking.screen.profile):
            self._mapper.refuse_missing(raw)
            self._moments.add(corrected(raw))
        self._moments.settle()

    def add(self, raw: pd.DataFrame, delivered: pd.DataFrame | None = None) -> None:
        """The next rows of the file, as corrected; InputError where it breaks its contract.

        `delivered` are the same rows without corrections: what totals among them state is not
        corrected.
        """
        mapped = self._taking.put(raw, self._mapper, self.offset)
        for check in self._taking.subtotals:
            check.add(raw, raw if delivered is None else delivered, self.offset)
        self.headings.add(raw)
        self._halves.add((raw if delivered is None else delivered).loc[mapped.index])
        for name, sample in self._samples.items():
            sample.add(mapped[name])
        self.read += len(raw)
        self.last = max(self.last, self.offset + int(raw.index.max())) if len(raw) else self.last

    def close(self) -> None:
        """After its last row: InputError where a column is one of persons, or half converted."""
        self._halves.refuse()
        self._taking.screen.refuse_columns_of_persons(self.file, self._samples)

    def verdicts(self) -> pd.DataFrame:
        """What was found of its subtotals, when the table is settled; see `verdicts_of`."""
        return verdicts_of(self._taking.subtotals, self.offset, self.last)


def _typed(rows: pa.Table, contract: Contract) -> pd.DataFrame:
    dtypes: dict[str, Any] = {column.name: DTYPES[column.kind] for column in contract.columns}
    table: pd.DataFrame = rows.to_pandas(types_mapper=NULLABLE.get).astype(dtypes)
    return table
