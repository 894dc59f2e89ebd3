"""What the cells of a column seem to be, told without showing any; and what they can not be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import pandas as pd

from briefings.intake.cells import as_text
from briefings.intake.contract import DAYS, Column
from briefings.intake.contracts import PORTAL_STATUSES
from briefings.intake.guesses import MOST_LABELS, guess_dates, guess_numbers, reads_as, sample
from briefings.intake.heading_words import says_date, says_period, says_share
from briefings.intake.synonyms import label_synonyms, words_of

Kind = Literal["nothing", "dates", "periods", "numbers", "few different texts", "texts"]

PERIOD_FORMATS = {"quarter", "%Y%m", "%m/%Y", "%b %Y", "%B %Y"}
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
        return "periods" if set(dates.formats) <= PERIOD_FORMATS else "dates"
    if reads_as(looked_at, guess_numbers(cells)).notna().sum() >= least:
        return "numbers"
    few = text.nunique()
    return "few different texts" if few <= MOST_LABELS and 2 * few <= len(text) else "texts"


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
        return kind == "numbers" and not says_share(heading)
    if column.kind == "whole":
        return kind != "dates" and (column.name != "status" or _is_status(cells))
    return True


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
