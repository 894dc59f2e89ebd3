"""How the dates of a column seem to be written; every guess is for a person."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from briefings.intake.cells import as_text
from briefings.intake.contract import FIRST_DAY, LAST_DAY
from briefings.intake.date_orders import EITHER, ORDERS, UNKNOWN_ORDER, FileOrder, orders_of
from briefings.intake.half_converted import MONTHS
from briefings.intake.heading_words import says_count, says_date
from briefings.intake.looked_at import differ, sample
from briefings.intake.written_dates import (
    NUMBER,
    DateReading,
    read_moments,
    states_seconds,
)

WORD = r"[A-Za-z]{3}"
# Each with how a cell begins that it might read: to try them all on every column takes long.
FORMATS = {
    "iso": r"[0-9]{4}-?[0-9]{1,2}-?[0-9]{1,2}", "day-first": EITHER, "month-first": EITHER,
    "year-first": r"[0-9]{2,4}[-/. ][0-9]", "%d-%b-%y": rf"[0-9]+-{WORD}",
    "%d-%b-%Y": rf"[0-9]+-{WORD}", "%d %B %Y": rf"[0-9]+ {WORD}", "%b %d, %Y": rf"{WORD} [0-9]",
    "%B %d, %Y": rf"{WORD}[a-z]* [0-9]", "%b %d, %Y %I:%M %p": rf"{WORD} [0-9]",
    "%H:%M:%S %d/%m/%Y": "[0-9]{1,2}:[0-9]{2}:[0-9]{2} [0-9]",
    "%H:%M %d/%m/%Y": "[0-9]{1,2}:[0-9]{2} [0-9]", "%d/%m/%Y - %H:%M": "[0-9/]{8,10} - ",
    "%Y/%m/%d %H:%M:%S%z": "[0-9]{4}/", "%Y%m": "[0-9]{6}$", "%m/%Y": "[0-9]{1,2}/[0-9]{4}$",
    "%b %Y": rf"{WORD} [0-9]{{4}}", "%B %Y": rf"{WORD}[a-z]* [0-9]{{4}}", "quarter": ".*[QqÝý]",
    "half-year": "(?i)(?:[0-9]{4}.*)?[hs][12]|[12]h|semest",
    "epoch seconds": "[0-9]{9,10}", "epoch milliseconds": "[0-9]{12,13}",
    "excel": rf"{NUMBER}$",
}  # fmt: skip
# Bare numbers under a heading that does not say what they are: rather later ones are no dates.
LAST_PLAUSIBLE = pd.Timestamp(2050, 12, 31)
OFFSET_ENDS = r".*[T:][0-9]{2}(?:[.,][0-9]+)?\s?(?:Z|[+-][0-9]{2}(?::?[0-9]{2})?)"
YEAR_FIRST, MUCH_LONGER = "year-first", 4
DAY, MONTH = "%d/%m", "%m/%d"
ANY_ZONE = "UTC"  # to see whether a format fits; which zone it is, only a person knows


@dataclass(frozen=True)
class DateGuess:
    """Formats that fit a column of dates, others that would fit as well, and whether a zone is
    needed to read it.

    `open_orders`: day or month may stand first, and neither the column nor the file tells.
    `by_file`: the heading of other dates of the file, where only they tell. `half_converted`:
    days up to the 12th are written otherwise than later ones, as by a spreadsheet that took day
    for month.
    """

    formats: tuple[str, ...]
    rivals: tuple[str, ...]
    needs_zone: bool
    unread: int
    open_orders: bool = False
    by_file: str = ""
    half_converted: bool = False

    @property
    def are_bare_numbers(self) -> bool:
        """Whether all are numbers of days, which could be numbers of anything."""
        return self.formats == ("excel",)


def guess_dates(
    cells: pd.Series, heading: str = "date", of_file: FileOrder = UNKNOWN_ORDER
) -> DateGuess | None:
    """Which formats read a column; None where no cell is a date in any of them.

    The first of those that read most cells, and beside it those that read only others. Rivals
    read as many cells, and some of them as another day. `of_file` is the order of the other dates
    of the file, for a column that fits several. Bare numbers are dates only as far as `heading`
    allows.
    """
    looked_at = sample(cells)
    orders = orders_of(cells)
    chosen = orders[0] if orders and len(orders) == 1 else ""
    by_file = not chosen and of_file.order in (orders or ())
    chosen = of_file.order if by_file else chosen
    forms = [form for form in _may_read(looked_at) if form not in ORDERS or chosen in ("", form)]
    if not forms:
        return None
    read = {
        form: read_moments(looked_at, DateReading((form,), ANY_ZONE, ANY_ZONE)) for form in forms
    }
    read = _without_counts(looked_at, read, heading)
    best = max(read, key=lambda form: int(read[form].notna().sum()))
    if read[best].isna().all():
        return None
    found, formats = read[best], [best]
    for form, moments in read.items():
        if (moments.notna() & found.isna()).any() and not (moments.notna() & found.notna()).any():
            found, formats = found.fillna(moments), [*formats, form]
    zoned = as_text(looked_at).str.fullmatch(OFFSET_ENDS, na=False).any()
    ordered = any(form in ORDERS for form in formats)
    rivals = [
        form
        for form in forms
        if form not in ORDERS
        and _rivals(read[best], read[form])
        and not _makes_many_years(form, best, read)
    ]
    return DateGuess(
        formats=tuple(formats),
        rivals=(*rivals, *_months_first(formats, found)),
        needs_zone=bool(zoned) or states_seconds(tuple(formats)),
        unread=int(found.isna().sum()),
        open_orders=ordered and not chosen,
        by_file=of_file.told_by if ordered and by_file else "",
        half_converted=ordered and _are_half(found, [read[f] for f in formats if f in ORDERS]),
    )


def _are_half(found: pd.Series, ordered: Sequence[pd.Series]) -> bool:
    """Whether dates of figures in an order are of late days, and all others of early ones."""
    in_order = pd.concat([each.notna() for each in ordered], axis=1).any(axis=1)
    late, early = found[in_order].dt.day, found[~in_order].dropna().dt.day
    both = len(late) > 0 and len(early) > 0
    return both and bool((early <= MONTHS).all() and (late > MONTHS).all())


def _makes_many_years(form: str, best: str, read: Mapping[str, pd.Series]) -> bool:
    """Whether years that stand first make days of many years out of those of one.

    The reverse says nothing: one day a year looks as days of one month do.
    """
    if form != YEAR_FIRST or best not in ORDERS:
        return False
    one, other = (read[each].max() - read[each].min() for each in (best, form))
    return bool(MUCH_LONGER * one < other)


def _months_first(formats: Sequence[str], found: pd.Series) -> Iterator[str]:
    """The patterns with the month first that would read all cells as well."""
    if (found.dropna().dt.day <= MONTHS).all():
        yield from (form.replace(DAY, MONTH) for form in formats if DAY in form)


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
    return bool(other.notna().sum() == one.notna().sum()) and differ(one, other)
