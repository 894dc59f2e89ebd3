"""Each unit against the others of its level: by how much chance does not explain its share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from scipy.special import ndtri

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
from briefings.facts.funnel import OUTER, Standing
from briefings.statistics.binomial import z_scores
from briefings.statistics.funnel import Judged, dispersion_of, limits_at
from briefings.statistics.intervals import wilson_interval

# Where all cases of the others went well, or none did, there is no chance to measure by: half a
# case each way keeps a limit. Our own convention.
HALF_A_CASE = 0.5


@dataclass(frozen=True)
class Case:
    """What a rule finds of one unit; an estimate is never judged and judges nobody."""

    standing: Standing | None
    estimate: bool = False


def judge(rule: Rule, cases: Sequence[Case]) -> tuple[Judgement, ...]:
    """One judgement for each unit of a level, in their order, which plays no part.

    Centre and dispersion are those of the other units, so that what a unit adds moves nobody's
    limit but its neighbours'. A unit is named only if it lies beyond the outer limit still with
    MOVED cases decided the other way. A case that went well can thus never name its unit.
    """
    peers = [each.standing if not each.estimate else None for each in cases]
    return tuple(
        _judge(rule, each, [peer for at, peer in enumerate(peers) if peer and at != place])
        for place, each in enumerate(cases)
    )


def _judge(rule: Rule, case: Case, peers: Sequence[Standing]) -> Judgement:
    own = case.standing
    if own is None:
        return Judgement(rule, "not_measured")
    if case.estimate:
        return Judgement(rule, "estimate", own)
    cases = sum(peer.denominator for peer in peers)
    if len(peers) < LEAST_PEERS or cases < LEAST_CASES_OF_PEERS:
        return Judgement(rule, "few_peers", own)
    others = Standing(sum(peer.numerator for peer in peers), cases)
    spread = _spread(peers, others)
    outcome = _outcome(own, spread)
    named = outcome in ("below", "above")
    return Judgement(
        rule,
        outcome,
        own,
        others,
        interval=wilson_interval(own.numerator, own.denominator),
        limits=limits_at(np.array([own.denominator]), spread, OUTER)[0] if named else None,
    )


def _spread(peers: Sequence[Standing], others: Standing) -> Judged:
    numerators, denominators = np.array(
        [(peer.numerator, peer.denominator) for peer in peers], dtype=np.int64
    ).T
    centre = (others.numerator + HALF_A_CASE) / (others.denominator + 2 * HALF_A_CASE)
    return Judged(centre, dispersion_of(z_scores(numerators, denominators, centre)), 0, ())


def _outcome(own: Standing, spread: Judged) -> Outcome:
    good, cases = own.numerator, own.denominator
    reach = float(ndtri(float(1 + OUTER) / 2)) * sqrt(spread.dispersion)
    if cases - good >= LEAST_AGAINST and _z(good + MOVED, cases, spread.centre) < -reach:
        return "below"
    if cases < LEAST_CASES:
        return "too_few"
    return "above" if _z(good - MOVED, cases, spread.centre) > reach else "usual"


def _z(good: int, cases: int, centre: float) -> float:
    return float(z_scores(np.array([max(good, 0)]), np.array([cases]), centre)[0])
