"""What is wrong with a lineage: contradictions between its rows, or with the units' validity."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import groupby, pairwise
from typing import TypeAlias

from briefings.lineage.succession import Succession
from briefings.lineage.tenure import Tenure, Tenures

ONE_DAY = timedelta(days=1)
NEEDS_SUCCESSOR = ("rename", "transfer")
FOLLOWS_ITSELF = ("rename", "split")

# By the number of the row in its file.
Successions: TypeAlias = Mapping[int, Succession]


def faults(successions: Successions, tenures: Tenures) -> list[str]:
    """What is wrong and what to do about it, each with its row; none if all is sound.

    Checked in four steps, of which the first that finds something is reported: what a row says
    by itself, cycles, days, shares and ends. Later ones would only follow from earlier ones.
    """
    for check in (_rows, _cycles, _days, _ends):
        if found := list(check(successions, tenures)):
            return found
    return []


def _rows(successions: Successions, tenures: Tenures) -> Iterator[str]:
    seen: dict[tuple[date, str, str, str], int] = {}
    for number, each in successions.items():
        for code in filter(None, (each.old, each.new)):
            if code not in tenures:
                yield (
                    f"row {number}: {code!r} is no unit. Add it to the units, or correct the code."
                )
        if not each.new and each.event in NEEDS_SUCCESSOR:
            yield f"row {number}: a {each.event} needs to_unit. Name the unit that followed."
        if not each.new and each.share is not None:
            yield f"row {number}: a share needs to_unit. Name the unit that took it."
        if each.new == each.old and each.event not in FOLLOWS_ITSELF:
            yield (
                f"row {number}: {each.old} cannot {each.event} into itself. "
                "Name another to_unit, or leave it empty where it is not known."
            )
        if not 0 < each.part <= 1:
            yield f"row {number}: the share is {each.share}. Give one above 0 and at most 1."
        key = (each.on, each.event, each.old, each.new)
        if key in seen:
            yield f"row {number} repeats row {seen[key]}. Take one of them out."
        seen.setdefault(key, number)
    for code, spans in tenures.items():
        for one, other in pairwise(spans):
            if one.last is None or other.first is None or other.first <= one.last:
                yield f"{code} is valid twice on one day. End its earlier row before the later one."
            elif other.first != one.last + ONE_DAY:
                yield (
                    f"{code} ended on {one.last} and is valid again from {other.first}. "
                    "Give the later unit a code of its own."
                )


def _cycles(successions: Successions, tenures: Tenures) -> Iterator[str]:
    """Units that ended and lead back to themselves; those that go on may give to and fro."""
    followers: dict[str, dict[str, int]] = {}
    for number, each in successions.items():
        if each.moves_dossiers and each.new and not _valid(tenures[each.old], each.on):
            followers.setdefault(each.old, {})[each.new] = number
    reported: set[frozenset[str]] = set()
    for start in followers:
        path = _way_back(start, followers)
        if path and frozenset(path) not in reported:
            reported.add(frozenset(path))
            rows = [followers[one][other] for one, other in pairwise([*path, start])]
            yield (
                f"rows {_listed(rows)}: a cycle, {' → '.join([*path, start])}. "
                "A unit that comes back is a new one: give it a code of its own."
            )


def _way_back(start: str, followers: Mapping[str, Mapping[str, int]]) -> list[str]:
    """The units from one back to itself, without the return; empty if there is no way."""
    ways: list[list[str]] = [[start]]
    seen: set[str] = set()
    while ways:
        way = ways.pop(0)
        for code in followers.get(way[-1], {}):
            if code == start:
                return way
            if code not in seen:
                seen.add(code)
                ways.append([*way, code])
    return []


def _days(successions: Successions, tenures: Tenures) -> Iterator[str]:
    for number, each in successions.items():
        before = each.on - ONE_DAY
        if not _valid(tenures[each.old], before):
            yield (
                f"row {number}: {each.old} was not valid on {before}, the day before "
                f"({_span(tenures[each.old])}). Correct `on`, or the validity of {each.old}."
            )
        if each.new and not _valid(tenures[each.new], each.on):
            yield (
                f"row {number}: {each.new} is not valid on {each.on} "
                f"({_span(tenures[each.new])}). Correct `on`, or the validity of {each.new}."
            )
        renamed = each.event == "rename" and each.old == each.new
        if renamed and not any(span.first == each.on for span in tenures[each.old]):
            yield (
                f"row {number}: {each.old} has no other name from {each.on} on. "
                f"Give it a row of its own in the units from that day."
            )


def _ends(successions: Successions, tenures: Tenures) -> Iterator[str]:
    """Shares that do not add up, units that go on though all was taken, ends without a step."""
    given = {number: each for number, each in successions.items() if each.moves_dossiers}
    steps = {
        key: [number for number, _ in group]
        for key, group in groupby(sorted(given.items(), key=_step), key=_step)
    }
    for (on, old), numbers in steps.items():
        yield from _shares(on, old, numbers, given, ends=not _valid(tenures[old], on))
    for code, spans in tenures.items():
        last = spans[-1].last
        if last is not None and (last + ONE_DAY, code) not in steps:
            yield (
                f"{code} ended on {last}, and nothing says what became of it. Add a row with "
                f"on={last + ONE_DAY} and from_unit={code}; to_unit may stay empty."
            )


def _step(row: tuple[int, Succession]) -> tuple[date, str]:
    return row[1].on, row[1].old


def _shares(
    on: date, old: str, numbers: Sequence[int], given: Successions, *, ends: bool
) -> Iterator[str]:
    total = sum((given[number].part for number in numbers), Fraction(0))
    keeps = any(given[number].new == old for number in numbers)
    where = f"row{'s' if len(numbers) > 1 else ''} {_listed(numbers)}"
    if total > 1 or (total < 1 and (ends or keeps)):
        yield (
            f"{where}: the shares of {old} on {on} add up to {float(total):g}. "
            "They must add up to 1."
        )
    elif total == 1 and not ends and not keeps:
        yield (
            f"{where}: {old} is still valid on {on}, although all of it was taken over. End it "
            f"with valid_to={on - ONE_DAY}, or give the share that went."
        )


def _valid(spans: Sequence[Tenure], day: date) -> bool:
    return any(span.holds(day) for span in spans)


def _span(spans: Sequence[Tenure]) -> str:
    first, last = spans[0].first, spans[-1].last
    return f"valid from {first or 'the beginning'} to {last or 'now'}"


def _listed(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers))
