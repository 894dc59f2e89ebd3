"""What a unit is asked to account for, and the units shortlisted by stated rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal, TypeAlias, get_args

from briefings.facts.funnel import Standing
from briefings.facts.interval import Interval
from briefings.facts.procedures import Procedure
from briefings.organisation import Unit

# Every limit of the two lists. All are our own proposal, to be confirmed by the office, and every
# page says so.
LEAST_CASES = 30  # fewer do not show that a unit does well: it is not assessed
LEAST_AGAINST = 5  # fewer cases that went wrong never put a unit on the inspection list
MOVED = 3  # so many cases decided the other way must leave a unit beyond the limit
LEAST_PEERS = 5  # units of the level with a value, besides the unit itself
LEAST_CASES_OF_PEERS = 100  # theirs together: one case moves their share by a point at most
RULES_FOR_INSPECTION = 1
RULES_FOR_COMMENDATION = 1

# Last day of each age class in calendar days; the last class is open. Our own convention.
AGE_CLASSES = (10, 30)

Rule: TypeAlias = Literal["on_time", "open_in_time", "sync", "petitions"]
RULES: tuple[Rule, ...] = get_args(Rule)
Outcome: TypeAlias = Literal[
    "below", "above", "usual", "too_few", "few_peers", "estimate", "not_measured"
]
ListName: TypeAlias = Literal["inspection", "commendation"]

# Petitions that people are accountable for.
Category: TypeAlias = Literal["delay", "harassment", "attitude"]
CATEGORIES: tuple[Category, ...] = get_args(Category)


@dataclass(frozen=True)
class Judgement:
    """One rule asked of one unit: its cases that went well, those of its like without it.

    `limits` are the outer limits at its number of cases, `interval` that of its own share; both
    are there where the unit was assessed or named.
    """

    rule: Rule
    outcome: Outcome
    own: Standing | None = None
    others: Standing | None = None
    interval: Interval | None = None
    limits: Interval | None = None


@dataclass(frozen=True)
class Reply:
    """What an office replied to an entry, by language; `rule` is empty for the whole entry."""

    rule: str
    text: dict[str, str]
    given_on: date
    office: str


@dataclass(frozen=True)
class Entry:
    """A unit on one of the lists: the rules that fired, and its replies."""

    unit: Unit
    fired: tuple[Judgement, ...]
    replies: tuple[Reply, ...]


@dataclass(frozen=True)
class Coverage:
    """How many units one rule could assess, and how many it could not."""

    rule: Rule
    assessed: int
    not_assessed: int


@dataclass(frozen=True)
class LateProcedure:
    """A procedure announced or published late: `due` is the last day in time, `done` may lack.

    `due` and `working_days` are None where the calendar does not reach back so far. `points` are
    what it costs the province in the indicator of index 766; None where no rules are on record.
    """

    act: Literal["announced", "published"]
    unit: Unit
    decision: str
    procedure: Procedure
    due: date | None
    done: date | None
    working_days: int | None
    points: Fraction | None


@dataclass(frozen=True)
class AgeGroup:
    """Dossiers of one group by age class, youngest first; `step` is a portal status or None."""

    unit: Unit | None
    procedure: Procedure | None
    step: int | None
    ages: tuple[int, ...]
    oldest_days: int
    kind: Literal["group", "other", "total"] = "group"
    groups: int = 1


@dataclass(frozen=True)
class PetitionGroup:
    """Petitions of one unit and category, the others or the total, open or answered in the year.

    `badly` counts each petition at most once.
    """

    unit: Unit | None
    category: Category | None
    petitions: int
    late: int
    open_late: int
    unsatisfied: int
    badly: int
    kind: Literal["group", "other", "total"] = "group"


@dataclass(frozen=True)
class Accountability:
    """Year to date and the month's end: what went late, is missing, or was complained about.

    `judged` are all rules of the unit reported on; the lists and their coverage are those of all
    units, and empty but for the root and the units they name.
    """

    late: tuple[LateProcedure, ...]
    more_late: int
    unsynchronised: tuple[AgeGroup, ...]
    overdue: tuple[AgeGroup, ...]
    petitions: tuple[PetitionGroup, ...]
    judged: tuple[Judgement, ...]
    inspection: tuple[Entry, ...]
    commendation: tuple[Entry, ...]
    coverage: tuple[Coverage, ...]
