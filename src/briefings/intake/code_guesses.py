"""What the labels of a column seem to mean; every guess is for a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from briefings.intake.cells import as_text
from briefings.intake.contract import Column
from briefings.intake.detectors import mask_strictly
from briefings.intake.looked_at import sample
from briefings.intake.synonyms import label_synonyms, words_of

MOST_LABELS = 40
LONGEST_LABEL = 60


@dataclass(frozen=True)
class CodeGuess:
    """What is known of the labels of a column.

    `codes` are labels whose words suggest a code, `open` those in several rows whose words
    suggest none, `hidden` counts the others, of which none is shown: a cell that stands once may
    be about a person. `are_codes`: the cells are codes of the contract, or numbers like them.
    """

    codes: Mapping[str, str]
    open: tuple[str, ...] = ()
    hidden: int = 0
    are_codes: bool = False


def guess_codes(cells: pd.Series, column: Column) -> CodeGuess:
    """The labels of a column, with the codes that their words suggest."""
    times = as_text(sample(cells)).value_counts().sort_index()
    labels = [str(label) for label in times.index]
    known = label_synonyms(column.name)
    if isinstance(column.values, tuple) and set(labels) <= set(column.values):
        return CodeGuess({}, are_codes=True)
    if isinstance(column.values, range) and all(_is_code(each, column.values) for each in labels):
        return CodeGuess({}, are_codes=bool(labels))
    codes = {each: known[words_of(each)] for each in labels if words_of(each) in known}
    others = [label for label in labels if label not in codes]
    shown = [each for each in others if times[each] > 1 and _may_be_shown(each)]
    shown = shown if len(labels) <= MOST_LABELS else []
    return CodeGuess(codes, tuple(shown), len(others) - len(shown))


def _may_be_shown(label: str) -> bool:
    return len(label) <= LONGEST_LABEL and mask_strictly(label) == label


def _is_code(label: str, values: range) -> bool:
    return label.isdecimal() and int(label) in values
