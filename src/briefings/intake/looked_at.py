"""The cells of a column that guesses look at, and what is no cell: markers of emptiness."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from briefings.intake.cells import as_text
from briefings.intake.synonyms import label_synonyms, words_of

LOOKED_AT = 2_000  # cells, from all over the column
EMPTY_MARKERS = ("NULL", "null", "N/A", "n/a", "NA", "#N/A", "None", "NaN", "nan", "-", "--", "—")


def sample(cells: pd.Series) -> pd.Series:
    """Filled cells from all over a column, without markers of emptiness."""
    filled = cells[cells.notna()]
    filled = filled[~as_text(filled).isin(EMPTY_MARKERS)]
    return filled.iloc[:: max(1, len(filled) // LOOKED_AT)]


def differ(one: pd.Series, other: pd.Series) -> bool:
    """Whether two readings of some cells make something else of any that both read."""
    both = one.notna() & other.notna()
    return bool((one[both] != other[both]).any())


def guess_empty(raw: pd.DataFrame, coded: Iterable[str] = ()) -> tuple[str, ...]:
    """The texts that stand for an empty cell somewhere in a table.

    None of them is a label of the `coded` contract columns: no online service is a service level.
    """
    labels = {words for column in coded for words in label_synonyms(column)}
    texts = set().union(*(as_text(raw[heading]).unique() for heading in raw.columns))
    return tuple(
        each
        for each in EMPTY_MARKERS
        if each in texts and (words_of(each) or (each,)) not in labels
    )
