"""The codes that a profile states for the labels of a source."""

from __future__ import annotations

from typing import Any

from briefings.errors import SettingsError
from briefings.intake import stated
from briefings.intake.labels import contradictions, lookup


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


def codes_of(where: str, parts: dict[str, Any], ignore: tuple[str, ...]) -> dict[str, str]:
    """The codes that a column states; none where it has no labels."""
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
