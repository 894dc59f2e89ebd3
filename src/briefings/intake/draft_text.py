"""A draft as the YAML of a profile, in which every guess says that it is one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd
import yaml

from briefings.intake.contract import DAYS, Column
from briefings.intake.contracts import CONTRACTS
from briefings.intake.date_orders import ORDERS
from briefings.intake.detectors import mask_strictly
from briefings.intake.drafting import Draft, Match
from briefings.intake.guesses import (
    DateGuess,
    guess_codes,
    guess_empty,
    guess_numbers,
)

GUESS = "# guess"
QUESTION = "# QUESTION"
# No format of dates: a profile in which it still stands is refused, and the message shows it.
WHICH_ORDER = "day-first or month-first?"
EXACT = 1.0
MOST_CODES = 20


def as_yaml(draft: Draft) -> str:
    """The profile; what only a person can know stands in comments.

    It loads as it stands, unless it holds a question that must be answered first.
    """
    parts = [*_head(draft), "", *_layout(draft), "tables:", f"  {draft.table}:", *_columns(draft)]
    return "\n".join([*parts, *_rows(draft), *_notes(draft)]) + "\n"


def remarks(draft: Draft) -> list[str]:
    """What must not be overlooked: that nothing was recognised, and what is to be answered."""
    found = []
    if draft.recognises_nothing:
        found.append(
            f"No heading of the file was recognised, so nothing is mapped. Fill in the columns of "
            f"{draft.table}, or name another table with --table."
        )
    asked = [heading for heading, guess in draft.dates.items() if _asks(guess)]
    if asked:
        names = ", ".join(map(mask_strictly, asked))
        found.append(
            f"Day or month first? The dates do not tell ({names}). The profile is refused until "
            f"the question in it is answered."
        )
    return found


def quoted(text: str) -> str:
    """A text as YAML that means just this text."""
    written: str = yaml.dump(text, allow_unicode=True, default_style='"', width=10**9)
    return written.strip()


def _head(draft: Draft) -> Iterator[str]:
    yield f"# Drafted from {_comment(draft.file.name)} (its first {len(draft.raw):,} rows)."
    yield "# Nothing here is checked: read every line, correct it, and take the marks away."
    for remark in remarks(draft):
        yield f"# ATTENTION: {_comment(remark)}"
    if _needs_zone(draft):
        yield f"zone: UTC {GUESS}: the data count in UTC; state the zone of the office instead"
    else:
        yield "# zone: Asia/Ho_Chi_Minh   (the zone of the office, if times need one)"
    yield "# units:                    (names of offices with their codes, if the data have names)"


def _layout(draft: Draft) -> Iterator[str]:
    layout, lines = draft.layout, []
    if layout.sheet is not None:
        lines.append(f"  sheet: {quoted(layout.sheet)}")
    if layout.encoding is not None:
        lines.append(f"  encoding: {layout.encoding}")
    if layout.header_rows != (1,):
        mark = "" if layout.header_rows == draft.given.header_rows else f" {GUESS}"
        bare = "" if layout.header_rows else ": there seem to be only data"
        lines.append(f"  header_rows: {_row_numbers(layout.header_rows)}{mark}{bare}")
    if layout.first_row is not None:
        lines.append(f"  first_row: {layout.first_row} {GUESS}")
    if layout.sets_aside_ragged_rows:
        lines.append(f"  ragged: set_aside {GUESS}: some rows have another width; see which")
    empty = guess_empty(draft.raw)
    if empty:
        lines.append(f"  empty: [{', '.join(map(quoted, empty))}] {GUESS}")
    if lines:
        yield "layout:"
        yield from lines
        yield ""


def _row_numbers(rows: Sequence[int]) -> str:
    return str(rows[0]) if len(rows) == 1 else f"[{', '.join(map(str, rows))}]"


def _columns(draft: Draft) -> Iterator[str]:
    contract = CONTRACTS[draft.table]
    matches = {match.column: match for match in draft.matches}
    yield "    columns:" if matches else "    columns: {}"
    for column in contract.columns:
        if column.name in matches:
            yield from _column(draft, column, matches[column.name])
        elif draft.log and column.name == "received_at":
            yield f"      {column.name}: {{ {_moment(draft, 'earliest')} }} {_marked(draft)}"
        elif draft.log and column.name == "finished_at":
            only_if = f"only_if: {{ {quoted(draft.log.step)}: [] }}"
            line = f"{column.name}: {{ {_moment(draft, 'latest')}, {only_if} }}"
            yield f"      # {_comment(line)}   which steps end a case?"
        elif column.required:
            yield f"      # {column.name}:   required; no heading of the file seems to mean it"


def _moment(draft: Draft, which: str) -> str:
    """The first or last moment of a case; for a draft that is a log."""
    log = draft.log
    assert log is not None
    parts = [f"{which}: {quoted(log.time)}", f"same: [{quoted(log.case)}]"]
    return ", ".join([*parts, *_format(draft.dates[log.time])])


def _marked(draft: Draft) -> str:
    """The mark of a moment of a log."""
    asks = draft.log is not None and _asks(draft.dates[draft.log.time])
    return f"{QUESTION if asks else GUESS}: a row for each event, by three headings"


def _rows(draft: Draft) -> Iterator[str]:
    """Of a log, the rules that leave all rows of a case out but the last."""
    if draft.log is None:
        return
    reason, same = "another event of the case", f"same: [{quoted(draft.log.case)}]"
    time = ", ".join([quoted(draft.log.time), *_format(draft.dates[draft.log.time])])
    yield f"    rows: {GUESS}: what else is read of a case comes from its last event"
    yield f"      - {{ leave_out: {reason}, older_by: {time}, {same} }}"
    yield f"      - {{ leave_out: {reason}, doubled: keep_first, {same} }}"


def _column(draft: Draft, column: Column, match: Match) -> Iterator[str]:
    cells = draft.raw[match.heading]
    parts, notes = [f"heading: {quoted(match.heading)}"], [_by_heading(match)]
    if column.kind in DAYS:
        if draft.kinds[match.heading] == "nothing":
            notes.append("it is empty here, so how dates are written is not known")
        else:
            _add_dates(draft.dates[match.heading], parts, notes)
    elif _is_number(column):
        _add_numbers(cells, parts, notes)
    note = f"{QUESTION if _is_asked(parts) else GUESS}: {'; '.join(notes)}"
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


def _add_dates(guess: DateGuess | None, parts: list[str], notes: list[str]) -> None:
    if guess is None:
        notes.append("no date was recognised in it")
        return
    parts += _format(guess)
    if guess.open_orders:
        notes.append(
            "day or month first? Nothing in the file tells: write day-first or month-first"
        )
    if guess.by_file:
        notes.append("day or month first as in other dates of the file")
    if guess.rivals:
        notes.append(f"{' and '.join(guess.rivals)} would fit as well, with other days")
    if guess.unread:
        notes.append(f"{guess.unread} of the cells looked at are not read so")


def _format(guess: DateGuess | None) -> list[str]:
    """How dates are written, where it needs saying; a question where only a person knows."""
    if guess is None or guess.formats == ("iso",):
        return []
    forms = [WHICH_ORDER if _asks(guess) and each in ORDERS else each for each in guess.formats]
    return [f"format: [{', '.join(map(quoted, dict.fromkeys(forms)))}]"]


def _asks(guess: DateGuess | None) -> bool:
    return guess is not None and guess.open_orders


def _is_asked(parts: Sequence[str]) -> bool:
    return any(WHICH_ORDER in part for part in parts[1:])


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
    return any(guess is not None and guess.needs_zone for guess in draft.dates.values())


def _notes(draft: Draft) -> Iterator[str]:
    if draft.unused:
        yield "    # Not mapped, and so not taken in (what at least half of the cells seem to be):"
        for heading in draft.unused:
            yield f"    #   {_comment(mask_strictly(heading))}   ({draft.kinds[heading]})"
    if draft.personal:
        yield "    # Look personal, and are never to be mapped:"
        yield from (f"    #   {_comment(mask_strictly(heading))}" for heading in draft.personal)


def _comment(text: str) -> str:
    """A text that can not leave its comment."""
    return "".join(sign if sign.isprintable() else "?" for sign in text)
