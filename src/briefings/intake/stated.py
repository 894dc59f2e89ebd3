"""What a profile states, part by part: the right type and a known key, or a clear refusal."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pyarrow as pa
import pyarrow.compute as pc

from briefings.errors import SettingsError

LONGEST_PATTERN = 200
# What an error shows of a value, and of how many.
LONGEST_SHOWN, MOST_SHOWN = 80, 50
LONGEST_MESSAGE = 1_000


@contextmanager
def bounded() -> Iterator[None]:
    """Keep messages readable whatever the keys and values that they name."""
    try:
        yield
    except SettingsError as error:
        message = shortened(error.message, LONGEST_MESSAGE)
        raise SettingsError(message, shortened(error.advice, LONGEST_MESSAGE)) from error


def mapping(where: str, value: Any, known: Collection[str] | None = None) -> dict[str, Any]:
    """A mapping, with none but the known keys where they are given."""
    if not isinstance(value, dict):
        raise SettingsError(f"{where}: expected a mapping, found {shown(value)}.")
    parts = {_key(key): part for key, part in value.items()}
    unknown = sorted(set(parts) - set(known)) if known is not None else []
    if unknown:
        raise SettingsError(
            f"{where}: unknown {listed(unknown)}.",
            f"Known are {', '.join(sorted(known or ()))}.",
        )
    return parts


def _key(key: object) -> str:
    """A key as cells are compared with it; `null` is a label that somebody wrote."""
    return "null" if key is None else str(key).lower() if isinstance(key, bool) else str(key)


def text(where: str, value: Any) -> str:
    """A text that is not empty."""
    if not isinstance(value, str) or not value:
        raise SettingsError(f"{where}: expected a text, found {shown(value)}.")
    return value


def texts(where: str, value: Any, *, least: int = 1) -> tuple[str, ...]:
    """A text or a list of texts."""
    parts = value if isinstance(value, list) else [value]
    if len(parts) < least:
        raise SettingsError(f"{where}: expected at least {least} texts.")
    return tuple(text(where, part) for part in parts)


def word(where: str, value: Any, known: Collection[str]) -> str:
    """One of a few words."""
    if value not in known:
        raise SettingsError(
            f"{where}: {shown(value)} is not known.", f"Known are {', '.join(known)}."
        )
    return str(value)


def words(where: str, value: Any, known: Collection[str]) -> tuple[str, ...]:
    """One or several of a few words."""
    parts = value if isinstance(value, list) else [value]
    return tuple(word(where, part, known) for part in parts)


def whole(where: str, value: Any, least: int = 1) -> int:
    """A whole number."""
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise SettingsError(
            f"{where}: expected a whole number from {least} on, found {shown(value)}."
        )
    return value


def flag(where: str, value: Any) -> bool:
    """`true` or `false`."""
    if not isinstance(value, bool):
        raise SettingsError(f"{where}: expected true or false, found {shown(value)}.")
    return value


def refuse_repeated(where: str, names: Sequence[str], wrong: str) -> None:
    """SettingsError where one of the names stands twice, in the words of what is wrong then."""
    for name in names:
        if names.count(name) > 1:
            raise SettingsError(f"{where}: {shown(name)} {wrong}.")


def value_text(where: str, value: Any) -> str:
    """A single value as cells are compared with it; empty for null."""
    if isinstance(value, dict | list):
        raise SettingsError(f"{where}: expected a single value, found {shown(value)}.")
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else unicodedata.normalize("NFC", str(value)).strip()


def value_texts(where: str, value: Any) -> tuple[str, ...]:
    """One or several single values as text."""
    parts = value if isinstance(value, list) else [value]
    return tuple(value_text(where, part) for part in parts)


def pattern(where: str, value: Any) -> str:
    """A regular expression that takes linear time (RE2), with one group at most."""
    stated = text(where, value)
    try:
        groups = re.compile(stated).groups
        pc.match_substring_regex(pa.array([""]), stated)
    except (re.error, pa.ArrowInvalid, RecursionError, OverflowError) as error:
        raise SettingsError(
            f"{where}: {shown(stated)} is not a usable pattern: {error}."
        ) from error
    if len(stated) > LONGEST_PATTERN or groups > 1:
        raise SettingsError(
            f"{where}: a pattern has one group in brackets at most, and {LONGEST_PATTERN} signs.",
            "Mark brackets that only hold together with (?:…).",
        )
    return stated


def zone(where: str, value: Any) -> str:
    """The name of a time zone."""
    name = text(where, value)
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise SettingsError(
            f"{where}: there is no time zone {shown(name)}.",
            "Zones are named as Asia/Ho_Chi_Minh, America/New_York, UTC.",
        ) from error
    return name


def day(where: str, value: Any) -> date:
    """A day, written as 2025-01-31."""
    try:
        return date.fromisoformat(text(where, value))
    except ValueError as error:
        raise SettingsError(f"{where}: {shown(value)} is no day such as 2025-01-31.") from error


def shown(value: Any) -> str:
    """A value as an error prints it: never more than a line."""
    return shortened(repr(value), LONGEST_SHOWN)


def listed(names: Sequence[str]) -> str:
    """Names as an error lists them: a few, and none of them longer than a line."""
    few = ", ".join(shortened(name, LONGEST_SHOWN) for name in names[:MOST_SHOWN])
    more = len(names) - MOST_SHOWN
    return f"{few} and {more} more" if more > 0 else few


def shortened(text: str, longest: int) -> str:
    """A text without its middle, where it is too long to be read."""
    if len(text) <= longest:
        return text
    return f"{text[: longest * 2 // 3]}…{text[len(text) - longest // 4 :]}"
