"""Corrections put into the raw cells of a table, before anything is mapped or sorted out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import pandas as pd

from briefings.intake.corrections import Correction, CorrectionRow
from briefings.intake.raw_rows import RawRows
from briefings.intake.row_names import FINGERPRINT, names_of
from briefings.intake.shown import shown

GONE = "the row is gone"
NOT_TAKEN_IN = "the file has no such column that is taken in"
OTHER_VALUE = "the cell holds something else by now"

# Heading and text of a raw cell to what of it may be kept.
AsShown: TypeAlias = Callable[[str, str], str]


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
                changed[heading].at[row] = value
        return raw.assign(**{name: _typed(cells, raw[name]) for name, cells in changed.items()})


NOTHING_TO_CORRECT = Fitted({})


def fit(corrections: Sequence[Correction], rows: RawRows, as_shown: AsShown) -> Fitted:
    """Find the row of each correction, and whether its cell holds what was found there.

    `as_shown` is what the quarantine keeps of a cell.
    """
    found = _found({str(each.row.key) for each in corrections}, rows)
    cells: dict[int, dict[str, str | None]] = {}
    unfit = []
    for each in corrections:
        number, wrong = _fit(each.row, found, rows.mapped, as_shown)
        if wrong:
            unfit.append(f"{each.place}: {wrong}")
        elif number is not None:
            cells.setdefault(number, {})[str(each.row.column)] = each.row.value
    named = {each.row.column for each in corrections}
    return Fitted(cells, tuple(name for name in rows.mapped if name in named), tuple(unfit))


def _found(keys: set[str], rows: RawRows) -> dict[str, tuple[int, dict[str, str]]]:
    """The first row of each name, with its cells.

    Of rows that share a name all that is taken in is the same.
    """
    found: dict[str, tuple[int, dict[str, str]]] = {}
    for known, texts in rows.of(_candidates(keys)):
        names = names_of(known, texts)
        for row in names.index[names.isin(keys)]:
            found.setdefault(names[row], (int(row), dict(texts.loc[row])))
    return found


def _candidates(keys: set[str]) -> str:
    """Where a key is a fingerprint any row may be meant."""
    if any(key.startswith(FINGERPRINT) for key in keys):
        return "SELECT row FROM raw"
    quoted = ", ".join("'" + key.replace("'", "''") + "'" for key in sorted(keys))
    return f"SELECT row FROM raw WHERE name IN ({quoted})"


def _typed(corrected: pd.Series, before: pd.Series) -> pd.Series:
    """Text stays text; beside days or numbers a corrected text makes a column of objects."""
    return corrected.astype(before.dtype) if isinstance(before.dtype, pd.StringDtype) else corrected


def _fit(
    row: CorrectionRow,
    found: dict[str, tuple[int, dict[str, str]]],
    mapped: Sequence[str],
    as_shown: AsShown,
) -> tuple[int | None, str]:
    """The number of the row to change, none if nothing is to be changed, or what hinders it."""
    if row.column is None or row.column not in mapped:
        return None, NOT_TAKEN_IN
    if row.key not in found:
        return None, GONE
    number, cells = found[row.key]
    text = cells[row.column]
    if text == (row.value or ""):
        return None, ""
    fits = (row.found or "") in (text, shown(text), shown(as_shown(row.column, text)))
    return (number, "") if fits else (None, OTHER_VALUE)
