"""What a profile says about one column, checked and made a source."""

from __future__ import annotations

from typing import Any

from briefings.errors import SettingsError
from briefings.intake import stated
from briefings.intake.conditions import parse_condition
from briefings.intake.contract import Column
from briefings.intake.defaults import Defaults, parse_dates, parse_ignore
from briefings.intake.labels import contradictions, lookup
from briefings.intake.read_values import length_column
from briefings.intake.readers import one_line
from briefings.intake.readers.sheets import SHEET_HEADING
from briefings.intake.shifts import LATER, LONGEST, Kind
from briefings.intake.source import EXTREMES, Case, Part, Shift, Source
from briefings.intake.written_dates import DateReading, states_seconds
from briefings.intake.written_numbers import NumberReading, parse_numbers

ORIGINS = (
    "heading", "join", "first", "sum", "days_between", "cases", "file_name", "sheet_name", "value",
    *EXTREMES,
)  # fmt: skip
DATES = {"format", "zone", "language", "plus", "start_of", "end_of"}
ANYWHERE = {"part", "codes", "others", "ignore", "if_empty", "optional", "fill_down", "only_if"}
KEYS = {*ORIGINS, *DATES, *ANYWHERE, "with", "otherwise", "number", "same", "minus"}
# What would be done to the cell of a row, where a moment comes from another row.
OF_ONE_ROW = {"part", "codes", "others", "if_empty", "fill_down"}
LONGEST_PERIOD = 120  # months


def parse_source(where: str, value: Any, column: Column, defaults: Defaults) -> Source:
    """The source of one column; SettingsError names what is wrong with it."""
    parts = stated.mapping(where, value if isinstance(value, dict) else _short(where, value), KEYS)
    origin = _origin(where, parts)
    ignore = _ignore(where, parts, defaults)
    codes = _codes(where, parts, ignore)
    if not codes and column.refers_to_unit and defaults.units:
        codes = dict(defaults.units)
    return Source(
        **_from(where, origin, parts, defaults.number),
        optional=stated.flag(f"{where}.optional", parts.get("optional", False)),
        fill_down=stated.flag(f"{where}.fill_down", parts.get("fill_down", False)),
        only_if=parse_condition(f"{where}.only_if", parts["only_if"], defaults.number)
        if "only_if" in parts
        else (),
        part=_any_part(where, origin, parts),
        codes=codes,
        others=stated.value_text(f"{where}.others", parts["others"]) if "others" in parts else None,
        ignore=ignore,
        if_empty=stated.value_text(f"{where}.if_empty", parts.get("if_empty")),
        dates=_dates(where, parts, column, defaults),
        shift=_shift(where, parts, column, defaults),
        number=_number(where, parts, column, defaults),
    )


def parse_codes(where: str, value: Any, ignore: tuple[str, ...]) -> dict[str, str]:
    """Labels to codes; SettingsError where two labels are one label to whoever compares them."""
    listed = stated.mapping(where, value)
    codes = {
        stated.value_text(where, label): stated.value_text(f"{where}.{label}", code)
        for label, code in listed.items()
    }
    twice = contradictions(codes, ignore)
    if twice:
        raise SettingsError(
            f"{where}: {stated.shown(twice[0])} has two codes.",
            "Labels are compared trimmed" + "".join(f", without {each}" for each in ignore) + ".",
        )
    return codes


def _short(where: str, value: Any) -> dict[str, Any]:
    if not isinstance(value, str | list):
        raise SettingsError(
            f"{where}: expected a mapping or a heading, found {stated.shown(value)}."
        )
    return {"heading": value}


def _origin(where: str, parts: dict[str, Any]) -> str:
    found = [key for key in ORIGINS if key in parts]
    if len(found) != 1:
        raise SettingsError(
            f"{where}: needs `heading: text` or one other of {', '.join(ORIGINS)}."
            if not found
            else f"{where}: {' and '.join(found)} cannot stand together."
        )
    for key, of in (
        ("with", ("join",)),
        ("otherwise", ("cases",)),
        ("same", EXTREMES),
        ("minus", ("sum",)),
    ):
        if key in parts and found[0] not in of:
            raise SettingsError(f"{where}: `{key}` belongs to `{'` and `'.join(of)}`.")
    return found[0]


