"""A first profile for a file, for a person to correct: headings matched, the rest guessed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from briefings.errors import InputError
from briefings.intake.contracts import CONTRACTS
from briefings.intake.layout import MISFIT, RAGGED, Layout
from briefings.intake.personal import is_personal_heading, looks_personal
from briefings.intake.readers import read_chunks
from briefings.intake.samples import Sample
from briefings.intake.synonyms import heading_synonyms, likeness

HIGHEST_HEADINGS = 12  # rows above the headings that a file may begin with
PEEKED_ROWS = 50
LOOKED_AT_ROWS = 50_000
LEAST_LIKENESS = 0.3
EXACT = 1.0


@dataclass(frozen=True)
class Match:
    """A contract column with the heading that seems to mean it, and how sure that is (up to 1)."""

    column: str
    heading: str
    likeness: float


@dataclass(frozen=True)
class Draft:
    """What was found in a file: where its table lies, which contract it fits and how.

    `raw` are its first rows, LOOKED_AT_ROWS at most.
    `personal` are headings that look personal and are never proposed, `unused` all others that
    fit no column, `missing` the required columns that no heading fits.
    """

    file: Path
    raw: pd.DataFrame
    layout: Layout
    table: str
    matches: tuple[Match, ...]
    missing: tuple[str, ...]
    unused: tuple[str, ...]
    personal: tuple[str, ...]


def draft(file: Path, table: str = "", sheet: str | None = None) -> Draft:
    """Match the headings of a file with a contract, the likeliest one unless it is named.

    `sheet` names one where a workbook has several. InputError where the file cannot be read with
    headings in any of its first rows.
    """
    layout, raw = _read(file, table, sheet)
    headings = [heading for heading in raw.columns if heading != MISFIT]
    personal = _personal(raw[headings])
    candidates = [heading for heading in headings if heading not in personal]
    by_table = {name: _matches(name, candidates) for name in ([table] if table else CONTRACTS)}
    best = max(by_table, key=lambda name: _fitness(name, by_table[name]))
    matches = by_table[best]
    matched = {match.heading for match in matches}
    found = {match.column for match in matches}
    required = [column.name for column in CONTRACTS[best].columns if column.required]
    return Draft(
        file=file,
        raw=raw[headings],
        layout=layout,
        table=best,
        matches=matches,
        missing=tuple(name for name in required if name not in found),
        unused=tuple(heading for heading in candidates if heading not in matched),
        personal=tuple(personal),
    )


def _read(file: Path, table: str, sheet: str | None) -> tuple[Layout, pd.DataFrame]:
    """The first rows of a file, with its headings in the row in which most of them are known."""
    layouts = [
        Layout(sheet=sheet, header_rows=(row,), ragged=ragged)
        for ragged in RAGGED
        for row in range(1, HIGHEST_HEADINGS + 1)
    ]
    found: dict[Layout, float] = {}
    first: InputError | None = None
    for layout in layouts:
        try:
            found[layout] = _known(_begin(file, layout, PEEKED_ROWS).columns, table)
        except InputError as error:
            first = first or error
        if found.get(layout, 0.0) > 0:
            break
    if not found:
        raise first or InputError(f"{file}: no table was found in it.")
    best = max(found, key=lambda layout: found[layout])
    try:
        return best, _begin(file, best, LOOKED_AT_ROWS)
    except InputError:  # a row further down has another width
        best = replace(best, ragged=RAGGED[1])
        return best, _begin(file, best, LOOKED_AT_ROWS)


def _begin(file: Path, layout: Layout, rows: int) -> pd.DataFrame:
    return next(iter(read_chunks(file, layout, rows)))


def _known(headings: Sequence[str] | pd.Index, table: str) -> float:
    names = [table] if table else list(CONTRACTS)
    return max(_fitness(name, _matches(name, list(headings))) for name in names)


def _personal(raw: pd.DataFrame) -> list[str]:
    """Headings that look personal; by their cells only where the heading says nothing else."""
    known = [
        heading
        for heading in raw.columns
        if not is_personal_heading(heading)
        and any(likeness(heading, listed) == EXACT for listed in heading_synonyms().values())
    ]
    others = (heading for heading in raw.columns if heading not in known)
    return [heading for heading in others if looks_personal(heading, Sample(raw[heading]))]


def _matches(table: str, headings: Sequence[str]) -> tuple[Match, ...]:
    """Each column with one heading and each heading with one column, the likeliest first."""
    pairs = [
        Match(column, heading, found)
        for column in CONTRACTS[table].column_names
        for heading in headings
        if (found := likeness(heading, heading_synonyms()[table, column])) >= LEAST_LIKENESS
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
