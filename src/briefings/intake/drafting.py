"""A first profile for a file, for a person to correct: headings matched, the rest guessed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import pandas as pd

from briefings.errors import InputError
from briefings.intake.column_kinds import Kind, Kinds
from briefings.intake.contract import DAYS
from briefings.intake.contracts import CONTRACTS
from briefings.intake.date_guesses import DateGuess, guess_dates
from briefings.intake.date_orders import order_of_file
from briefings.intake.event_logs import ACTOR, EventLog, find_log, names_steps
from briefings.intake.heading_rows import begin, find_headings
from briefings.intake.heading_words import says_date
from briefings.intake.layout import MISFIT, RAGGED, Layout
from briefings.intake.matching import (
    TABLE_OF_CASES,
    Match,
    likeliest,
    matches_of,
    matches_of_log,
)
from briefings.intake.personal import is_personal_heading, looks_personal
from briefings.intake.samples import Sample
from briefings.intake.synonyms import EXACT, heading_synonyms, likeness, words_of

LOOKED_AT_ROWS = 50_000
LEAST_KNOWN = 2  # headings that must be known for a row to be taken for that of the headings


@dataclass(frozen=True)
class Draft:
    """What was found in a file: where its table lies, which contract it fits and how.

    `raw` are its first rows, LOOKED_AT_ROWS at most, and `kinds` what its columns seem to hold.
    `given` is the part of the layout that a person stated, `log` are the headings of a file with
    a row for each event, `dates` how each heading that is read as dates writes them.
    `personal` are headings that look personal and are never proposed, `unused` all others that
    fit no column. `names_steps`: a heading names steps of cases, and it is no log all the same.
    """

    file: Path
    raw: pd.DataFrame
    given: Layout
    layout: Layout
    table: str
    matches: tuple[Match, ...]
    unused: tuple[str, ...]
    personal: tuple[str, ...]
    kinds: Mapping[str, Kind]
    dates: Mapping[str, DateGuess | None]
    log: EventLog | None = None
    names_steps: bool = False

    @property
    def recognises_nothing(self) -> bool:
        """Whether no heading of the file is known."""
        return not self.matches


def draft(
    file: Path, table: str = "", given: Layout | None = None, *, seek_headings: bool = True
) -> Draft:
    """Match the headings of a file with a contract, the likeliest one unless it is named.

    `given` is what is known of the layout, such as the sheet where a workbook has several; with
    `seek_headings` its heading rows are still looked for. InputError where the file cannot be read
    with headings in any of its first rows.
    """
    given = given or Layout()
    layout, raw = _read(file, table, given, seek_headings)
    raw = raw.drop(columns=MISFIT, errors="ignore")
    personal = _personal(raw)
    candidates = raw.drop(columns=personal)
    kinds = Kinds(candidates)
    of_cases = table in ("", TABLE_OF_CASES)
    log = find_log(candidates, kinds) if of_cases else None
    best = TABLE_OF_CASES if log else table or likeliest(candidates, kinds)
    matches = matches_of_log(candidates, kinds, log) if log else matches_of(best, candidates, kinds)
    used = {match.heading for match in matches} | ({log.step, log.time} if log else set())
    dated = [*_dated(best, matches), *([log.time] if log else [])]
    return Draft(
        file=file,
        raw=raw,
        given=given,
        layout=layout,
        table=best,
        matches=matches,
        unused=tuple(heading for heading in candidates.columns if heading not in used),
        personal=tuple(personal),
        kinds=kinds,
        dates=_dates(candidates, dated),
        log=log,
        names_steps=log is None and names_steps(candidates),
    )


def _dated(table: str, matches: Sequence[Match]) -> list[str]:
    days = {column.name for column in CONTRACTS[table].columns if column.kind in DAYS}
    return [match.heading for match in matches if match.column in days]


def _dates(raw: pd.DataFrame, headings: Sequence[str]) -> dict[str, DateGuess | None]:
    """How dates are written; of a file only columns that say they are dates tell of others."""
    tell = [name for name in raw.columns if name in headings or says_date(name)]
    order = order_of_file(raw[tell])
    return {heading: guess_dates(raw[heading], heading, order) for heading in headings}


def _read(
    file: Path, table: str, given: Layout, seek_headings: bool
) -> tuple[Layout, pd.DataFrame]:
    """The first rows of a file under its headings, and where these were found."""
    best = find_headings(file, given, partial(_is_known, table)) if seek_headings else given
    try:
        return best, begin(file, best, LOOKED_AT_ROWS)
    except InputError:  # a row further down has another width
        best = replace(best, ragged=RAGGED[1])
        return best, begin(file, best, LOOKED_AT_ROWS)


def _is_known(table: str, raw: pd.DataFrame) -> bool:
    kinds = Kinds(raw.drop(columns=MISFIT, errors="ignore"))
    names = [table] if table else list(CONTRACTS)
    return any(len(matches_of(name, raw, kinds)) >= LEAST_KNOWN for name in names)


def _personal(raw: pd.DataFrame) -> list[str]:
    """Headings that look personal; by their cells only where the heading says nothing else."""
    known = [
        heading
        for heading in raw.columns
        if not is_personal_heading(heading)
        and any(likeness(heading, listed) == EXACT for listed in heading_synonyms().values())
    ]
    others = (heading for heading in raw.columns if heading not in known)
    return [
        heading
        for heading in others
        if words_of(heading) == ACTOR or looks_personal(heading, Sample(raw[heading]))
    ]
