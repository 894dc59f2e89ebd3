"""Each unit against the others of its level: by how much chance does not explain its share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from briefings.facts.accountability import (
    LEAST_AGAINST,
    LEAST_CASES,
    LEAST_CASES_OF_PEERS,
    LEAST_PEERS,
    MOVED,
    Judgement,
    Outcome,
    Rule,
)
from briefings.facts.funnel import OUTER, Side, Standing
from briefings.statistics.intervals import wilson_interval
from briefings.statistics.usual_share import UsualShare, limits_of, sides_of, usual_without_each


@dataclass(frozen=True)
class Case:
    """What a rule finds of one unit; an estimate is never judged and judges nobody."""

    standing: Standing | None
    estimate: bool = False


def judge(rule: Rule, cases: Sequence[Case]) -> tuple[Judgement, ...]:
    """One judgement for each unit of a level, in their order, which plays no part.

    What is usual is read from the other units, so that what a unit adds moves nobody's limit but
    its neighbours'. A unit is named only if it lies beyond the outer limit still with MOVED cases
    decided the other way. A case that went well can thus never name its unit.
    """
    peers = [each.standing for each in cases if each.standing and not each.estimate]
    judged = iter(_judge_peers(rule, peers))
    return tuple(
        Judgement(rule, "not_measured")
        if each.standing is None
        else Judgement(rule, "estimate", each.standing)
        if each.estimate
        else next(judged)
        for each in cases
    )


def _judge_peers(rule: Rule, peers: Sequence[Standing]) -> list[Judgement]:
    if len(peers) <= LEAST_PEERS:
        return [Judgement(rule, "few_peers", own) for own in peers]
    numerators, denominators = np.array(
        [(each.numerator, each.denominator) for each in peers], dtype=np.int64
    ).T
    usual = usual_without_each(numerators, denominators)
    sides = sides_of(numerators, denominators, usual, MOVED)
    all_of_them = Standing(int(numerators.sum()), int(denominators.sum()))
    return [
        _judge(rule, own, all_of_them, usual.rows(slice(place, place + 1)), sides[place])
        for place, own in enumerate(peers)
    ]


def _judge(
    rule: Rule, own: Standing, level: Standing, usual: UsualShare, side: Side | None
) -> Judgement:
    cases_of_others = level.denominator - own.denominator
    if cases_of_others < LEAST_CASES_OF_PEERS:
        return Judgement(rule, "few_peers", own)
    outcome = _outcome(own, side)
    named = outcome in ("below", "above")
    return Judgement(
        rule,
        outcome,
        own,
        others=Standing(level.numerator - own.numerator, cases_of_others),
        interval=wilson_interval(own.numerator, own.denominator),
        limits=limits_of(np.array([own.denominator]), usual, OUTER)[0] if named else None,
    )


def _outcome(own: Standing, side: Side | None) -> Outcome:
    if side == "below" and own.denominator - own.numerator >= LEAST_AGAINST:
        return "below"
    if own.denominator < LEAST_CASES:
        return "too_few"
    return "above" if side == "above" else "usual"
