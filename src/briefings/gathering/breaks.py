"""From which month on a unit is the office that it is now, as far as its series can be read."""

from __future__ import annotations

from datetime import date

from briefings.facts.signal import Rebasing
from briefings.gathering.counted import Counted
from briefings.gathering.reorganisations import changes_of, kind_of
from briefings.lineage.succession import Succession
from briefings.organisation import Unit
from briefings.periods import Month
from briefings.project import Series


def latest_break(counted: Counted, unit: Unit) -> Rebasing | None:
    """The last change of the organisation over which no figure of the unit can be compared.

    The root is the total of all units, which no change among them alters.
    """
    if unit == counted.organisation.root:
        return None
    until, series = counted.regime.month(counted.month).end, counted.project.series
    steps = [
        step
        for step, touched in counted.reorganised
        if unit.code in touched and step.on <= until and is_break(step, series)
    ]
    if not steps:
        return None
    on = max(step.on for step in steps)
    changes = changes_of(counted.lineage, [step for step in steps if step.on == on])
    return Rebasing(_first_month(counted, on), {}, changes)


def is_break(step: Succession, series: Series) -> bool:
    """Whether figures before a step and after it are of different offices.

    A new name makes no other office. Read as now, the units that became one are one all along;
    as then they are not. What was divided, or went nobody knows where, is either way.
    """
    kind = kind_of(step)
    return kind != "renamed" and (kind != "merged" or series == "as_then")


def _first_month(counted: Counted, on: date) -> Month:
    """The first one that lies wholly after the change; the last one where there is none yet."""
    regime = counted.regime
    whole = (month for month in counted.windows.followed if regime.month(month).start >= on)
    return next(whole, counted.month)
