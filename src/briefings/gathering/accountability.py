"""What a unit accounts for, or all units for the root."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from math import inf
from typing import Any, Literal, TypeAlias

from briefings.facts.accountability import (
    AGE_CLASSES,
    CATEGORIES,
    RULES,
    Accountability,
    AgeGroup,
    Coverage,
    Entry,
    Judgement,
    LateProcedure,
    ListName,
    PetitionGroup,
)
from briefings.facts.procedures import Procedure
from briefings.gathering.counted import Counted, Row, of_unit
from briefings.gathering.procedures import procedure_of
from briefings.organisation import Unit
from briefings.statistics.accountability.lists import ASSESSED, fired, listed

# Lines that a page shows; those beyond are counted, and added up in a line of their own.
SHOWN_OF_ALL, SHOWN_OF_UNIT = 15, 3
# The ten portal statuses, and none: a unit is shown all of them.
MOST_STEPS = 11

Of: TypeAlias = tuple[Unit | None, Procedure | None, int | None]
Key: TypeAlias = Callable[[Row], Of]


def accountability(counted: Counted, unit: Unit) -> Accountability:
    """Everything of one unit."""
    root, accounts = counted.organisation.root, counted.accounts
    is_root, codes = unit == root, (unit.code, root.code)
    shown = SHOWN_OF_ALL if is_root else SHOWN_OF_UNIT
    late = _late(counted, accounts.late, codes)
    unsynchronised = of_unit(accounts.unsynchronised, *codes)
    overdue = of_unit(accounts.overdue, *codes)

    def of(row: Row) -> Unit:
        return counted.organisation.unit(row["unit"])

    def missing_at(row: Row) -> Of:
        return (of(row), None, None)

    def overdue_at(row: Row) -> Of:
        # The procedures of a unit stand in its own table of overdue dossiers.
        return (of(row), procedure_of(row), row["step"]) if is_root else (None, None, row["step"])

    return Accountability(
        late=late[:shown],
        more_late=max(len(late) - shown, 0),
        unsynchronised=age_groups(unsynchronised, missing_at, shown),
        overdue=age_groups(overdue, overdue_at, shown if is_root else MOST_STEPS),
        petitions=petition_groups(of_unit(accounts.complaints, *codes), of, shown),
        judged=tuple(map(_own, accounts.judgements.get(unit, ()))),
        inspection=_entries(counted, unit, "inspection"),
        commendation=_entries(counted, unit, "commendation"),
        coverage=_coverage(counted) if is_root else (),
    )


def _own(judgement: Judgement) -> Judgement:
    """Without the others where nobody is named, so that a page depends on its own unit only."""
    return judgement if judgement.limits else replace(judgement, others=None)


def age_groups(rows: list[Row], key: Key, shown: int) -> tuple[AgeGroup, ...]:
    """The largest groups, all others together, and the total; none where there are no rows."""
    groups: dict[Of, list[Row]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    order = sorted(groups, key=lambda of: (-_sum(groups[of], "dossiers"), _name(of)))
    rest = order[shown:]
    others = [row for of in rest for row in groups[of]]
    return (
        *(_age_group(groups[of], of) for of in order[:shown]),
        *([_age_group(others, kind="other", count=len(rest))] if rest else []),
        *([_age_group(rows, kind="total", count=len(order))] if rows else []),
    )


def _name(of: Of) -> tuple[str, str, int]:
    unit, procedure, step = of
    return unit.code if unit else "", procedure.code if procedure else "", step or 0


def _age_group(
    rows: list[Row],
    of: Of = (None, None, None),
    kind: Literal["group", "other", "total"] = "group",
    count: int = 1,
) -> AgeGroup:
    unit, procedure, step = of
    ages = (
        _sum((row for row in rows if row["age"] == age), "dossiers")
        for age in range(len(AGE_CLASSES) + 1)
    )
    oldest = max(int(row["oldest_days"]) for row in rows)
    return AgeGroup(
        unit, procedure, None if step is None else int(step), tuple(ages), oldest, kind, count
    )


def petition_groups(
    rows: list[Row], of: Callable[[Row], Unit], shown: int
) -> tuple[PetitionGroup, ...]:
    """Units and categories with petitions handled badly, most first, the others, the total."""
    bad = [row for row in rows if row["badly"]]
    bad.sort(key=lambda row: (-row["badly"], row["unit"], CATEGORIES.index(row["category"])))
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in bad:
        groups.setdefault((row["unit"], row["category"]), []).append(row)
    singles = [_petitions(each, of(each[0]), each[0]["category"]) for each in groups.values()]
    others = [row for each in list(groups.values())[shown:] for row in each]
    return (
        *singles[:shown],
        *([_petitions(others, None, None, "other")] if others else []),
        *([_petitions(rows, None, None, "total")] if rows else []),
    )


def _petitions(
    rows: list[Row], unit: Unit | None, category: Any, kind: Any = "group"
) -> PetitionGroup:
    return PetitionGroup(
        unit,
        category,
        petitions=_sum(rows, "petitions"),
        late=_sum(rows, "late"),
        open_late=_sum(rows, "open_late"),
        unsatisfied=_sum(rows, "unsatisfied"),
        badly=_sum(rows, "badly"),
        kind=kind,
    )


def _late(counted: Counted, rows: list[Row], codes: tuple[str, str]) -> tuple[LateProcedure, ...]:
    found = [
        LateProcedure(
            act=row["act"],
            unit=counted.organisation.unit(row["unit_then"]),
            decision=row["decision_no"],
            procedure=procedure_of(row),
            due=row["due"],
            done=row["done"],
            working_days=None if row["days"] is None else int(row["days"]),
            points=row["points"],
        )
        for row in of_unit(rows, *codes)
    ]
    return tuple(sorted(found, key=_longest_first))


def _longest_first(late: LateProcedure) -> tuple[float, str, str]:
    """What no calendar reaches back to is the longest."""
    days = inf if late.working_days is None else late.working_days
    return -days, late.decision, late.procedure.code


def _entries(counted: Counted, unit: Unit, name: ListName) -> tuple[Entry, ...]:
    """The units on a list in the order of the reference file; of a unit its own only."""
    root = counted.organisation.root
    return tuple(
        Entry(each, fired(judgements, name), counted.replies.of(each.code, counted.month))
        for each, judgements in counted.accounts.judgements.items()
        if unit in (root, each) and listed(judgements) == name
    )


def _coverage(counted: Counted) -> tuple[Coverage, ...]:
    judged = counted.accounts.judgements.values()
    found = []
    for place, rule in enumerate(RULES):
        assessed = sum(each[place].outcome in ASSESSED for each in judged)
        found.append(Coverage(rule, assessed, len(judged) - assessed))
    return tuple(found)


def _sum(rows: Iterable[Row], column: str) -> int:
    return sum(int(row[column]) for row in rows)
