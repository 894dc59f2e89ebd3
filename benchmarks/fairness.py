"""How often a usual office is named, and how often a bad one is found; the old rule beside ours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from itertools import product
from typing import TypeAlias

import numpy as np
from scipy.special import expit, logit

from benchmarks.results import table, write_section
from briefings.facts.accountability import Judgement, Rule
from briefings.organisation import Level
from briefings.statistics.accountability.lists import listed
from tests.statistics.accountability.simulation import (
    OPEN,
    PETITIONS,
    VOLUMES,
    Parts,
    Shape,
    judged,
    outcomes,
    outcomes_of_old_rule,
    usual_offices,
    volumes,
)

Difference: TypeAlias = tuple[Shape, float]

TITLE = "8. Fairness of the lists"
SEED = 2026
OFFICES = 1000
MONTHS: dict[Level, int] = {"department": 60, "district": 80, "commune": 4}
SHARES = (0.9985, 0.9, 0.76, 0.5)
DIFFERENCES: tuple[Difference, ...] = (
    ("normal", 0.0), ("normal", 0.3), ("normal", 1.0), ("beta", 0.5), ("heavy", 0.5),
)  # fmt: skip
NAMES: dict[Shape, str] = {"normal": "normal", "beta": "beta", "heavy": "Student's t, 5"}
NAMED_BY = ("old below", "old above", "below", "above")

# Whole months of the province: share of each rule, and its cases beside the dossiers.
PROVINCE: dict[Rule, tuple[float, float]] = {
    "on_time": (0.9985, 1), "open_in_time": (0.97, OPEN), "sync": (0.76, 1),
    "petitions": (0.9, PETITIONS),
}  # fmt: skip
PROVINCES = 4
YEAR_END = 6  # times the dossiers of February
TIMES = (1, YEAR_END)
LISTED_BY = ("old inspection", "old commendation", "inspection", "commendation")

# A bad office: by how much its odds to fail are those of the usual one.
WORSE = (2, 3, 5, 10)
BAD: tuple[Difference, ...] = (("normal", 0.0), ("normal", 0.3), ("normal", 0.5))
BAD_MONTHS: dict[Level, int] = {"department": 20, "district": 20, "commune": 5}


def run() -> None:
    with ProcessPoolExecutor() as pool:
        usual = _rows(pool.map(_usual, *zip(*product(MONTHS, SHARES, DIFFERENCES), strict=True)))
        provinces = _rows(pool.map(_province, *zip(*product(DIFFERENCES, TIMES), strict=True)))
        bad = _rows(pool.map(_bad, *zip(*product(BAD_MONTHS, SHARES[:2], BAD), strict=True)))
    headings = ["level", "share %", "differences"]
    text = f"""
Offices that differ as usual, drawn from a fixed seed with the volumes of the demonstration: how
many of 1,000 a rule names below or above, by the rule until November 2026 and by ours; some
{OFFICES:,} offices a row. Differences are those of the logit of the own share of offices: their
shape and deviation (0: chance alone).

{table([*headings, *NAMED_BY], usual)}

Whole months of the province, {PROVINCES} of each kind: four rules asked of {_offices()} offices,
all of them usual. On average so many are on a list; on time at 99.85 %, open in time at 97 %,
synchronised at 76 %, petitions at 90 %. In December the year's cases are {YEAR_END} times those of
February.

{table(["differences", "cases of", *LISTED_BY], provinces)}

One bad office in the middle of its level by volume: how often, in percent, it is found, by how
many times its odds to fail are those of the others.

{table([*headings, *(f"{rule} × {times}" for times in WORSE for rule in ("old", "ours"))], bad)}
"""
    write_section(TITLE, "make bench BENCH=fairness", text)


def _rows(found: Iterable[list[str]]) -> list[list[str]]:
    rows = []
    for row in found:
        print("  ", *row, flush=True)
        rows.append(row)
    return rows


def _offices() -> int:
    return sum(len(volumes(level)) for level in VOLUMES)


def _usual(level: Level, share: float, difference: Difference) -> list[str]:
    random, sizes = np.random.default_rng(SEED), volumes(level)
    old: Counter[str] = Counter()
    ours: Counter[str] = Counter()
    for _ in range(MONTHS[level]):
        parts = usual_offices(sizes, share, *difference, random)
        old.update(outcomes_of_old_rule(parts))
        ours.update(outcomes(parts))
    of = MONTHS[level] * len(sizes) / 1000
    counts = (found[side] / of for found in (old, ours) for side in ("below", "above"))
    return [level, f"{100 * share:g}", _name(difference), *(f"{each:.1f}" for each in counts)]


def _province(difference: Difference, times: int) -> list[str]:
    random = np.random.default_rng(SEED)
    old: Counter[str | None] = Counter()
    ours: Counter[str | None] = Counter()
    for _, level in product(range(PROVINCES), VOLUMES):
        drawn = [
            usual_offices(volumes(level, _cases(rule, times)), share, *difference, random)
            for rule, (share, _) in PROVINCE.items()
        ]
        found = [judged(rule, parts) for rule, parts in zip(PROVINCE, drawn, strict=True)]
        ours.update(_lists(found))
        old.update(_lists([*map(_old, found, drawn)]))
    lists = (found[name] for found in (old, ours) for name in ("inspection", "commendation"))
    when = "December" if times > 1 else "February"
    return [_name(difference), when, *(f"{each / PROVINCES:.2f}" for each in lists)]


def _cases(rule: Rule, times: int) -> float:
    """Of each dossier of two months; what is open does not add up over the year."""
    return PROVINCE[rule][1] * (1 if rule == "open_in_time" else times)


def _old(found: tuple[Judgement, ...], parts: list[Parts]) -> tuple[Judgement, ...]:
    """With the coverage of ours, so that only the limits differ."""
    return tuple(
        ours
        if ours.outcome in ("too_few", "few_peers") and old == "usual"
        else Judgement(ours.rule, old)
        for ours, old in zip(found, outcomes_of_old_rule(parts), strict=True)
    )


def _lists(rules: list[tuple[Judgement, ...]]) -> list[str | None]:
    return [listed(judgements) for judgements in zip(*rules, strict=True)]


def _bad(level: Level, share: float, difference: Difference) -> list[str]:
    found = [_found(level, share, difference, times) for times in WORSE]
    parts = (f"{100 * part:.0f}" for pair in found for part in pair)
    return [level, f"{100 * share:g}", _name(difference), *parts]


def _found(level: Level, share: float, difference: Difference, times: int) -> tuple[float, float]:
    """How often the bad office is found by the old rule and by ours."""
    random, sizes, months = np.random.default_rng(SEED), volumes(level), BAD_MONTHS[level]
    place = len(sizes) // 2
    own = expit(logit(share) - np.log(times))
    old = ours = 0
    for _ in range(months):
        parts = usual_offices(sizes, share, *difference, random)
        parts[place] = (int(random.binomial(sizes[place], own)), sizes[place])
        old += outcomes_of_old_rule(parts)[place] == "below"
        ours += outcomes(parts)[place] == "below"
    return old / months, ours / months


def _name(difference: Difference) -> str:
    shape, spread = difference
    return f"{NAMES[shape]}, {spread:g}" if spread else "none"
