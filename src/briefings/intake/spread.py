"""`spread` in the layout of a profile."""

from __future__ import annotations

from typing import Any

from briefings.errors import SettingsError
from briefings.intake import stated
from briefings.intake.layout import Spread
from briefings.intake.readers import one_line

KEYS = {"names", "values", "same"}


def parse_spread(where: str, value: Any) -> Spread:
    """Which headings are for what; SettingsError where one lacks or stands for two things."""
    parts = stated.mapping(where, value, KEYS)
    names, values = (
        one_line(stated.text(f"{where}.{key}", parts.get(key))) for key in ("names", "values")
    )
    listed = stated.texts(f"{where}.same", parts["same"]) if "same" in parts else ()
    spread = Spread(names, values, tuple(map(one_line, listed)))
    if len(set(spread.headings)) < len(spread.headings):
        raise SettingsError(
            f"{where}: a heading stands there twice.",
            "Each is for one thing: names, values, or telling rows apart.",
        )
    return spread
