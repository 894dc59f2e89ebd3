"""Who comes onto the inspection and the commendation list, by how many rules fired."""

from __future__ import annotations

from collections.abc import Sequence

from briefings.facts.accountability import (
    RULES_FOR_COMMENDATION,
    RULES_FOR_INSPECTION,
    Judgement,
    ListName,
    Rule,
)

# Who is commended must have been assessed by these: silence is no merit.
ASSESSED_FOR_COMMENDATION: tuple[Rule, ...] = ("on_time", "sync")
ASSESSED = ("below", "above", "usual")


def listed(judgements: Sequence[Judgement]) -> ListName | None:
    """The list of a unit with these judgements; nothing is added up but the rules that fired."""
    outcomes = {each.rule: each.outcome for each in judgements}
    below = sum(outcome == "below" for outcome in outcomes.values())
    above = sum(outcome == "above" for outcome in outcomes.values())
    if below >= RULES_FOR_INSPECTION:
        return "inspection"
    assessed = all(outcomes.get(rule) in ASSESSED for rule in ASSESSED_FOR_COMMENDATION)
    if above >= RULES_FOR_COMMENDATION and not below and assessed:
        return "commendation"
    return None


def fired(judgements: Sequence[Judgement], name: ListName) -> tuple[Judgement, ...]:
    """The rules for which a unit is on a list."""
    side = "below" if name == "inspection" else "above"
    return tuple(each for each in judgements if each.outcome == side)
