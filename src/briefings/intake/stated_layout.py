"""Where the table lies in a file, as a profile states it."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from briefings.errors import SettingsError
from briefings.intake import stated
from briefings.intake.layout import Layout
from briefings.intake.readers import is_delivered, one_line
from briefings.intake.spread import parse_spread

LAYOUT_KEYS = {each.name for each in fields(Layout)}


def parse_layout(where: str, value: Any, above: Layout) -> Layout:
    """The layout, with what is not stated as above; SettingsError for a part that is wrong."""
    parts = stated.mapping(where, value, LAYOUT_KEYS)
    kept = {key: _part(f"{where}.{key}", key, part) for key, part in parts.items()}
    try:
        return replace(above, **kept)
    except SettingsError as error:
        raise SettingsError(f"{where}: {error.message}", error.advice) from error


def _part(where: str, key: str, value: Any) -> Any:
    if key in ("first_row", "last_row"):
        return stated.whole(where, value)
    if key == "header_rows":
        listed = value if isinstance(value, list) else [value]
        return tuple(stated.whole(where, row) for row in listed)
    if key == "turn":
        return stated.pattern(where, value)
    if key == "headings":
        return _other_headings(where, value)
    if key == "spread":
        return parse_spread(where, value)
    return _empty(where, value) if key == "empty" else stated.text(where, value)


def _other_headings(where: str, value: Any) -> tuple[tuple[str, tuple[str, ...]], ...]:
    found = tuple(
        (one_line(name), tuple(map(one_line, stated.texts(f"{where}.{name}", others))))
        for name, others in stated.mapping(where, value).items()
    )
    named = [other for _, others in found for other in others]
    for heading in (*(name for name, _ in found), *named):
        if not is_delivered(heading):
            raise SettingsError(
                f"{where}: {stated.shown(heading)} is no heading of a file.",
                "It is written by whoever reads the file, and has no other name.",
            )
    stated.refuse_repeated(where, named, "has two other names")
    return found


def _empty(where: str, value: Any) -> tuple[str, ...]:
    """`null` in a list of markers is the text that somebody wrote."""
    listed = value if isinstance(value, list) else [value]
    return tuple("null" if each is None else stated.value_text(where, each) for each in listed)
