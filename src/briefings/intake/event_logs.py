"""Files with a row for each step of a case, recognised by three headings."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

import pandas as pd

from briefings.intake.column_kinds import Kind
from briefings.intake.date_guesses import ANY_ZONE, DateGuess
from briefings.intake.synonyms import heading_synonyms, words_of
from briefings.intake.written_dates import DateReading, read_moments

Words: TypeAlias = tuple[str, ...]
Keep: TypeAlias = Literal["keep_first", "keep_last"]

# Each in the order in which they are looked for.
CASES: tuple[Words, ...] = (("case", "concept", "name"), ("case",), ("trace", "id"))
STEPS: tuple[Words, ...] = (
    ("concept", "name"), ("activity",), ("activity", "name"), ("event",), ("event", "name"),
    ("step",), ("task",), ("task", "name"), ("buoc",), ("ten", "buoc"), ("buoc", "xu", "ly"),
    ("buoc", "thuc", "hien"), ("cong", "doan"), ("hoat", "dong"),
)  # fmt: skip
TIMES: tuple[Words, ...] = (
    ("time", "timestamp"), ("timestamp",), ("event", "time"), ("event", "date"),
    ("event", "timestamp"), ("start", "timestamp"), ("complete", "timestamp"),
    ("thoi", "diem"), ("thoi", "gian"), ("thoi", "gian", "thuc", "hien"),
)  # fmt: skip
# Who took a step, in the standard for such logs (XES). A person, whatever stands in it.
ACTOR = ("org", "resource")


@dataclass(frozen=True)
class EventLog:
    """The headings of the case, of the step and of its time."""

    case: str
    step: str
    time: str


def find_log(raw: pd.DataFrame, kinds: Mapping[str, Kind]) -> EventLog | None:
    """The log that a table seems to be: cases in several rows, each with a step and its time.

    The time is known by its heading, or the only date beside them.
    """
    case, step = _repeated_case(raw), _first(raw, STEPS)
    if case is None or step is None:
        return None
    time = _first(raw, TIMES) or _only_date(kinds, (case, step))
    return None if time is None else EventLog(case, step, time)


def names_steps(raw: pd.DataFrame) -> bool:
    """Whether cases in several rows and steps have headings, whatever else a log needs."""
    return _repeated_case(raw) is not None and _first(raw, STEPS) is not None


def last_row(raw: pd.DataFrame, log: EventLog, dates: DateGuess | None) -> Keep | None:
    """Which of the rows with the last moment of a case is its last; None where no row tells."""
    if dates is None:
        return None
    reading = DateReading(dates.formats, ANY_ZONE, ANY_ZONE)
    moments = read_moments(raw[log.time], reading)
    steps = moments.groupby(raw[log.case]).diff().dropna()
    later, earlier = bool((steps > pd.Timedelta(0)).any()), bool((steps < pd.Timedelta(0)).any())
    if later != earlier:
        return "keep_last" if later else "keep_first"
    last = moments.eq(moments.groupby(raw[log.case]).transform("max"))
    tied = bool((last.groupby(raw[log.case]).sum() > 1).any())
    return None if tied else "keep_last"


def _repeated_case(raw: pd.DataFrame) -> str | None:
    """The heading of cases that stand in several rows."""
    known = (*CASES, *heading_synonyms()["dossiers", "dossier_code"])
    return next(
        (name for name in _named(raw, known) if raw[name].dropna().duplicated().any()), None
    )


def _only_date(kinds: Mapping[str, Kind], others: Collection[str]) -> str | None:
    dated = [name for name in kinds if name not in others and kinds[name] == "dates"]
    return dated[0] if len(dated) == 1 else None


def _first(raw: pd.DataFrame, known: Collection[Words]) -> str | None:
    return next(_named(raw, known), None)


def _named(raw: pd.DataFrame, known: Collection[Words]) -> Iterator[str]:
    """The headings that are known, in the order in which they are looked for."""
    yield from (str(name) for words in known for name in raw.columns if words_of(name) == words)
