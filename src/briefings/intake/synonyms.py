"""What sources call the columns and codes of the contracts, as reviewed data."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from briefings.intake.contracts import CONTRACTS
from briefings.intake.labels import fold
from briefings.project import REPOSITORY
from briefings.reference_file import read_reference

HEADINGS = REPOSITORY / "data" / "reference" / "headings.csv"
LABELS = REPOSITORY / "data" / "reference" / "labels.csv"
ANY_TABLE = "*"
CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
NO_WORD = re.compile(r"[\W_]+")
# Of two headings that hold the words of a synonym, the one with fewer others is meant; one with
# more than so many times the words says something else. Our own convention.
MOST_WORDS = 2
EXACT = 1.0
# What makes another thing of it: the day that is planned, the part that came online, those that
# were not in time. A synonym may have such a word itself.
QUALIFIERS = (
    "not", "non", "late", "overdue", "expected", "estimated", "anticipated", "planned", "target",
    "scheduled", "previous", "prior", "last year", "online", "without", "khong", "chua", "qua han",
    "tre han", "truoc han", "du kien", "ky truoc", "nam truoc", "truc tuyen", "bo sung",
    "don vi tinh", "phoi hop",
)  # fmt: skip


@dataclass(frozen=True)
class HeadingRow:
    """One way in which sources head a column; `column` is `table.column`, or `*.column`."""

    column: str
    heading: str
    language: Literal["vi", "en"]


@dataclass(frozen=True)
class LabelRow:
    """One way in which sources write a code of a column."""

    column: str
    code: str
    label: str


@lru_cache(100_000)
def words_of(heading: str) -> tuple[str, ...]:
    """The words of a heading without case, accents, signs and joints: closedDate, closed_date."""
    bare = fold(CAMEL.sub(" ", heading), ("case", "accents"))
    return tuple(NO_WORD.sub(" ", bare).split())


@cache
def heading_synonyms() -> dict[tuple[str, str], tuple[tuple[str, ...], ...]]:
    """By table and column the words of every heading that is known for it, its name included."""
    rows = read_reference(HEADINGS, HeadingRow)
    found: dict[tuple[str, str], list[tuple[str, ...]]] = {}
    for table, contract in CONTRACTS.items():
        for column in contract.column_names:
            keys = (f"{table}.{column}", f"{ANY_TABLE}.{column}")
            listed = [words_of(row.heading) for row in rows if row.column in keys]
            found[table, column] = [words_of(column), *listed]
    return {key: tuple(dict.fromkeys(listed)) for key, listed in found.items()}


@cache
def label_synonyms(column: str) -> dict[tuple[str, ...], str]:
    """By the words of a label its code, for one coded column."""
    rows = read_reference(LABELS, LabelRow)
    return {words_of(row.label): row.code for row in rows if row.column == column}


def likeness(heading: str, synonyms: Iterable[tuple[str, ...]]) -> float:
    """How well a heading fits one of some synonyms: 1 for the same words, 0 for none of them.

    In between, its words are all there, among others or the other way round written together.
    """
    words = words_of(heading)
    if not words:
        return 0.0
    best = 0.0
    for synonym in synonyms:
        if words == synonym or "".join(words) == "".join(synonym):
            return EXACT
        within = set(synonym) <= set(words) and len(words) <= MOST_WORDS * len(synonym)
        if within and len(synonym) > 1 and qualifiers(words) <= qualifiers(synonym):
            best = max(best, len(synonym) / len(words) * 0.9)
    return best


@cache
def qualifiers(words: tuple[str, ...]) -> frozenset[str]:
    """The words of QUALIFIERS that stand among some words."""
    return phrases_in(words, QUALIFIERS)


def phrases_in(words: tuple[str, ...], phrases: Iterable[str]) -> frozenset[str]:
    """The phrases that stand among some words."""
    text = f" {' '.join(words)} "
    return frozenset(each for each in phrases if f" {each} " in text)
