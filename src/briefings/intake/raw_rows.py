"""Raw rows as text, laid aside for whoever must see or find them later: keys and cells."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

import pandas as pd
import pyarrow as pa

from briefings.intake.row_names import keys_of
from briefings.intake.shown import raw_texts
from briefings.intake.spool import Spool

AT_ONCE = 50_000


class RawRows:
    """The rows of one file in the table `raw` of a spool.

    `key` are the headings that tell rows apart, as far as the file has them; `used` says which
    headings of a file are taken in, `above` what rows take from those above them, as text. What
    is not taken in is not laid aside.
    """

    def __init__(
        self,
        spool: Spool,
        *,
        key: Sequence[str],
        used: Callable[[Sequence[str]], Collection[str]],
        above: Callable[[pd.DataFrame], pd.Series],
    ) -> None:
        self._spool, self._key, self._used, self._above = spool, key, used, above
        self.mapped: tuple[str, ...] = ()

    def add(self, raw: pd.DataFrame) -> None:
        """The next rows of the file."""
        known = list(raw.columns)
        used = self._used(known)
        self.mapped = tuple(heading for heading in known if heading in used)
        keys = keys_of(raw, [heading for heading in self._key if heading in used])
        columns = {"row": raw.index, **keys, "above": self._above(raw)}
        cells = {f"c{n}": raw_texts(raw[heading]) for n, heading in enumerate(self.mapped)}
        arrays = {name: pa.array(values) for name, values in {**columns, **cells}.items()}
        self._spool.put("raw", pa.table(arrays))

    def of(self, rows: str) -> Iterator[tuple[pd.DataFrame, pd.DataFrame]]:
        """The rows that a query selects, with its columns, in order: keys, and cells by heading.

        The query has a column `row`. Keys have besides: name, empty, above, and shared, where
        another row of the file has the same.
        """
        query = f"""
            WITH wanted AS ({rows}),
            found AS (SELECT * FROM raw JOIN wanted USING (row)),
            shared AS (
                SELECT name FROM raw WHERE name IN (SELECT name FROM found)
                GROUP BY name HAVING count(*) > 1
            )
            SELECT *, name IN (FROM shared) AS shared FROM found ORDER BY row
        """
        for batch in self._spool.batches(query, AT_ONCE):
            table = batch.to_pandas().set_index("row")
            names = [f"c{n}" for n in range(len(self.mapped))]
            yield table.drop(columns=names), table[names].set_axis([*self.mapped], axis="columns")
