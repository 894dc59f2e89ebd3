"""Headings of a file beside the columns of a contract: which seems to mean which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from briefings.intake.cells import as_text
from briefings.intake.column_kinds import Kind, look_like_counts, may_hold
from briefings.intake.contract import DAYS, Column
from briefings.intake.contracts import CONTRACTS
from briefings.intake.event_logs import EventLog
from briefings.intake.heading_words import TABLE_OF_COUNTS, says_early
from briefings.intake.readers.headings import BETWEEN
from briefings.intake.synonyms import EXACT, heading_synonyms, likeness

LEAST_LIKENESS = 0.3
TABLE_OF_CASES = "dossiers"
MIDNIGHT = "[t ]00:00(?::00(?:\\.0+)?)?$"
ON_TIME = "processed_on_time"


@dataclass(frozen=True)
class Match:
    """A contract column with the heading that seems to mean it, and how sure that is (up to 1).

    `rivals` are other headings that say it as exactly and hold something else; `differs`: of a
    log, rows of one case differ in it.
    """

    column: str
    heading: str
    likeness: float
    rivals: tuple[str, ...] = ()
    differs: bool = False


def likeliest(raw: pd.DataFrame, kinds: Mapping[str, Kind]) -> str:
    """The contract that headings and cells fit best; by the cells alone where no heading tells."""
    counts = look_like_counts(kinds)
    by_table = {name: matches_of(name, raw, kinds) for name in CONTRACTS}
    if not any(by_table.values()):
        return TABLE_OF_COUNTS if counts else TABLE_OF_CASES
    fits = {name: _fitness(name, matches) for name, matches in by_table.items() if matches}
    if counts and TABLE_OF_COUNTS in fits:
        fits[TABLE_OF_COUNTS] += 1
    # Of two that fit as well, a table of cases is commoner than any other.
    return max(fits, key=lambda name: (fits[name], name == TABLE_OF_CASES))


def matches_of(table: str, raw: pd.DataFrame, kinds: Mapping[str, Kind]) -> tuple[Match, ...]:
    """Each column with one heading and each heading with one column, the likeliest first.

    Only headings whose cells may be what the column holds.
    """
    early = any(says_early(heading) for heading in kinds)
    columns = CONTRACTS[table].columns
    # On time is both, and no column alone.
    wanted = [each for each in columns if not (early and each.name == ON_TIME)]
    pairs = [
        pair
        for column in wanted
        for heading in raw.columns
        if heading in kinds and (pair := _pair(table, column, heading, raw, kinds)) is not None
    ]
    chosen: dict[str, Match] = {}
    taken: set[str] = set()
    for pair in sorted(pairs, key=lambda match: -match.likeness):
        if pair.column not in chosen and pair.heading not in taken:
            chosen[pair.column] = pair
            taken.add(pair.heading)
    return tuple(
        _with_rivals(chosen[column.name], column, pairs, taken, raw)
        for column in columns
        if column.name in chosen
    )


def matches_of_log(
    raw: pd.DataFrame, kinds: Mapping[str, Kind], log: EventLog
) -> tuple[Match, ...]:
    """What stands in the rows of a log besides its events: the case, and what is said of it.

    A day that is another one in other rows of the case is the day of an event.
    """
    others = raw.drop(columns=[log.case, log.step, log.time])
    days = {column.name for column in CONTRACTS[TABLE_OF_CASES].columns if column.kind in DAYS}
    found = [
        replace(each, differs=_differs(raw, log.case, each.heading))
        for each in matches_of(TABLE_OF_CASES, others, kinds)
        if each.column != "dossier_code"
    ]
    of_cases = [each for each in found if not (each.differs and each.column in days)]
    return (Match("dossier_code", log.case, EXACT), *of_cases)


def _differs(raw: pd.DataFrame, case: str, heading: str) -> bool:
    """Whether rows of one case differ; what stands in one of them only is lost with the others."""
    return bool((raw.groupby(case)[heading].nunique(dropna=False) > 1).any())


def _pair(
    table: str, column: Column, heading: str, raw: pd.DataFrame, kinds: Mapping[str, Kind]
) -> Match | None:
    found = likeness(heading, heading_synonyms()[table, column.name])
    is_part = found < EXACT and column.kind == "number" and BETWEEN in heading
    if found < LEAST_LIKENESS or is_part:
        return None
    if not may_hold(column, raw[heading], heading, kinds[heading]):
        return None
    return Match(column.name, heading, found)


def _with_rivals(
    match: Match, column: Column, pairs: Sequence[Match], taken: set[str], raw: pd.DataFrame
) -> Match:
    rivals = tuple(
        pair.heading
        for pair in pairs
        if pair.column == match.column
        and pair.likeness == match.likeness == EXACT
        and pair.heading not in taken
        and not _say_the_same(raw[match.heading], raw[pair.heading], column)
    )
    return replace(match, rivals=rivals)


def _say_the_same(one: pd.Series, other: pd.Series, column: Column) -> bool:
    """Whether two columns are equal or, of units and kinds, one has names for codes of the other.

    That shows where several pairs recur; numbers and days that never repeat pair by chance.
    """
    texts = pd.DataFrame({"one": _compared(one), "other": _compared(other)}).dropna()
    if texts["one"].eq(texts["other"]).all():
        return True
    pairs = texts.drop_duplicates()
    recur = 1 < len(pairs) <= len(texts) / 2
    unique = not pairs["one"].duplicated().any() and not pairs["other"].duplicated().any()
    return column.kind == "text" and recur and unique


def _compared(cells: pd.Series) -> pd.Series:
    """Texts without capitals, and days without a midnight."""
    texts: pd.Series = as_text(cells).str.casefold()
    return texts.str.replace(MIDNIGHT, "", regex=True)


def _fitness(table: str, matches: Sequence[Match]) -> float:
    """Required columns count double; what is required and not found counts against."""
    required = {column.name for column in CONTRACTS[table].columns if column.required}
    found: Mapping[str, float] = {match.column: match.likeness for match in matches}
    gained = sum(value * (2 if name in required else 1) for name, value in found.items())
    return gained - len(required - set(found))
