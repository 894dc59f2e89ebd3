"""What a profile says about one column, checked and made a source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from briefings.errors import SettingsError
from briefings.intake import stated
from briefings.intake.conditions import parse_condition
from briefings.intake.contract import Column
from briefings.intake.defaults import Defaults, parse_dates, parse_ignore
from briefings.intake.origins import ORIGINS, fields_of, parse_origin, parse_part
from briefings.intake.read_values import length_column
from briefings.intake.shifts import LATER, LONGEST, Kind
from briefings.intake.source import EXTREMES, Shift, Source
from briefings.intake.stated_codes import codes_of
from briefings.intake.written_dates import DateReading, states_seconds
from briefings.intake.written_numbers import NumberReading, parse_numbers

DATES = {"format", "zone", "language", "plus", "start_of", "end_of"}
ANYWHERE = {"part", "codes", "others", "ignore", "if_empty", "optional", "fill_down", "only_if"}
# What a draft asks of a person; a profile in which it still stands is refused.
QUESTION = "question"
KEYS = {*ORIGINS, *DATES, *ANYWHERE, QUESTION, "with", "otherwise", "number", "same", "minus"}
LONGEST_PERIOD = 120  # months


def parse_source(where: str, value: Any, column: Column, defaults: Defaults) -> Source:
    """The source of one column; SettingsError names what is wrong with it."""
    parts = stated.mapping(where, value if isinstance(value, dict) else _short(where, value), KEYS)
    origin = parse_origin(where, parts)
    ignore = _ignore(where, parts, defaults)
    codes = codes_of(where, parts, ignore)
    if not codes and column.refers_to_unit and defaults.units:
        codes = dict(defaults.units)
    return Source(
        **fields_of(where, origin, parts, defaults.number),
        optional=stated.flag(f"{where}.optional", parts.get("optional", False)),
        fill_down=stated.flag(f"{where}.fill_down", parts.get("fill_down", False)),
        only_if=parse_condition(f"{where}.only_if", parts["only_if"], defaults.number)
        if "only_if" in parts
        else (),
        part=parse_part(where, origin, parts),
        codes=codes,
        others=stated.value_text(f"{where}.others", parts["others"]) if "others" in parts else None,
        ignore=ignore,
        if_empty=stated.value_text(f"{where}.if_empty", parts.get("if_empty")),
        dates=_dates(where, parts, column, defaults),
        shift=_shift(where, parts, column, defaults),
        number=_number(where, parts, column, defaults),
    )


def refuse_questions(where: str, columns: Mapping[str, Any]) -> None:
    """SettingsError with all that a draft asks and nobody has answered yet."""
    asked = [
        f"  {name}: {stated.shown(value[QUESTION])}"
        for name, value in columns.items()
        if isinstance(value, dict) and QUESTION in value
    ]
    if asked:
        raise SettingsError(
            f"{where}: questions of the draft are not answered:\n" + "\n".join(asked),
            "Correct the column and take `question` out of it, or take the column out.",
        )


def _short(where: str, value: Any) -> dict[str, Any]:
    if not isinstance(value, str | list):
        raise SettingsError(
            f"{where}: expected a mapping or a heading, found {stated.shown(value)}."
        )
    return {"heading": value}


def _ignore(where: str, parts: dict[str, Any], defaults: Defaults) -> tuple[str, ...]:
    stated_here = "ignore" in parts
    return parse_ignore(f"{where}.ignore", parts["ignore"]) if stated_here else defaults.ignore


def _dates(where: str, parts: dict[str, Any], column: Column, defaults: Defaults) -> DateReading:
    if column.kind not in ("day", "moment") and "days_between" not in parts:
        for key in sorted((DATES | set(EXTREMES)) & set(parts)):
            raise SettingsError(f"{where}: `{key}` is for days and moments, not for {column.kind}.")
        return DateReading()
    dates = parse_dates(f"{where}.", parts, defaults.dates, defaults.dates.local)
    if states_seconds(dates.formats) and not dates.local:
        raise SettingsError(
            f"{where}: times counted from 1970 or with an offset need a time zone.",
            "State the zone of the office, such as `zone: Asia/Ho_Chi_Minh`, for the profile.",
        )
    return dates


def _shift(where: str, parts: dict[str, Any], column: Column, defaults: Defaults) -> Shift | None:
    found = [key for key in ("plus", "start_of", "end_of") if key in parts]
    if not found:
        return None
    place = f"{where}.{found[0]}"
    if len(found) > 1 or column.kind not in ("day", "moment"):
        raise SettingsError(f"{place}: one of plus, start_of, end_of, for a day or a moment.")
    if found[0] == "plus":
        return _plus(place, parts["plus"], defaults)
    months = stated.whole(
        f"{place}.months", stated.mapping(place, parts[found[0]], ("months",)).get("months")
    )
    if months > LONGEST_PERIOD:
        raise SettingsError(f"{place}: at most {LONGEST_PERIOD} months.")
    return Shift("start_of_months" if found[0] == "start_of" else "end_of_months", months)


def _plus(where: str, value: Any, defaults: Defaults) -> Shift:
    parts = stated.mapping(where, value, LATER)
    if len(parts) != 1:
        raise SettingsError(f"{where}: expected one of {', '.join(LATER)}.")
    (kind,) = (each for each in LATER if each in parts)
    by = parts[kind]
    if isinstance(by, str | dict):
        return Shift(kind, _length(f"{where}.{kind}", by, kind, defaults))
    if stated.whole(where, by, -LONGEST[kind]) > LONGEST[kind]:
        raise SettingsError(f"{where}: at most {LONGEST[kind]:,} {kind}.")
    return Shift(kind, by)


def _length(where: str, value: Any, kind: Kind, defaults: Defaults) -> Source:
    """Where the length stands; it is taken as a column of numbers is."""
    refuse_questions(where, {kind: value})
    source = parse_source(where, value, length_column(kind), defaults)
    if source.optional or (source.take == "one" and len(source.headings) != 1):
        raise SettingsError(f"{where}: one heading, which every file has.")
    return source


def _number(
    where: str, parts: dict[str, Any], column: Column, defaults: Defaults
) -> NumberReading | None:
    for key in ("number", "sum"):
        if key in parts and column.kind not in ("whole", "number"):
            raise SettingsError(f"{where}: `{key}` is for numbers, not for {column.kind}.")
    if "number" not in parts:
        return defaults.number
    return parse_numbers(f"{where}.number", parts["number"])
