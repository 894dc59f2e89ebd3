"""What a profile says once for all columns of a table: dates, zones, numbers, labels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from briefings.intake import stated
from briefings.intake.labels import IGNORED
from briefings.intake.month_names import parse_language
from briefings.intake.written_dates import DateReading, parse_formats
from briefings.intake.written_numbers import NumberReading, parse_numbers

DEFAULT_KEYS = ("zone", "format", "language", "number", "ignore")


@dataclass(frozen=True)
class Defaults:
    """What a profile says once for all columns of a table."""

    dates: DateReading = field(default_factory=DateReading)
    number: NumberReading | None = None
    ignore: tuple[str, ...] = ()
    units: Mapping[str, str] | None = None


def parse_defaults(where: str, parts: dict[str, Any], above: Defaults) -> Defaults:
    """What a profile or a table of it says, and else what stands above it."""
    dates = parse_dates(f"{where}: ", parts, above.dates)
    number, ignore = above.number, above.ignore
    if "number" in parts:
        number = parse_numbers(f"{where}: number", parts["number"])
    if "ignore" in parts:
        ignore = parse_ignore(f"{where}: ignore", parts["ignore"])
    return replace(above, dates=dates, number=number, ignore=ignore)


def parse_dates(
    where: str, parts: dict[str, Any], above: DateReading, local: str = ""
) -> DateReading:
    """How dates are written that have these keys; `local` is the local zone, where it is known."""
    dates = above
    if "format" in parts:
        dates = replace(dates, formats=parse_formats(f"{where}format", parts["format"]))
    if "zone" in parts:
        written, local = _zones(f"{where}zone", parts["zone"], local)
        dates = replace(dates, written=written, local=local)
    if "language" in parts:
        dates = replace(dates, language=parse_language(f"{where}language", parts["language"]))
    return dates


def parse_ignore(where: str, value: Any) -> tuple[str, ...]:
    """What is ignored when labels are compared."""
    return stated.words(where, value, IGNORED)


def _zones(where: str, value: Any, local: str) -> tuple[str, str]:
    """The zone that clock times are written in, and the local one; one name may say both."""
    if isinstance(value, dict):
        parts = stated.mapping(where, value, ("written", "local"))
        local = stated.zone(f"{where}.local", parts.get("local", local or None))
        return stated.zone(f"{where}.written", parts.get("written", local)), local
    name = stated.zone(where, value)
    return name, local or name
