"""Index 766 of a unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefings.facts.service_index import ServiceIndex
from briefings.organisation import Unit
from briefings.statistics.service_index import service_index

if TYPE_CHECKING:
    from briefings.gathering.counted import Counted


def index_of(counted: Counted, unit: Unit) -> ServiceIndex | None:
    """The index in the year to date; None where the project has no rules of it."""
    if counted.index_observations is None:
        return None
    return service_index(
        counted.index_rules,
        counted.index_observations,
        counted.windows.year_to_date,
        unit.code,
        is_root=unit == counted.organisation.root,
    )
