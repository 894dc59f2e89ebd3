"""A draft as the YAML of a profile, in which every guess says that it is one."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
import yaml

from briefings.intake.contract import Column
from briefings.intake.contracts import CONTRACTS
from briefings.intake.detectors import mask_strictly
from briefings.intake.drafting import Draft, Match
from briefings.intake.guesses import guess_codes, guess_dates, guess_empty, guess_numbers

GUESS = "# guess"
EXACT = 1.0
MOST_CODES = 20


def as_yaml(draft: Draft) -> str:
    """The profile, which loads as it stands; what only a person can know stands in comments."""
    parts = [*_head(draft), "", *_layout(draft), "tables:", f"  {draft.table}:", *_columns(draft)]
    return "\n".join([*parts, *_notes(draft)]) + "\n"


def quoted(text: str) -> str:
    """A text as YAML that means just this text."""
    written: str = yaml.dump(text, allow_unicode=True, default_style='"', width=10**9)
    return written.strip()


def _head(draft: Draft) -> Iterator[str]:
    yield f"# Drafted from {_comment(draft.file.name)} (its first {len(draft.raw):,} rows)."
    yield "# Nothing here is checked: read every line, correct it, and take the marks away."
    if _needs_zone(draft):
        yield f"zone: UTC {GUESS}: the data count in UTC; state the zone of the office instead"
    else:
        yield "# zone: Asia/Ho_Chi_Minh   (the zone of the office, if times need one)"
    yield "# units:                    (names of offices with their codes, if the data have names)"


def _layout(draft: Draft) -> Iterator[str]:
    lines = []
    if draft.layout.sheet is not None:
        lines.append(f"  sheet: {quoted(draft.layout.sheet)}")
    if draft.layout.header_rows != (1,):
        lines.append(f"  header_rows: {draft.layout.header_rows[0]} {GUESS}")
    if draft.layout.sets_aside_ragged_rows:
        lines.append(f"  ragged: set_aside {GUESS}: some rows have another width; see which")
    empty = guess_empty(draft.raw)
    if empty:
        lines.append(f"  empty: [{', '.join(map(quoted, empty))}] {GUESS}")
    if lines:
        yield "layout:"
        yield from lines
        yield ""


def _columns(draft: Draft) -> Iterator[str]:
    contract = CONTRACTS[draft.table]
    matches = {match.column: match for match in draft.matches}
    yield "    columns:" if matches else "    columns: {}"
    for column in contract.columns:
        if column.name in matches:
            yield from _column(draft, column, matches[column.name])
        elif column.required:
            yield f"      # {column.name}:   required; no heading of the file seems to mean it"


def _column(draft: Draft, column: Column, match: Match) -> Iterator[str]:
    cells = draft.raw[match.heading]
    parts, notes = [f"heading: {quoted(match.heading)}"], [_by_heading(match)]
    if column.kind in ("day", "moment"):
        _add_dates(cells, parts, notes)
    elif _is_number(column):
        _add_numbers(cells, parts, notes)
    note = f"{GUESS}: {'; '.join(notes)}"
    codes = guess_codes(cells, column) if _is_coded(column) else None
    if codes is None:
        yield f"      {column.name}: {{ {', '.join(parts)} }} {note}"
        return
    lines = [f"      {column.name}: {note}", *(f"        {part}" for part in parts)]
    lines += _codes(column, codes)
    if any(codes.values()):
        yield from lines
    else:  # as it stands it would set every row aside
        yield from (f"      # {line.strip().removeprefix('# ')}" for line in lines)


def _by_heading(match: Match) -> str:
    return "by its heading" if match.likeness == EXACT else "its heading is only like it"


def _add_dates(cells: pd.Series, parts: list[str], notes: list[str]) -> None:
    guess = guess_dates(cells)
    if guess is None:
        notes.append("no date was recognised in it")
        return
    if guess.formats != ("iso",):
        parts.append(f"format: [{', '.join(map(quoted, guess.formats))}]")
    if guess.rivals:
        notes.append(f"{' and '.join(guess.rivals)} would fit as well, with other days")
    if guess.unread:
        notes.append(f"{guess.unread} of the cells looked at are not read so")


def _add_numbers(cells: pd.Series, parts: list[str], notes: list[str]) -> None:
    guess = guess_numbers(cells)
    if guess.way:
        parts.append(f"number: {{ {guess.way} }}")
        notes.append("how numbers are written")
    if guess.rivals:
        others = " or ".join(rival or "plain numbers" for rival in guess.rivals)
        notes.append(f"{others} would fit as well, with other numbers")


def _codes(column: Column, codes: dict[str, str]) -> Iterator[str]:
    yield f"        codes: {GUESS}"
    for label, code in codes.items():
        if code:
            yield f"          {quoted(label)}: {quoted(code)}"
    for label, code in codes.items():
        if not code:
            yield f"          # {_comment(quoted(label))}:   which code is it?"
    listed = column.values or ("true", "false")
    if isinstance(listed, range):
        yield f"          # codes are {listed.start} to {listed[-1]}"
    else:
        yield f"          # codes are {', '.join(listed)}"


def _is_number(column: Column) -> bool:
    return column.kind == "number" or (column.kind == "whole" and not _is_coded(column))


def _is_coded(column: Column) -> bool:
    few = isinstance(column.values, range) and len(column.values) <= MOST_CODES
    return isinstance(column.values, tuple) or few or column.kind == "flag"


def _needs_zone(draft: Draft) -> bool:
    kinds = {column.name: column.kind for column in CONTRACTS[draft.table].columns}
    for match in draft.matches:
        if kinds[match.column] in ("day", "moment"):
            guess = guess_dates(draft.raw[match.heading])
            if guess is not None and guess.needs_zone:
                return True
    return False


def _notes(draft: Draft) -> Iterator[str]:
    if draft.unused:
        yield "    # Not mapped, and so not taken in:"
        yield from (f"    #   {_comment(mask_strictly(heading))}" for heading in draft.unused)
    if draft.personal:
        yield "    # Look personal, and are never to be mapped:"
        yield from (f"    #   {_comment(mask_strictly(heading))}" for heading in draft.personal)


def _comment(text: str) -> str:
    """A text that can not leave its comment."""
    return "".join(sign if sign.isprintable() else "?" for sign in text)
