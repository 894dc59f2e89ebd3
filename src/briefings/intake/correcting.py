"""Corrections put into the raw cells of a table, before anything is mapped or sorted out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import pandas as pd

from briefings.files import digest
from briefings.intake.corrections import Correction, CorrectionRow
from briefings.intake.detectors import is_personal_code, worth_a_look
from briefings.intake.shown import cell_text, shown

GONE = "the row is gone"
NOT_TAKEN_IN = "the file has no such column that is taken in"
OTHER_VALUE = "the cell holds something else by now"
FINGERPRINT = "#"  # before the digest of a row's content
FINGERPRINT_LENGTH = 16

# Heading and text of a raw cell to what of it may be kept.
AsShown: TypeAlias = Callable[[str, str], str]


@dataclass(frozen=True)
class Corrected:
    """A raw table after its corrections.

    `rows` are the numbers of the rows that were changed. `unfit` says of every correction that
    was not applied where it stands and why; one that the source has made itself by now needs
    nothing and is in neither.
    """

    raw: pd.DataFrame
    rows: frozenset[int]
    unfit: tuple[str, ...]


def correct(
    raw: pd.DataFrame,
    corrections: Sequence[Correction],
    *,
    key: Sequence[str],
    mapped: Sequence[str],
    as_shown: AsShown,
) -> Corrected:
    """Put each correction into its cell, if the cell holds what was found there.

    `key` are the headings that tell rows apart, `mapped` those that are taken in; `as_shown` is
    what the quarantine keeps of a cell.
    """
    if not corrections:
        return Corrected(raw, frozenset(), ())
    names = names_of_rows(raw, key=key, mapped=mapped)
    columns = set(mapped) & {each.row.column for each in corrections}
    changed = {name: raw[name].astype(object).copy() for name in columns}
    rows, unfit = set[int](), []
    for each in corrections:
        number, wrong = _fit(raw, names, each.row, mapped, as_shown)
        if wrong:
            unfit.append(f"{each.place}: {wrong}")
        elif number is not None:
            changed[str(each.row.column)].at[number] = each.row.value
            rows.add(number)
    return Corrected(
        raw.assign(**{name: _typed(column, raw[name]) for name, column in changed.items()}),
        frozenset(rows),
        tuple(unfit),
    )


def names_of_rows(raw: pd.DataFrame, *, key: Sequence[str], mapped: Sequence[str]) -> pd.Series:
    """What each row is found by when the file is delivered again, in whatever order.

    Its key; where that is empty, not its own, or not to be shown as it is, the content of all
    that is taken in of it.
    """
    parts = [raw[heading].map(cell_text) for heading in key]
    names = _joined(parts, raw.index) if parts else pd.Series("", raw.index, dtype=object)
    empty = [part == "" for part in parts] or [names == ""]
    missing = pd.concat(empty, axis="columns").any(axis="columns")
    unclear = missing | names.duplicated(keep=False) | (names.map(shown) != names)
    looked_at = worth_a_look(names).unique()
    unclear |= names.isin([name for name in looked_at if is_personal_code(name)])
    contents = raw.loc[unclear, list(mapped)].map(cell_text)
    prints = [
        FINGERPRINT + digest(*(text.encode() for text in row))[:FINGERPRINT_LENGTH]
        for row in contents.itertuples(index=False, name=None)
    ]
    return names.mask(unclear, pd.Series(prints, contents.index, dtype=object))


def _joined(parts: Sequence[pd.Series], rows: pd.Index) -> pd.Series:
    texts = [" ".join(row) for row in zip(*parts, strict=True)]
    return pd.Series(texts, rows, dtype=object)


def _typed(corrected: pd.Series, before: pd.Series) -> pd.Series:
    """Text stays text; beside days or numbers a corrected text makes a column of objects."""
    return corrected.astype(before.dtype) if isinstance(before.dtype, pd.StringDtype) else corrected


def _fit(
    raw: pd.DataFrame,
    names: pd.Series,
    row: CorrectionRow,
    mapped: Sequence[str],
    as_shown: AsShown,
) -> tuple[int | None, str]:
    """The number of the row to change, none if nothing is to be changed, or what hinders it."""
    if row.column is None or row.column not in mapped:
        return None, NOT_TAKEN_IN
    rows = names.index[names == row.key]
    if rows.empty:
        return None, GONE
    number = int(rows[0])  # of rows that share a name, all that is taken in is the same
    text = cell_text(raw[row.column].at[number])
    if text == (row.value or ""):
        return None, ""
    fits = (row.found or "") in (text, shown(text), shown(as_shown(row.column, text)))
    return (number, "") if fits else (None, OTHER_VALUE)
