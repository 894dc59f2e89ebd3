"""Files with a row for each step of a case, recognised by three headings."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

from briefings.intake.synonyms import heading_synonyms, words_of

CASES = {("case", "concept", "name"), ("case",), ("trace", "id")}
STEPS = {
    ("concept", "name"), ("activity",), ("activity", "name"), ("event",), ("event", "name"),
    ("step",), ("task",), ("task", "name"),
}  # fmt: skip
TIMES = {
    ("time", "timestamp"), ("timestamp",), ("event", "time"), ("event", "date"),
    ("event", "timestamp"), ("complete", "timestamp"), ("start", "timestamp"),
}  # fmt: skip
# Who took a step, in the standard for such logs (XES). A person, whatever stands in it.
ACTOR = ("org", "resource")


@dataclass(frozen=True)
class EventLog:
    """The headings of the case, of the step and of its time."""

    case: str
    step: str
    time: str


def find_log(raw: pd.DataFrame) -> EventLog | None:
    """The log that a table seems to be: it has the three headings, and cases in several rows."""
    cases = CASES | set(heading_synonyms()["dossiers", "dossier_code"])
    case, step, time = (_first(raw, words) for words in (cases, STEPS, TIMES))
    if case is None or step is None or time is None or not raw[case].dropna().duplicated().any():
        return None
    return EventLog(case, step, time)


def _first(raw: pd.DataFrame, known: Collection[tuple[str, ...]]) -> str | None:
    return next((str(name) for name in raw.columns if words_of(str(name)) in known), None)
