"""All units side by side: facts of the root only."""

from __future__ import annotations

from dataclasses import dataclass

from briefings.facts.funnel import Funnel
from briefings.facts.observation import Observation
from briefings.facts.published import Comparison
from briefings.organisation import Unit

# The measures of the table that sets the units side by side.
COUNTS = ("received_in_period", "processed", "processed_late", "pending_overdue")
RATES = ("on_time", "sync", "online_filing", "online_payment")


@dataclass(frozen=True)
class UnitRow:
    """Observations of one unit, or of several together: then `unit` is None, and `group` names
    them and `members` says how many they are."""

    unit: Unit | None
    group: str
    members: int
    observations: tuple[Observation, ...]


@dataclass(frozen=True)
class Missing:
    """Dossiers of a unit, or of all `others`, that the national portal lacks."""

    unit: Unit | None
    received: Observation
    sync: Observation

    @property
    def dossiers(self) -> int:
        """How many are missing."""
        return (self.sync.denominator or 0) - (self.sync.numerator or 0)


@dataclass(frozen=True)
class AllUnits:
    """Year to date: the units side by side and the total last, those that lack dossiers on the
    national portal with the total last, units beside their like, and published figures beside
    computed ones."""

    side_by_side: tuple[UnitRow, ...]
    unsynchronised: tuple[Missing, ...]
    funnels: tuple[Funnel, ...]
    published: tuple[Comparison, ...]
