"""Which cells a profile takes for a column: of a heading, of several, by cases, of all rows."""

from __future__ import annotations

from typing import Any

from briefings.errors import SettingsError
from briefings.intake import stated
from briefings.intake.conditions import parse_condition
from briefings.intake.readers import one_line
from briefings.intake.readers.sheets import SHEET_HEADING
from briefings.intake.source import EXTREMES, Case, Part
from briefings.intake.written_numbers import NumberReading

ORIGINS = (
    "heading", "join", "first", "sum", "days_between", "cases", "file_name", "sheet_name", "value",
    *EXTREMES,
)  # fmt: skip
# What would be done to the cell of a row, where a moment comes from another row.
OF_ONE_ROW = {"part", "codes", "others", "if_empty", "fill_down"}


def parse_origin(where: str, parts: dict[str, Any]) -> str:
    """The one key that says what is taken; SettingsError for none, for two, for what is not its."""
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


def fields_of(
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


def parse_part(where: str, origin: str, parts: dict[str, Any]) -> Part | None:
    """The part of the text that is read."""
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
