"""A first profile for a file, for a person to correct: headings matched, the rest guessed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import pandas as pd

from briefings.errors import InputError
from briefings.intake.column_kinds import Kind, kind_of, look_like_counts, may_hold
from briefings.intake.contract import DAYS
from briefings.intake.contracts import CONTRACTS
from briefings.intake.date_orders import order_of_file
from briefings.intake.event_logs import ACTOR, EventLog, find_log
from briefings.intake.guesses import DateGuess, guess_dates
from briefings.intake.heading_rows import begin, find_headings
from briefings.intake.heading_words import TABLE_OF_COUNTS
from briefings.intake.layout import MISFIT, RAGGED, Layout
from briefings.intake.personal import is_personal_heading, looks_personal
from briefings.intake.readers.headings import BETWEEN
from briefings.intake.samples import Sample
from briefings.intake.synonyms import heading_synonyms, likeness, words_of

LOOKED_AT_ROWS = 50_000
LEAST_LIKENESS = 0.3
EXACT = 1.0
LEAST_KNOWN = 2  # headings that must be known for a row to be taken for that of the headings
TABLE_OF_CASES = "dossiers"
EARLY = ("truoc", "han")
ON_TIME = "processed_on_time"


@dataclass(frozen=True)
class Match:
    """A contract column with the heading that seems to mean it, and how sure that is (up to 1)."""

    column: str
    heading: str
    likeness: float


@dataclass(frozen=True)
class Draft:
    """What was found in a file: where its table lies, which contract it fits and how.

    `raw` are its first rows, LOOKED_AT_ROWS at most, and `kinds` what its columns seem to hold.
    `given` is the part of the layout that a person stated, `log` are the headings of a file with
    a row for each event, `dates` how each heading that is read as dates writes them.
    `personal` are headings that look personal and are never proposed, `unused` all others that
    fit no column, `missing` the required columns that no heading fits.
    """

    file: Path
    raw: pd.DataFrame
    given: Layout
    layout: Layout
    table: str
    matches: tuple[Match, ...]
    missing: tuple[str, ...]
    unused: tuple[str, ...]
    personal: tuple[str, ...]
    kinds: Mapping[str, Kind]
    dates: Mapping[str, DateGuess | None]
    log: EventLog | None = None

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
    headings = [heading for heading in raw.columns if heading != MISFIT]
    raw = raw[headings]
    personal = _personal(raw)
    candidates = raw[[heading for heading in headings if heading not in personal]]
    kinds = {heading: kind_of(candidates[heading], heading) for heading in candidates.columns}
    log = find_log(candidates) if table in ("", TABLE_OF_CASES) else None
    best = TABLE_OF_CASES if log else table or _likeliest(candidates, kinds)
    matches = _of_log(candidates, kinds, log) if log else _matches(best, candidates, kinds)
    matched = {match.heading for match in matches}
    found = {match.column for match in matches}
    if log:
        matched, found = matched | {log.step, log.time}, found | {"received_at"}
    required = [column.name for column in CONTRACTS[best].columns if column.required]
    return Draft(
        file=file,
        raw=raw,
        given=given,
        layout=layout,
        table=best,
        matches=matches,
        missing=tuple(name for name in required if name not in found),
        unused=tuple(heading for heading in candidates.columns if heading not in matched),
        personal=tuple(personal),
        kinds=kinds,
        dates=_dates(raw, [*_dated(best, matches), *([log.time] if log else [])]),
        log=log,
    )


def _dated(table: str, matches: Sequence[Match]) -> list[str]:
    days = {column.name for column in CONTRACTS[table].columns if column.kind in DAYS}
    return [match.heading for match in matches if match.column in days]


def _dates(raw: pd.DataFrame, headings: Sequence[str]) -> dict[str, DateGuess | None]:
    order = order_of_file(raw)
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
    kinds = {
        heading: kind_of(raw[heading], heading) for heading in raw.columns if heading != MISFIT
    }
    names = [table] if table else list(CONTRACTS)
    return any(len(_matches(name, raw, kinds)) >= LEAST_KNOWN for name in names)


def _likeliest(raw: pd.DataFrame, kinds: Mapping[str, Kind]) -> str:
    """The contract that headings and cells fit best; by the cells alone where no heading tells."""
    counts = look_like_counts(kinds)
    by_table = {name: _matches(name, raw, kinds) for name in CONTRACTS}
    if not any(by_table.values()):
        return TABLE_OF_COUNTS if counts else TABLE_OF_CASES
    fits = {name: _fitness(name, matches) for name, matches in by_table.items() if matches}
    if counts and TABLE_OF_COUNTS in fits:
        fits[TABLE_OF_COUNTS] += 1
    # Of two that fit as well, a table of cases is commoner than any other.
    return max(fits, key=lambda name: (fits[name], name == TABLE_OF_CASES))


def _of_log(raw: pd.DataFrame, kinds: Mapping[str, Kind], log: EventLog) -> tuple[Match, ...]:
    """What stands in the rows of a log besides its events: the case, and what is said of it."""
    others = raw.drop(columns=[log.case, log.step, log.time])
    found = [
        each for each in _matches(TABLE_OF_CASES, others, kinds) if each.column != "dossier_code"
    ]
    return (Match("dossier_code", log.case, EXACT), *found)


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


def _matches(table: str, raw: pd.DataFrame, kinds: Mapping[str, Kind]) -> tuple[Match, ...]:
    """Each column with one heading and each heading with one column, the likeliest first.

    Only headings whose cells may be what the column holds.
    """
    early = any(set(EARLY) <= set(words_of(heading)) for heading in kinds)
    pairs = [
        Match(column.name, heading, found)
        for column in CONTRACTS[table].columns
        for heading in raw.columns
        if heading in kinds
        and not (early and column.name == ON_TIME)  # on time is both, and no column alone
        and (found := likeness(heading, heading_synonyms()[table, column.name])) >= LEAST_LIKENESS
        and not (found < EXACT and column.kind == "number" and BETWEEN in heading)  # a part of it
        and may_hold(column, raw[heading], heading, kinds[heading])
    ]
    chosen: dict[str, Match] = {}
    taken: set[str] = set()
    for pair in sorted(pairs, key=lambda match: -match.likeness):
        if pair.column not in chosen and pair.heading not in taken:
            chosen[pair.column] = pair
            taken.add(pair.heading)
    order = CONTRACTS[table].column_names
    return tuple(chosen[name] for name in order if name in chosen)


def _fitness(table: str, matches: Sequence[Match]) -> float:
    """Required columns count double; what is required and not found counts against."""
    required = {column.name for column in CONTRACTS[table].columns if column.required}
    found: Mapping[str, float] = {match.column: match.likeness for match in matches}
    gained = sum(value * (2 if name in required else 1) for name, value in found.items())
    return gained - len(required - set(found))
