"""The units through time: when each was valid, and who took over from whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property
from typing import TypeAlias

from briefings.lineage.succession import Succession
from briefings.lineage.tenure import Tenures
from briefings.organisation import Unit

# Who holds which part of something, by unit code; the parts add up to one.
Shares: TypeAlias = dict[str, Fraction]
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Lineage:
    """Every unit there ever was, and every step from one to the next.

    Without successions every unit is read as it was. What is given is taken to be sound: see
    `briefings.lineage.faults`.
    """

    tenures: Tenures
    successions: tuple[Succession, ...] = ()

    def as_now(self, unit: str, day: date, since: date | None = None) -> Shares:
        """On which units of a day the figures of a unit are read, and with which parts.

        `since` is the last day the figures are about, by default the unit's own last or first
        day: only what happened after it matters, and what a unit that ended did lies before its
        end. A unit that nobody is known to have followed is read as itself.
        """
        ended = self.ended(unit)
        known = [each for each in (since, ended) if each is not None]
        after = min(known, default=date.min)
        shares: Shares = {unit: Fraction(1)}
        for on, steps in self._steps.items():
            if after < on <= day:
                shares = _taken_over(shares, steps)
        return shares

    def successor(self, unit: str, day: date) -> str:
        """The unit that is known to have taken over all of a unit by a day, else itself."""
        shares = self.as_now(unit, day, since=day)
        return unit if len(shares) > 1 else next(iter(shares))

    def touched(self, step: Succession, day: date) -> frozenset[str]:
        """The units of a day whose figures before a step are not theirs alone, or may not be.

        Those that what `old` did is read on, and those that `new` led to. Where it is not known
        who took over, all that were of the same level and parent may have.
        """
        before = step.on - ONE_DAY
        holders = {*self.as_now(step.old, day, since=before)}
        new = [step.new] if step.new else self._beside(step)
        return frozenset(holders.union(*(self.as_now(code, day, since=step.on) for code in new)))

    def _beside(self, step: Succession) -> list[str]:
        gone = self.unit_on(step.old, step.on - ONE_DAY)
        if gone is None or step.event == "abolish":
            return []
        there = ((code, self.unit_on(code, step.on)) for code in self.tenures)
        return [
            code
            for code, unit in there
            if unit is not None and (unit.level, unit.parent) == (gone.level, gone.parent)
        ]

    def as_then(self) -> Lineage:
        """The same units, each read as it was."""
        return replace(self, successions=())

    def began(self, unit: str) -> date | None:
        """The first day of a unit; None is an open beginning."""
        return self.tenures[unit][0].first

    def ended(self, unit: str) -> date | None:
        """The last day of a unit; None is an open end."""
        return self.tenures[unit][-1].last

    def unit_on(self, code: str, day: date) -> Unit | None:
        """What a unit was on a day; None where it was not valid."""
        found = (each.unit for each in self.tenures[code] if each.holds(day))
        return next(found, None)

    @cached_property
    def _steps(self) -> Mapping[date, Mapping[str, Shares]]:
        """By day, in order, and by unit: who holds which part of it from that day on."""
        steps: dict[date, dict[str, Shares]] = {}
        for each in sorted(self.successions, key=lambda each: each.on):
            if each.moves_dossiers:
                shares = steps.setdefault(each.on, {}).setdefault(each.old, {})
                holder = each.new or each.old
                shares[holder] = shares.get(holder, Fraction(0)) + each.part
        return {
            on: {old: _with_rest(old, shares) for old, shares in units.items()}
            for on, units in steps.items()
        }


def _with_rest(old: str, shares: Shares) -> Shares:
    """A unit that goes on keeps what it gave to nobody."""
    rest = 1 - sum(shares.values())
    return shares | {old: shares.get(old, Fraction(0)) + rest} if rest else shares


def _taken_over(shares: Shares, steps: Mapping[str, Shares]) -> Shares:
    found: Shares = {}
    for unit, part in shares.items():
        for new, share in steps.get(unit, {unit: Fraction(1)}).items():
            found[new] = found.get(new, Fraction(0)) + part * share
    return found
