"""A draft as the YAML of a profile, in which every guess says that it is one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefings.intake.cells import as_text
from briefings.intake.contracts import CONTRACTS
from briefings.intake.detectors import mask_strictly
from briefings.intake.draft_columns import (
    ColumnText,
    asks_order,
    column_texts,
    format_of,
)
from briefings.intake.draft_marks import (
    GUESS,
    QUESTION,
    comment,
    printable,
    quoted,
    without_credentials,
)
from briefings.intake.drafting import Draft
from briefings.intake.event_logs import EventLog, last_row
from briefings.intake.heading_words import TABLE_OF_COUNTS, says_total
from briefings.intake.looked_at import guess_empty
from briefings.intake.matching import TABLE_OF_CASES

# No zone and no word of a rule: a profile in which they still stand is refused, and shows them.
WHICH_ZONE = "which zone has the office?"
WHICH_ROW = "keep_first or keep_last?"
MOST_LISTED = 200
# What it says of cases that a column is not there.
FOLLOWS = {"finished_at": "no case is finished", "due_at": "no case is on time or late"}
MINUS = "-"


@dataclass(frozen=True)
class DraftText:
    """A draft as it is written.

    `profile`: what only a person can know is a question, with which it is refused. `remarks`: what
    must not be overlooked, because it is not recognised, in doubt, or to be answered.
    """

    profile: str
    remarks: tuple[str, ...]


def written(draft: Draft) -> DraftText:
    """The profile, and the remarks that stand in it as well."""
    columns = column_texts(draft)
    remarks = tuple(_remarks(draft, columns))
    parts = [*_head(draft, remarks), "", *_layout(draft), "tables:", f"  {draft.table}:"]
    parts += [*_columns(draft, columns), *_rows(draft), *_notes(draft)]
    return DraftText("\n".join(map(without_credentials, parts)) + "\n", remarks)


def _remarks(draft: Draft, columns: Sequence[ColumnText]) -> Iterator[str]:
    if draft.recognises_nothing:
        yield (
            f"No heading of the file was recognised, so nothing is mapped. Fill in the columns of "
            f"{draft.table}, or name another table with --table."
        )
    found = {column.name for column in columns}
    doubtful = [column.name for column in columns if column.doubts]
    doubtful += ["finished_at"] if draft.log and "finished_at" not in found else []
    if doubtful:
        yield (
            f"Not certain: {', '.join(doubtful)}. The profile is refused until each `question` "
            f"is answered and taken out, or its column is."
        )
    missing = [] if draft.recognises_nothing else _missing(draft, columns)
    if missing:
        yield f"Required, and without a heading: {', '.join(missing)}."
    for column, follows in FOLLOWS.items():
        if draft.table == TABLE_OF_CASES and columns and column not in (*found, *doubtful):
            yield f"No heading is {column}: as the profile stands, {follows}."
    asked = [heading for heading, guess in draft.dates.items() if asks_order(guess)]
    if asked:
        names = ", ".join(map(mask_strictly, asked))
        yield (
            f"Day or month first? The dates do not tell ({names}). The profile is refused until "
            f"the question in it is answered."
        )
    if _needs_zone(draft):
        yield "Times count in UTC or have an offset: the profile needs the zone of the office."
    if _totals(draft):
        yield "Rows that look like totals are left out; see `rows`."


def _missing(draft: Draft, columns: Sequence[ColumnText]) -> list[str]:
    found = {column.name for column in columns} | ({"received_at"} if draft.log else set())
    required = (column.name for column in CONTRACTS[draft.table].columns if column.required)
    return [name for name in required if name not in found]


def _head(draft: Draft, remarks: Sequence[str]) -> Iterator[str]:
    name = comment(mask_strictly(draft.file.name))
    yield f"# Drafted from {name} (its first {len(draft.raw):,} rows)."
    yield "# Nothing here is checked: read every line, correct it, and take the marks away."
    for remark in remarks:
        yield f"# ATTENTION: {printable(remark)}"
    if _needs_zone(draft):
        yield f"zone: {quoted(WHICH_ZONE)} {QUESTION}: such as Asia/Ho_Chi_Minh"
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
    empty = guess_empty(draft.raw, [match.column for match in draft.matches])
    if empty:
        is_open = MINUS in empty and draft.table == TABLE_OF_COUNTS
        note = ": in counts a stroke may mean 0" if is_open else ""
        lines.append(f"  empty: [{', '.join(map(quoted, empty))}] {GUESS}{note}")
    if lines:
        yield "layout:"
        yield from lines
        yield ""


def _row_numbers(rows: Sequence[int]) -> str:
    return str(rows[0]) if len(rows) == 1 else f"[{', '.join(map(str, rows))}]"


def _columns(draft: Draft, columns: Sequence[ColumnText]) -> Iterator[str]:
    yield "    columns:" if columns else "    columns: {}"
    by_name = {column.name: column for column in columns}
    for column in CONTRACTS[draft.table].columns:
        if column.name in by_name:
            yield from by_name[column.name].lines()
        elif draft.log and column.name == "received_at":
            moment = _moment(draft, draft.log, "earliest")
            yield f"      {column.name}: {{ {moment} }} {_marked(draft)}"
        elif draft.log and column.name == "finished_at":
            only_if = f"only_if: {{ {quoted(draft.log.step)}: [{quoted('…')}] }}"
            moment = f"{_moment(draft, draft.log, 'latest')}, {only_if}"
            asked = f"question: {quoted('which steps end a case?')}"
            yield f"      {column.name}: {{ {moment}, {asked} }} {QUESTION}"
        elif column.required:
            yield f"      # {column.name}:   required; no heading of the file seems to mean it"


def _moment(draft: Draft, log: EventLog, which: str) -> str:
    """The first or last moment of a case."""
    parts = [f"{which}: {quoted(log.time)}", f"same: [{quoted(log.case)}]"]
    return ", ".join([*parts, *format_of(draft.dates[log.time])])


def _marked(draft: Draft) -> str:
    """The mark of a moment of a log."""
    asks = draft.log is not None and asks_order(draft.dates[draft.log.time])
    return f"{QUESTION if asks else GUESS}: a row for each event, by three headings"


def _rows(draft: Draft) -> Iterator[str]:
    """Which rows are left out: of a log all of a case but the last, of counts the totals."""
    if draft.log is not None:
        yield from _rows_of_log(draft, draft.log)
    for heading, labels in _totals(draft).items():
        listed = ", ".join(map(quoted, labels))
        yield f"    rows: {GUESS}: they sum up others, and would be counted with them"
        yield f"      - {{ leave_out: total, where: {{ {quoted(heading)}: [{listed}] }} }}"


def _rows_of_log(draft: Draft, log: EventLog) -> Iterator[str]:
    reason, same = "another event of the case", f"same: [{quoted(log.case)}]"
    time = ", ".join([quoted(log.time), *format_of(draft.dates[log.time])])
    keep = last_row(draft.raw, log, draft.dates[log.time])
    asked = f" {QUESTION}: of several rows with the last moment, which is the last?"
    yield f"    rows: {GUESS}: what else is read of a case comes from its last event"
    yield f"      - {{ leave_out: {reason}, older_by: {time}, {same} }}"
    kept = f"doubled: {keep or quoted(WHICH_ROW)}"
    yield f"      - {{ leave_out: {reason}, {kept}, {same} }}{'' if keep else asked}"


def _totals(draft: Draft) -> dict[str, list[str]]:
    """The labels of rows that sum up others, by the heading of the units."""
    headings = [match.heading for match in draft.matches if match.column == "unit"]
    if draft.log is not None or not headings:
        return {}
    labels = as_text(draft.raw[headings[0]].dropna()).unique()
    found = [str(label) for label in labels if says_total(label)]
    return {headings[0]: found} if found else {}


def _needs_zone(draft: Draft) -> bool:
    return any(guess is not None and guess.needs_zone for guess in draft.dates.values())


def _notes(draft: Draft) -> Iterator[str]:
    if draft.unused:
        yield "    # Not mapped, and so not taken in (what at least half of the cells seem to be):"
        for heading in draft.unused[:MOST_LISTED]:
            yield f"    #   {comment(mask_strictly(heading))}   ({draft.kinds[heading]})"
        if len(draft.unused) > MOST_LISTED:
            yield f"    #   and {len(draft.unused) - MOST_LISTED:,} more"
    if draft.personal:
        yield "    # Look personal, and are never to be mapped:"
        for heading in draft.personal[:MOST_LISTED]:
            yield f"    #   {comment(mask_strictly(heading))}"
