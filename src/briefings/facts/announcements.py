"""Announced procedures: the decisions, and those published late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from briefings.organisation import Unit


@dataclass(frozen=True)
class Decision:
    """One announcement decision and how many procedures it made new, amended and abolished."""

    number: str
    issued: date
    unit: Unit
    title: str
    new: int
    amended: int
    abolished: int


@dataclass(frozen=True)
class LatePublication:
    """A decision of which `procedures` were published late or not at all (`missing`)."""

    number: str
    unit: Unit
    publish_by: date
    last_published: date | None
    procedures: int
    missing: int


@dataclass(frozen=True)
class Announcements:
    """The year's decisions, and those due for publication in it and late."""

    decisions: tuple[Decision, ...]
    late: tuple[LatePublication, ...]
