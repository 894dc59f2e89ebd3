"""What the cells of a column seem to be, told without showing any; and what they can not be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

import pandas as pd

from briefings.intake.cells import as_text
from briefings.intake.code_guesses import MOST_LABELS
from briefings.intake.contract import DAYS, Column
from briefings.intake.contracts import PORTAL_STATUSES
from briefings.intake.date_guesses import guess_dates
from briefings.intake.heading_words import says_date, says_period, says_share
from briefings.intake.looked_at import sample
from briefings.intake.number_guesses import guess_numbers, reads_as
from briefings.intake.synonyms import label_synonyms, words_of

Kind = Literal["nothing", "dates", "periods", "numbers", "few different texts", "texts"]

# Formats that give the first day of a period, with its months.
PERIOD_FORMATS = {"half-year": 6, "quarter": 3, "%Y%m": 1, "%m/%Y": 1, "%b %Y": 1, "%B %Y": 1}
AVERAGES = ("days_mean", "days_median")
PERIOD = (
    r"(?i)(?:fy ?)?(?:19|20)[0-9]{2}(?:[-/][0-9]{2,4}| ?-?[hqmw][0-9]{1,2})?"
    r"|[hq][1-4][ -]?(?:[0-9]{4})?"
)
LETTERS_OF_A_PLACE = r"[A-Z]{2}"  # such as DC or UF: states are written so, statuses are not
HALF = 0.5


def kind_of(cells: pd.Series, heading: str) -> Kind:
    """What at least half of the filled cells are."""
    looked_at = sample(cells)
    if looked_at.empty:
        return "nothing"
    least = HALF * len(looked_at)
    text = as_text(looked_at)
    if says_period(heading) and text.str.fullmatch(PERIOD, na=False).sum() >= least:
        return "periods"
    dates = guess_dates(cells, heading)
    if dates is not None and len(looked_at) - dates.unread >= least:
        return "periods" if set(dates.formats) <= set(PERIOD_FORMATS) else "dates"
    if reads_as(looked_at, guess_numbers(cells)).notna().sum() >= least:
        return "numbers"
    few = text.nunique()
    return "few different texts" if few <= MOST_LABELS and 2 * few <= len(text) else "texts"


class Kinds(Mapping[str, Kind]):
    """What the columns of a table are, each looked at when it is asked for."""

    def __init__(self, raw: pd.DataFrame) -> None:
        self._raw = raw
        self._known: dict[str, Kind] = {}

    def __getitem__(self, heading: str) -> Kind:
        if heading not in self._known:
            self._known[heading] = kind_of(self._raw[heading], heading)
        return self._known[heading]

    def __contains__(self, heading: object) -> bool:
        return heading in self._raw.columns

    def __iter__(self) -> Iterator[str]:
        return iter(map(str, self._raw.columns))

    def __len__(self) -> int:
        return len(self._raw.columns)


def may_hold(column: Column, cells: pd.Series, heading: str, kind: Kind) -> bool:
    """Whether a column of a contract can be what stands here, as far as its cells tell.

    A date needs dates, or a heading that says so over texts; a count needs numbers that are no
    shares; a status is neither the same in all rows nor the name of a state.
    """
    if kind == "nothing":
        return True
    if column.kind in DAYS:
        return kind in ("dates", "periods") or (kind != "numbers" and says_date(heading))
    if column.kind == "number":
        is_share = says_share(heading) or (not is_average(column) and _are_shares(cells))
        return kind == "numbers" and not is_share
    if column.kind == "whole":
        return kind != "dates" and (column.name != "status" or _is_status(cells))
    return True


def is_average(column: Column) -> bool:
    """Whether it is no count: the mean and the median of days."""
    return column.name in AVERAGES


def _are_shares(cells: pd.Series) -> bool:
    """Whether all are parts of one: of a hundred cases nobody settles 0.95."""
    numbers = reads_as(sample(cells), guess_numbers(cells)).dropna()
    return bool(numbers.between(0, 1).all() and (numbers % 1 != 0).any())


def _is_status(cells: pd.Series) -> bool:
    text = as_text(sample(cells))
    known = label_synonyms("status")
    labels = text.unique()
    if any(words_of(label) in known for label in labels):
        return True
    if all(label.isdecimal() and int(label) in PORTAL_STATUSES for label in labels):
        return True
    constant = len(text) > 1 and text.nunique() == 1
    return not constant and not text.str.fullmatch(LETTERS_OF_A_PLACE, na=False).all()


def look_like_counts(kinds: Mapping[str, Kind]) -> bool:
    """Whether the columns are of a table of counts per office and period, rather than of cases."""
    filled = [kind for kind in kinds.values() if kind != "nothing"]
    numbers = filled.count("numbers")
    if not numbers or "dates" in filled:
        return False
    return 2 * numbers > len(filled) or "periods" in filled
