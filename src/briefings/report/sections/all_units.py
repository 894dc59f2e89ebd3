"""Facts about all units together, which only the briefing of the root has."""

from __future__ import annotations

from briefings.errors import ParameterError
from briefings.facts import Facts
from briefings.facts.comparison import AllUnits


def all_units(facts: Facts) -> AllUnits:
    """The units compared; ParameterError where the briefing is that of a single unit."""
    if facts.all_units is None:
        root = facts.about.root.code
        raise ParameterError(
            f"The briefing of {facts.unit.code} compares no units.",
            f"Open the briefing of {root}, which is about all of them.",
        )
    return facts.all_units
