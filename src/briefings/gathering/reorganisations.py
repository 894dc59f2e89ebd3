"""The changes of the organisation that a briefing has to name."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TypeAlias

from briefings.facts.reorganisation import EndOfUnits, Kind, Reorganisation, Reorganisations
from briefings.gathering.counted import Counted
from briefings.lineage import Lineage
from briefings.lineage.succession import Succession
from briefings.organisation import Unit

ONE_DAY = timedelta(days=1)

Steps: TypeAlias = list[Succession]


def reorganisations(counted: Counted, unit: Unit) -> Reorganisations:
    """The changes between the first day shown and the month's end."""
    lineage, steps = counted.lineage, counted.reorganised
    is_root = unit == counted.organisation.root
    own = [step for step, touched in steps if unit.code in touched and _is_told(step, unit)]
    return Reorganisations(
        series=counted.project.series,
        changes=() if is_root else changes_of(lineage, own),
        ends=_ends(lineage, [step for step, _ in steps]) if is_root else (),
    )


def _is_told(step: Succession, unit: Unit) -> bool:
    """A former name is told of the unit itself, not of those that it later went into."""
    return kind_of(step) != "renamed" or step.old == unit.code


def _ends(lineage: Lineage, steps: Steps) -> tuple[EndOfUnits, ...]:
    found = []
    for on in sorted({each.on for each in steps}):
        ended = {
            each.old for each in steps if each.on == on and lineage.ended(each.old) == on - ONE_DAY
        }
        unknown = [code for code in ended if code in lineage.as_now(code, on)]
        if ended:
            found.append(EndOfUnits(on, len(ended), len(unknown)))
    return tuple(found)


def changes_of(lineage: Lineage, steps: Steps) -> tuple[Reorganisation, ...]:
    """The changes that some steps come to, the oldest first; steps of one change are one."""
    groups: dict[tuple[date, Kind, str], Steps] = {}
    for each in steps:
        kind = kind_of(each)
        groups.setdefault((each.on, kind, _whose(kind, each)), []).append(each)
    return tuple(
        _change(lineage, kind, group)
        for (on, kind, of), group in sorted(groups.items())
        if kind != "renamed" or (on, "merged", of) not in groups  # then it is among the merged
    )


def kind_of(step: Succession) -> Kind:
    """What a step is to those whom it touches."""
    if not step.moves_dossiers:
        return "renamed" if step.event == "rename" else "transferred"
    if not step.new:
        return "unknown"
    return "merged" if step.part == 1 else "split"


def _whose(kind: Kind, step: Succession) -> str:
    """The unit whose change it is: several steps of it are told together."""
    if kind == "unknown":
        return ""
    return step.old if kind in ("split", "transferred") else step.new


def _change(lineage: Lineage, kind: Kind, steps: Steps) -> Reorganisation:
    on = steps[0].on
    old, new = [each.old for each in steps], [each.new for each in steps if each.new]
    if kind == "merged":
        old = [*new[:1], *old]
    return Reorganisation(
        on=on,
        kind=kind,
        old=_named(lineage, old, on - ONE_DAY),
        new=_named(lineage, new, on),
        verified=all(each.verified for each in steps),
    )


def _named(lineage: Lineage, codes: Iterable[str], day: date) -> tuple[Unit, ...]:
    """Those of the units that there were on a day, each once, as they were called."""
    found = (lineage.unit_on(code, day) for code in dict.fromkeys(codes))
    return tuple(unit for unit in found if unit is not None)
