"""Corrections put into the raw cells of a table, before anything is mapped or sorted out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

import pandas as pd

from briefings.intake.corrections import Correction, CorrectionRow
from briefings.intake.raw_rows import RawRows
from briefings.intake.readers import is_delivered
from briefings.intake.readers.numbers import local_moment, number_like
from briefings.intake.row_names import FINGERPRINT, AsShown, names_of, said_by
from briefings.intake.shown import shown

GONE = "the row is gone"
NOT_TAKEN_IN = "the file has no such column that is taken in"
LOOK_ALIKE = "several rows look like it without what is personal in them"
OTHER_VALUE = "the cell holds something else by now"

# As the quarantine shows a number; 0123 is a code.
PLAIN = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")  # 20250131 is a code
# The rows that share a name with the cells that they share, none where they differ.
Named: TypeAlias = tuple[list[int], dict[str, str] | None]


@dataclass(frozen=True)
class Fitted:
    """The corrections of a file that can be applied: row and heading to the cell that is right.

    `columns` are those in which something was to be corrected. `unfit` says of every correction
    that is not applied where it stands and why; one that the source has made itself by now needs
    nothing and is nowhere.
    """

    cells: dict[int, dict[str, str | None]]
    columns: tuple[str, ...] = ()
    unfit: tuple[str, ...] = ()

    def put(self, raw: pd.DataFrame) -> pd.DataFrame:
        """A chunk of the file with the right cells."""
        if not self.columns:
            return raw
        changed = {name: raw[name].astype(object).copy() for name in self.columns}
        for row in raw.index.intersection(list(self.cells)):
            for heading, value in self.cells[row].items():
                changed[heading].at[row] = _like(changed[heading].at[row], value)
        return raw.assign(**{name: _typed(cells, raw[name]) for name, cells in changed.items()})


NOTHING_TO_CORRECT = Fitted({})


def fit(corrections: Sequence[Correction], rows: RawRows, as_shown: AsShown) -> Fitted:
    """Find the row of each correction, and whether its cell holds what was found there.

    `as_shown` is what the quarantine keeps of a cell.
    """
    found = _found({str(each.row.key) for each in corrections}, rows, as_shown)
    cells: dict[int, dict[str, str | None]] = {}
    unfit = []
    for each in corrections:
        numbers, wrong = _fit(each.row, found, rows.mapped, as_shown)
        if wrong:
            unfit.append(f"{each.place}: {wrong}")
        for number in numbers:
            cells.setdefault(number, {})[str(each.row.column)] = each.row.value
    named = {each.row.column for each in corrections}
    return Fitted(cells, tuple(name for name in rows.mapped if name in named), tuple(unfit))


def _found(keys: set[str], rows: RawRows, as_shown: AsShown) -> dict[str, Named]:
    """The rows of each name, and their cells."""
    found: dict[str, Named] = {}
    for known, texts in rows.of(_candidates(keys)):
        names = names_of(known, texts, as_shown)
        for row in names.index[names.isin(keys)]:
            cells = said_by(texts.loc[row], str(known.at[row, "above"]))
            numbers, others = found.setdefault(names[row], ([], cells))
            numbers.append(int(row))
            if cells != others:
                found[names[row]] = numbers, None
    return found


def _candidates(keys: set[str]) -> str:
    """Where a key is a fingerprint any row may be meant."""
    if any(key.startswith(FINGERPRINT) for key in keys):
        return "SELECT row FROM raw"
    quoted = ", ".join("'" + key.replace("'", "''") + "'" for key in sorted(keys))
    return f"SELECT row FROM raw WHERE name IN ({quoted})"


def _like(cell: Any, value: str | None) -> Any:
    """A plain number in place of a number is one, too, and a day as it is shown in place of a day.

    Text would be read as the source writes.
    """
    if value is None or isinstance(cell, bool):
        return value
    if isinstance(cell, date):
        return (local_moment(value) if DAY.match(value) else None) or value
    if not isinstance(cell, int | float):
        return value
    return number_like(cell, value) if PLAIN.fullmatch(value) else value


def _typed(corrected: pd.Series, before: pd.Series) -> pd.Series:
    """Text stays text; beside days or numbers a corrected text makes a column of objects."""
    return corrected.astype(before.dtype) if isinstance(before.dtype, pd.StringDtype) else corrected


def _fit(
    row: CorrectionRow,
    found: dict[str, Named],
    mapped: Sequence[str],
    as_shown: AsShown,
) -> tuple[list[int], str]:
    """The numbers of the rows to change, none if nothing is to be changed, or what hinders it."""
    if row.column is None or row.column not in mapped or not is_delivered(row.column):
        return [], NOT_TAKEN_IN
    if row.key not in found:
        return [], GONE
    numbers, cells = found[row.key]
    if cells is None:
        return [], LOOK_ALIKE
    text = cells[row.column]
    if text == (row.value or ""):
        return [], ""
    fits = (row.found or "") in (text, shown(text), shown(as_shown(row.column, text)))
    return (numbers, "") if fits else ([], OTHER_VALUE)
