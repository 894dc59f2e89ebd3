"""What happened to the units while the months of a briefing went by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from briefings.organisation import Unit

Kind = Literal["merged", "renamed", "split", "transferred", "unknown"]


@dataclass(frozen=True)
class Reorganisation:
    """One change that touches a unit; units are named as they were before and after it.

    - merged: all of the `old` became `new`; a single old one was only replaced.
    - renamed: it kept its code.
    - split: by shares, so that earlier figures are estimates.
    - transferred: some functions went, nobody knows how many dossiers.
    - unknown: the `old` beside it went into others, and into which is not on record.
    """

    on: date
    kind: Kind
    old: tuple[Unit, ...]
    new: tuple[Unit, ...]
    verified: bool


@dataclass(frozen=True)
class EndOfUnits:
    """How many units ended before a day, and of how many it is not known who followed."""

    on: date
    ended: int
    unknown: int


@dataclass(frozen=True)
class Reorganisations:
    """How earlier figures are read, and the changes in the months shown, oldest first.

    `changes` are those that touch a single unit, `ends` are for the briefing of the root.
    """

    series: Literal["as_now", "as_then"]
    changes: tuple[Reorganisation, ...]
    ends: tuple[EndOfUnits, ...]
