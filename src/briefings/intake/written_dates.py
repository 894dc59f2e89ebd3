"""Dates as sources write them: patterns, orders, ISO, serial numbers, seconds, and time zones."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pandas as pd

from briefings.errors import SettingsError
from briefings.intake import stated
from briefings.intake.cells import as_text
from briefings.intake.halves_of_day import without_dots
from briefings.intake.month_names import in_english
from briefings.intake.number_orders import ORDERS, as_iso
from briefings.intake.parts_of_year import PARTS, first_days
from briefings.intake.readers.numbers import LAST_SERIAL, USUAL_DAY_ZERO, SerialNumber

# ISO 8601 also allows a bare year or month: neither is a day.
LOCAL_ISO = r"(?:[0-9]{8}|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2})(?:[ T][0-9:.]+)?"
OFFSET = r" ?(?:Z|UTC|[+-][0-9]{2}(?::?[0-9]{2})?)"
ISO = "iso"
# Serial numbers, and how many days later than usual their day zero is.
SERIALS = {"excel": 0, "excel 1904": (date(1904, 1, 1) - USUAL_DAY_ZERO).days}
EPOCHS = {"epoch seconds": 1, "epoch milliseconds": 1000}
WORDS = (ISO, *PARTS, *SERIALS, *ORDERS, *EPOCHS)
NUMBER = r"[0-9]{1,14}(?:\.[0-9]+)?"
EXCEL_EPOCH = pd.Timestamp(USUAL_DAY_ZERO)
# 1990 to 2100, as contracts demand of any date: seconds of it are no serial number.
FIRST_SECOND, LAST_SECOND = 631_152_000, 4_133_980_799
NAMED_MONTH = re.compile("%[bB]")
CLOCK_IN_PATTERN = re.compile("%[HIcX]")


@dataclass(frozen=True)
class DateReading:
    """How a column writes its dates.

    `formats` are patterns of strptime or WORDS; ISO 8601 if there is none. `written` is the time
    zone of clock times without an offset, `local` the one in which the office counts its days;
    both are empty where the profile states none, and then a time with an offset is not readable.
    A day without a clock is the same day in both.
    `language` is that of the months which patterns name, English if empty.
    """

    formats: tuple[str, ...] = ()
    written: str = ""
    local: str = ""
    language: str = ""


def parse_formats(where: str, value: Any) -> tuple[str, ...]:
    """One format or several; SettingsError for what is neither a pattern nor a known word."""
    formats = stated.texts(where, value)
    for each in formats:
        if each not in WORDS and not _is_pattern(each):
            raise SettingsError(
                f"{where}: {stated.shown(each)} is no format of dates.",
                f'Write a pattern such as "%d/%m/%Y %H:%M", or {", ".join(WORDS)}.',
            )
    return formats


def _is_pattern(text: str) -> bool:
    """Whether pandas can read by it; it finds a directive that it does not know only then."""
    try:
        pd.to_datetime(pd.Series(["2025"], dtype="str"), format=text, errors="coerce", utc=True)
    except (ValueError, re.error):
        return False
    return "%" in text


def read_moments(cells: pd.Series, reading: DateReading) -> pd.Series:
    """Local clock times; missing where a cell is no date, or two formats read it differently."""
    if isinstance(cells.dtype, pd.DatetimeTZDtype):
        return _to_local(cells, reading.local)
    if pd.api.types.is_datetime64_any_dtype(cells):
        return _from_written(cells, reading)
    if cells.dtype != object and not pd.api.types.is_numeric_dtype(cells):
        return _read_text(cells, reading)
    kinds = cells.map(_kind)
    found = pd.Series(pd.NaT, index=cells.index, dtype="datetime64[us]")
    for kind, read in (("date", _read_dates), ("number", _read_numbers), ("text", _read_text)):
        chosen = kinds == kind
        if chosen.any():
            found[chosen] = read(cells[chosen], reading).astype("datetime64[us]")
    return found


def _kind(cell: object) -> str:
    if cell is None or cell is pd.NaT or cell is pd.NA or cell != cell:
        return "empty"
    if isinstance(cell, datetime | date):
        return "date"
    return "number" if isinstance(cell, int | float) and not isinstance(cell, bool) else "text"


def _read_dates(cells: pd.Series, reading: DateReading) -> pd.Series:
    zoned = cells.map(lambda cell: isinstance(cell, datetime) and cell.tzinfo is not None)
    unzoned = cells[~zoned]
    naive = pd.to_datetime(unzoned.map(pd.Timestamp), errors="coerce").astype("datetime64[us]")
    has_clock = unzoned.map(lambda cell: isinstance(cell, datetime)).astype(bool)
    moments = [_day_or_moment(naive, has_clock, reading)]
    if zoned.any():
        in_utc: pd.Series = pd.to_datetime(cells[zoned], errors="coerce", utc=True)
        moments.append(_to_local(in_utc.dt.as_unit("us"), reading.local))
    found: pd.Series = pd.concat(moments).reindex(cells.index)
    return found


def _read_numbers(cells: pd.Series, reading: DateReading) -> pd.Series:
    """A number in a workbook is a serial date, unless the profile says seconds.

    Its day zero is that of the workbook, where it has one of its own, and not that of the profile.
    """
    numbers = pd.to_numeric(cells, errors="coerce").astype("float64")
    epochs = [word for word in reading.formats if word in EPOCHS]
    read = [_from_epoch(numbers, EPOCHS[word], reading.local) for word in epochs]
    usual = max((SERIALS.get(word, 0) for word in reading.formats), default=0)
    days_late = cells.map(lambda cell: cell.days_late if isinstance(cell, SerialNumber) else usual)
    return _agreed([*read, _from_serial(numbers + days_late, reading)])


def _read_text(cells: pd.Series, reading: DateReading) -> pd.Series:
    text = as_text(cells)
    return _agreed([_by_format(text, each, reading) for each in reading.formats or (ISO,)])


def _agreed(readings: list[pd.Series]) -> pd.Series:
    """What the formats read, tried in order; a cell that two of them read differently is lost."""
    found = readings[0]
    differing = pd.Series(False, index=found.index)
    for other in readings[1:]:
        differing |= found.notna() & other.notna() & (found != other)
        found = found.fillna(other)
    return found.mask(differing)


def _by_format(text: pd.Series, form: str, reading: DateReading) -> pd.Series:
    if form == ISO:
        return _read_iso(text, reading)
    if form in PARTS:
        return _read_iso(first_days(text, form), reading)
    if form in ORDERS:
        return _read_iso(as_iso(text, form, OFFSET), reading)
    if form in EPOCHS or form in SERIALS:
        numbers = pd.to_numeric(text.where(text.str.fullmatch(NUMBER, na=False)), errors="coerce")
        numbers = numbers.astype("float64")
        if form in SERIALS:
            return _from_serial(numbers + SERIALS[form], reading)
        return _from_epoch(numbers, EPOCHS[form], reading.local)
    if reading.language and NAMED_MONTH.search(form):
        text = in_english(text, reading.language, form)
    if "%p" in form:
        text = without_dots(text, form)
    if "%z" in form or "%Z" in form:
        return _to_local(_parsed(text, form, utc=True), reading.local)
    moments = _parsed(text, form)
    return _from_written(moments, reading) if CLOCK_IN_PATTERN.search(form) else moments


def _parsed(text: pd.Series, form: str, *, utc: bool = False) -> pd.Series:
    """Moments by the microsecond, whatever unit pandas thinks enough for these texts."""
    moments = pd.to_datetime(text, format=form, errors="coerce", utc=utc)
    exact: pd.Series = moments.dt.as_unit("us")
    return exact


def _read_iso(text: pd.Series, reading: DateReading) -> pd.Series:
    local = text.where(text.str.fullmatch(LOCAL_ISO, na=False))
    has_clock = local.str.contains("[ T]", na=False)
    found = _day_or_moment(_parsed(local, "ISO8601"), has_clock, reading)
    if not reading.local or local.notna().sum() == text.notna().sum():
        return found
    zoned = text.where(text.str.fullmatch(LOCAL_ISO + OFFSET, na=False))
    zoned = zoned.str.replace("UTC", "Z", regex=False).str.replace(" Z", "Z", regex=False)
    return found.fillna(_to_local(_parsed(zoned, "ISO8601", utc=True), reading.local))


def _from_serial(numbers: pd.Series, reading: DateReading) -> pd.Series:
    days = numbers.where((numbers > 0) & (numbers < LAST_SERIAL + 1))
    seconds = pd.to_timedelta((days * 86_400).round(), unit="s").astype("timedelta64[us]")
    moments = (EXCEL_EPOCH + seconds).astype("datetime64[us]")
    return _day_or_moment(moments, days % 1 != 0, reading)


def _from_epoch(numbers: pd.Series, per_second: int, local: str) -> pd.Series:
    seconds = numbers / per_second
    seconds = seconds.where(seconds.between(FIRST_SECOND, LAST_SECOND))
    moments: pd.Series = pd.to_datetime(seconds, unit="s", utc=True)
    return _to_local(moments.dt.as_unit("us"), local)


def _day_or_moment(moments: pd.Series, has_clock: pd.Series, reading: DateReading) -> pd.Series:
    """Moments as local ones; a day without a clock is the same day everywhere."""
    return _from_written(moments, reading).where(has_clock, moments)


def _from_written(moments: pd.Series, reading: DateReading) -> pd.Series:
    """Clock times of the zone they are written in as local ones; an hour that occurs twice or
    never there is lost."""
    if reading.written == reading.local:
        return moments
    zoned = moments.dt.tz_localize(reading.written, ambiguous="NaT", nonexistent="NaT")
    return _to_local(zoned, reading.local)


def _to_local(moments: pd.Series, local: str) -> pd.Series:
    if not local:  # which day it is here, nobody has said
        return pd.Series(pd.NaT, index=moments.index, dtype="datetime64[us]")
    there: pd.Series = moments.dt.tz_convert(local).dt.tz_localize(None).dt.round("us")
    return there


def states_seconds(formats: tuple[str, ...]) -> bool:
    """Whether a format counts from 1970 in UTC or writes an offset, and so needs a zone."""
    return any(each in EPOCHS or re.search("%[zZ]", each) for each in formats)
