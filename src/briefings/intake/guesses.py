"""What the cells of a column suggest about how it is written; every guess is for a person."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from briefings.intake.cells import as_text
from briefings.intake.contract import Column
from briefings.intake.detectors import mask_strictly
from briefings.intake.synonyms import label_synonyms, words_of
from briefings.intake.written_dates import EPOCHS, DateReading, read_moments
from briefings.intake.written_numbers import NumberReading, read_numbers

LOOKED_AT = 2_000  # cells, from all over the column
MOST_LABELS = 40
LONGEST_LABEL = 60
FORMATS = (
    "iso", "day-first", "month-first", "year-first", "%d-%b-%y", "%d-%b-%Y", "%d %B %Y",
    "%b %d, %Y", "%B %d, %Y", "%Y%m", "%m/%Y", "%b %Y", "%B %Y", "quarter",
    "epoch seconds", "epoch milliseconds", "excel",
)  # fmt: skip
EMPTY_MARKERS = ("NULL", "null", "N/A", "n/a", "NA", "#N/A", "None", "NaN", "nan", "-", "--", "—")
NUMBERS = {
    "": NumberReading(),
    'decimal: ",", thousands: "."': NumberReading(",", "."),
    'decimal: ".", thousands: ","': NumberReading(".", ","),
    'decimal: ",", thousands: " "': NumberReading(",", " "),
}
IN_THOUSANDS = r"[-+]?[0-9]{1,3}(?:[.,][0-9]{3})+"
OFFSET_ENDS = r".*[0-9](?:Z|[+-][0-9]{2}:?[0-9]{2})"
ANY_ZONE = "UTC"  # to see whether a format fits; which zone it is, only a person knows


@dataclass(frozen=True)
class DateGuess:
    """Formats that fit a column of dates, others that would fit as well, and whether a zone is
    needed to read it."""

    formats: tuple[str, ...]
    rivals: tuple[str, ...]
    needs_zone: bool
    unread: int


def sample(cells: pd.Series) -> pd.Series:
    """Filled cells from all over a column, without markers of emptiness."""
    filled = cells[cells.notna()]
    filled = filled[~as_text(filled).isin(EMPTY_MARKERS)]
    return filled.iloc[:: max(1, len(filled) // LOOKED_AT)]


def guess_dates(cells: pd.Series) -> DateGuess | None:
    """Which formats read a column; None where no cell is a date in any of them.

    The first of those that read most cells, and beside it those that read only others. Rivals
    read as many cells, and some of them as another day.
    """
    looked_at = sample(cells)
    read = {
        form: read_moments(looked_at, DateReading((form,), ANY_ZONE, ANY_ZONE)) for form in FORMATS
    }
    counts = {form: int(moments.notna().sum()) for form, moments in read.items()}
    best = max(counts, key=lambda form: counts[form])
    if not counts[best]:
        return None
    found, formats = read[best], [best]
    for form, moments in read.items():
        if (moments.notna() & found.isna()).any() and not (moments.notna() & found.notna()).any():
            found, formats = found.fillna(moments), [*formats, form]
    zoned = as_text(looked_at).str.fullmatch(OFFSET_ENDS, na=False).any()
    return DateGuess(
        formats=tuple(formats),
        rivals=tuple(form for form in FORMATS if _rivals(read[best], read[form])),
        needs_zone=bool(zoned) or any(form in EPOCHS for form in formats),
        unread=int(found.isna().sum()),
    )


def _rivals(one: pd.Series, other: pd.Series) -> bool:
    both = one.notna() & other.notna()
    return bool(other.notna().sum() == one.notna().sum() and (one[both] != other[both]).any())


@dataclass(frozen=True)
class NumberGuess:
    """How numbers are written, as a profile says it, and the ways that read as many otherwise."""

    way: str
    rivals: tuple[str, ...]


def guess_numbers(cells: pd.Series) -> NumberGuess:
    """How numbers are written; no way where they need nothing said.

    A sign with three digits behind it in every cell is rather one of thousands.
    """
    looked_at = sample(cells)
    read = {text: read_numbers(looked_at, way) for text, way in NUMBERS.items()}
    counts = {text: int(numbers.notna().sum()) for text, numbers in read.items()}
    if not any(counts.values()):
        return NumberGuess("", ())
    written = as_text(looked_at)
    grouped = written[written.str.contains("[.,]", na=False)].str.fullmatch(IN_THOUSANDS, na=False)
    most = max(counts.values())
    best = [text for text, count in counts.items() if count == most]
    if len(best) > 1 and len(grouped) and grouped.all():
        best.sort(key=lambda text: not (read[text].dropna() % 1 == 0).all())
    rivals = (text for text in best[1:] if _differ(read[best[0]], read[text]))
    return NumberGuess(best[0], tuple(rivals))


def _differ(one: pd.Series, other: pd.Series) -> bool:
    both = one.notna() & other.notna()
    return bool((one[both] != other[both]).any())


def guess_codes(cells: pd.Series, column: Column) -> dict[str, str] | None:
    """Each label with the code that its words suggest, an empty one where none does.

    A label that may be a person is left out.

    None where the cells are codes already, or too many to be labels.
    """
    labels = sorted(as_text(sample(cells)).unique())
    known = label_synonyms(column.name)
    if isinstance(column.values, tuple) and set(labels) <= set(column.values):
        return None
    if isinstance(column.values, range) and all(_is_code(each, column.values) for each in labels):
        return None
    if not 0 < len(labels) <= MOST_LABELS or any(len(each) > LONGEST_LABEL for each in labels):
        return None
    return {
        label: known.get(words_of(label), "") for label in labels if mask_strictly(label) == label
    }


def _is_code(label: str, values: range) -> bool:
    return label.isdecimal() and int(label) in values


def guess_empty(raw: pd.DataFrame) -> tuple[str, ...]:
    """The texts that stand for an empty cell somewhere in a table."""
    found = [
        marker
        for marker in EMPTY_MARKERS
        if any((as_text(raw[heading]) == marker).any() for heading in raw.columns)
    ]
    return tuple(found)
