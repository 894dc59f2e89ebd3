"""What the cells of a column suggest about how it is written; every guess is for a person."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from briefings.intake.cells import as_text
from briefings.intake.contract import FIRST_DAY, LAST_DAY, Column
from briefings.intake.date_orders import EITHER, ORDERS, orders_of
from briefings.intake.detectors import mask_strictly
from briefings.intake.heading_words import says_count, says_date
from briefings.intake.synonyms import label_synonyms, words_of
from briefings.intake.written_dates import (
    NUMBER,
    DateReading,
    read_moments,
    states_seconds,
)
from briefings.intake.written_numbers import NumberReading, read_numbers

LOOKED_AT = 2_000  # cells, from all over the column
MOST_LABELS = 40
LONGEST_LABEL = 60
WORD = r"[A-Za-z]{3}"
# Each with how a cell begins that it might read: to try them all on every column takes long.
FORMATS = {
    "iso": r"[0-9]{4}-?[0-9]{1,2}-?[0-9]{1,2}", "day-first": EITHER, "month-first": EITHER,
    "year-first": r"[0-9]{2,4}[-/. ][0-9]", "%d-%b-%y": rf"[0-9]+-{WORD}",
    "%d-%b-%Y": rf"[0-9]+-{WORD}", "%d %B %Y": rf"[0-9]+ {WORD}", "%b %d, %Y": rf"{WORD} [0-9]",
    "%B %d, %Y": rf"{WORD}[a-z]* [0-9]", "%b %d, %Y %I:%M %p": rf"{WORD} [0-9]",
    "%Y/%m/%d %H:%M:%S%z": "[0-9]{4}/", "%Y%m": "[0-9]{6}$", "%m/%Y": "[0-9]{1,2}/[0-9]{4}$",
    "%b %Y": rf"{WORD} [0-9]{{4}}", "%B %Y": rf"{WORD}[a-z]* [0-9]{{4}}", "quarter": ".*[QqÝý]",
    "epoch seconds": "[0-9]{9,10}", "epoch milliseconds": "[0-9]{12,13}",
    "excel": rf"{NUMBER}$",
}  # fmt: skip
# Bare numbers under a heading that does not say what they are: rather later ones are no dates.
LAST_PLAUSIBLE = pd.Timestamp(2050, 12, 31)
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
    needed to read it.

    `open_orders`: day or month may stand first, and neither the column nor the file tells.
    `by_file`: only the other dates of the file tell.
    """

    formats: tuple[str, ...]
    rivals: tuple[str, ...]
    needs_zone: bool
    unread: int
    open_orders: bool = False
    by_file: bool = False


def sample(cells: pd.Series) -> pd.Series:
    """Filled cells from all over a column, without markers of emptiness."""
    filled = cells[cells.notna()]
    filled = filled[~as_text(filled).isin(EMPTY_MARKERS)]
    return filled.iloc[:: max(1, len(filled) // LOOKED_AT)]


def guess_dates(cells: pd.Series, heading: str = "date", order: str = "") -> DateGuess | None:
    """Which formats read a column; None where no cell is a date in any of them.

    The first of those that read most cells, and beside it those that read only others. Rivals
    read as many cells, and some of them as another day. `order` is that of the other dates of the
    file, for a column that fits several. Bare numbers are dates only as far as `heading` allows.
    """
    looked_at = sample(cells)
    orders = orders_of(cells)
    chosen = orders[0] if orders and len(orders) == 1 else order if order in (orders or ()) else ""
    forms = [form for form in _may_read(looked_at) if form not in ORDERS or chosen in ("", form)]
    if not forms:
        return None
    read = {
        form: read_moments(looked_at, DateReading((form,), ANY_ZONE, ANY_ZONE)) for form in forms
    }
    read = _without_counts(looked_at, read, heading)
    counts = {form: int(moments.notna().sum()) for form, moments in read.items()}
    best = max(counts, key=lambda form: counts[form])
    if not counts[best]:
        return None
    found, formats = read[best], [best]
    for form, moments in read.items():
        if (moments.notna() & found.isna()).any() and not (moments.notna() & found.notna()).any():
            found, formats = found.fillna(moments), [*formats, form]
    zoned = as_text(looked_at).str.fullmatch(OFFSET_ENDS, na=False).any()
    ordered = any(form in ORDERS for form in formats)
    others = (form for form in forms if form not in ORDERS)
    return DateGuess(
        formats=tuple(formats),
        rivals=tuple(form for form in others if _rivals(read[best], read[form])),
        needs_zone=bool(zoned) or states_seconds(tuple(formats)),
        unread=int(found.isna().sum()),
        open_orders=ordered and not chosen,
        by_file=ordered and bool(chosen) and orders != (chosen,),
    )


def _may_read(cells: pd.Series) -> Iterator[str]:
    """The formats whose beginning some cell has; typed dates and numbers are read as ISO is."""
    texts = as_text(cells).unique()
    typed = not isinstance(cells.dtype, pd.StringDtype) and len(cells) > 0
    for form, beginning in FORMATS.items():
        pattern = re.compile(beginning)
        if (typed and form == "iso") or any(pattern.match(text) for text in texts):
            yield form


def _without_counts(
    cells: pd.Series, read: dict[str, pd.Series], heading: str
) -> dict[str, pd.Series]:
    """What is read, without bare numbers that are rather counts: 1,200 received is no day of 1903.

    They stay where they are days that a contract allows, and the heading says that it is a date,
    or does not say that it is a count and they all are such days, or other cells are dates.
    """
    bare = as_text(cells).str.fullmatch(NUMBER, na=False)
    days = {form: moments.between(FIRST_DAY, LAST_DAY) for form, moments in read.items()}
    plausible = (within & (read[form] <= LAST_PLAUSIBLE) for form, within in days.items())
    all_days = any(bool(within[bare].all()) for within in plausible)
    others = any(bool(moments[~bare].notna().any()) for moments in read.values())
    if says_date(heading) or others or (all_days and not says_count(heading)):
        return {form: each.where(~bare | days[form]) for form, each in read.items()}
    return {form: each.where(~bare) for form, each in read.items()}


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

    A sign with three digits behind it in every cell that is read is rather one of thousands.
    """
    looked_at = sample(cells)
    read = {text: read_numbers(looked_at, way) for text, way in NUMBERS.items()}
    counts = {text: int(numbers.notna().sum()) for text, numbers in read.items()}
    if not any(counts.values()):
        return NumberGuess("", ())
    numbers = pd.concat([each.notna() for each in read.values()], axis=1).any(axis=1)
    written = as_text(looked_at[numbers])
    grouped = written[written.str.contains("[.,]", na=False)].str.fullmatch(IN_THOUSANDS, na=False)
    most = max(counts.values())
    best = [text for text, count in counts.items() if count == most]
    if len(best) > 1 and len(grouped) and grouped.all():
        best.sort(key=lambda text: -float(read[text].abs().sum()))  # 90,000 is not 90.000
    rivals = (text for text in best[1:] if _differ(read[best[0]], read[text]))
    return NumberGuess(best[0], tuple(rivals))


def reads_as(cells: pd.Series, guess: NumberGuess) -> pd.Series:
    """The numbers that a guess reads."""
    return read_numbers(cells, NUMBERS[guess.way])


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