def _from(
    where: str, origin: str, parts: dict[str, Any], number: NumberReading | None
) -> dict[str, Any]:
    """The fields that say which cells are taken."""
    place, value = f"{where}.{origin}", parts[origin]
    if origin == "cases":
        return {"take": "cases", "cases": _cases(place, value, parts.get("otherwise"), number)}
    if origin == "value":
        always = Case((), stated.value_text(place, value))
        return {"take": "cases", "cases": (always,)}
    if origin == "file_name":
        return {"take": "file_name"}
    if origin == "sheet_name":
        return {"headings": (SHEET_HEADING,)}
    if origin in EXTREMES:
        return _of_case(where, origin, parts)
    if origin == "sum":
        minus = stated.texts(f"{where}.minus", parts["minus"]) if "minus" in parts else ()
        least = 1 if minus else 2
        added = tuple(map(one_line, stated.texts(place, value, least=least)))
        return {"take": "sum", "headings": added, "minus": tuple(map(one_line, minus))}
    least = {"heading": 1, "days_between": 2}.get(origin, 2)
    headings = tuple(map(one_line, stated.texts(place, value, least=least)))
    if origin == "days_between" and len(headings) != 2:
        raise SettingsError(f"{place}: expected two headings, the earlier day first.")
    glue = parts.get("with", "")
    if not isinstance(glue, str):
        raise SettingsError(f"{where}.with: expected a text, found {stated.shown(glue)}.")
    return {"take": "one" if origin == "heading" else origin, "headings": headings, "glue": glue}


def _of_case(where: str, origin: str, parts: dict[str, Any]) -> dict[str, Any]:
    for key in sorted(OF_ONE_ROW & set(parts)):
        raise SettingsError(f"{where}: `{key}` cannot stand beside `{origin}`.")
    same = stated.texts(f"{where}.same", parts.get("same"))
    heading = stated.text(f"{where}.{origin}", parts[origin])
    return {
        "take": origin,
        "headings": (one_line(heading),),
        "same": tuple(map(one_line, same)),
    }


def _cases(
    where: str, value: Any, otherwise: Any, number: NumberReading | None
) -> tuple[Case, ...]:
    if not isinstance(value, list) or not value:
        raise SettingsError(f"{where}: expected a list of `{{if: …, then: code}}`.")
    cases = []
    for position, each in enumerate(value, 1):
        place = f"{where}[{position}]"
        parts = stated.mapping(place, each, ("if", "then"))
        code = stated.value_text(f"{place}.then", parts.get("then"))
        cases.append(Case(parse_condition(f"{place}.if", parts.get("if"), number), code))
    if otherwise is not None:
        cases.append(Case((), stated.value_text(f"{where}.otherwise", otherwise)))
    return tuple(cases)


def _any_part(where: str, origin: str, parts: dict[str, Any]) -> Part | None:
    if origin not in ("file_name", "sheet_name"):
        return _part(f"{where}.part", parts["part"]) if "part" in parts else None
    if "part" in parts:
        raise SettingsError(f"{where}: the pattern of `{origin}` says the part.")
    return Part(pattern=stated.pattern(f"{where}.{origin}", parts[origin]))


def _part(where: str, value: Any) -> Part:
    if isinstance(value, str):
        return Part(pattern=stated.pattern(where, value))
    parts = stated.mapping(where, value, _part_keys(value))
    if "pattern" in parts:
        return Part(pattern=stated.pattern(f"{where}.pattern", parts["pattern"]))
    if "split" in parts:
        place = stated.whole(f"{where}.take", parts.get("take", 1))
        return Part(split=stated.text(f"{where}.split", parts["split"]), first=place)
    first = stated.whole(f"{where}.from", parts.get("from", 1))
    last = stated.whole(f"{where}.to", parts["to"], first) if "to" in parts else None
    return Part(first=first, last=last)


def _part_keys(value: Any) -> tuple[str, ...]:
    """What belongs together: a pattern, a piece by its place, or signs by number."""
    for keys in (("pattern",), ("split", "take")):
        if isinstance(value, dict) and keys[0] in value:
            return keys
    return ("from", "to")


def _ignore(where: str, parts: dict[str, Any], defaults: Defaults) -> tuple[str, ...]:
    stated_here = "ignore" in parts
    return parse_ignore(f"{where}.ignore", parts["ignore"]) if stated_here else defaults.ignore


def _codes(where: str, parts: dict[str, Any], ignore: tuple[str, ...]) -> dict[str, str]:
    if {"cases", "value", "sum"} & set(parts):
        for key in sorted({"codes", "others"} & set(parts)):
            raise SettingsError(f"{where}: `{key}` is for the labels of a heading.")
    if "others" in parts and not parts.get("codes"):
        raise SettingsError(f"{where}: `others` belongs to `codes`.")
    if "codes" not in parts:
        return {}
    codes = parse_codes(f"{where}.codes", parts["codes"], ignore)
    empty = stated.value_text(f"{where}.if_empty", parts.get("if_empty"))
    if empty and empty in codes.values():  # said in the words of codes: what else could be meant
        codes.setdefault(empty, empty)
    if empty and empty not in lookup(codes, [empty], ignore):
        raise SettingsError(
            f"{where}.if_empty: {stated.shown(empty)} is neither among the labels of `codes` nor "
            "among their codes."
        )
    return codes


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
