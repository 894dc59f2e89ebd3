"""One column of a draft: what is certain, and what only a person can say, as a question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pandas as pd

from briefings.intake.cells import as_text
from briefings.intake.code_guesses import CodeGuess, guess_codes
from briefings.intake.column_kinds import PERIOD_FORMATS, is_average
from briefings.intake.contract import COUNT, DAYS, Column
from briefings.intake.contracts import CONTRACTS
from briefings.intake.date_guesses import DateGuess
from briefings.intake.date_orders import ORDERS
from briefings.intake.detectors import mask_strictly
from briefings.intake.draft_marks import GUESS, QUESTION, comment, quoted
from briefings.intake.drafting import Draft
from briefings.intake.heading_words import TABLE_OF_COUNTS, may_say_total, says_total
from briefings.intake.matching import Match
from briefings.intake.number_guesses import guess_numbers
from briefings.intake.personal import holds_persons
from briefings.intake.samples import Sample
from briefings.intake.synonyms import EXACT, words_of

# No format of dates: a profile in which it still stands is refused, and the message shows it.
WHICH_ORDER = "day-first or month-first?"
COUNT_OR_CODE = ("so", "ho", "so")  # how many dossiers, or the number of one
MOST_CODES = 20
MOST_TOTALS = 3
UNITS = {
    column.name for each in CONTRACTS.values() for column in each.columns if column.refers_to_unit
}
INDENT = 6 * " "


@dataclass
class ColumnText:
    """What a draft says of one column: keys, notes for a person, and what makes it doubtful."""

    name: str
    parts: list[str]
    notes: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)

    @property
    def asks_order(self) -> bool:
        """Whether a person must say if day or month stands first."""
        return any(WHICH_ORDER in part for part in self.parts[1:])

    def lines(self) -> Iterator[str]:
        """The lines of the profile; it is refused as long as a doubt stands in it."""
        mark = QUESTION if self.doubts or self.asks_order else GUESS
        note = f"{mark}: {'; '.join(self.notes)}" if self.notes else mark
        asked = [f"question: {quoted('; '.join(self.doubts))}"] if self.doubts else []
        parts = [*self.parts, *asked]
        if self.codes:
            yield f"{INDENT}{self.name}: {note}"
            yield from (f"{INDENT}  {each}" for each in (*parts, *self.codes))
        else:
            yield f"{INDENT}{self.name}: {{ {', '.join(parts)} }} {note}"


def column_texts(draft: Draft) -> list[ColumnText]:
    """The columns of a draft that some heading seems to mean, in the order of the contract."""
    matches = {match.column: match for match in draft.matches}
    found = []
    for column in CONTRACTS[draft.table].columns:
        if column.name in matches:
            found.append(_text_of(draft, column, matches[column.name]))
        elif column.name == "period_to" and "period_from" in matches:
            found += _end_of_period(draft, matches["period_from"])
    return found


def format_of(guess: DateGuess | None) -> list[str]:
    """How dates are written, where it needs saying; a question where only a person knows."""
    if guess is None or guess.formats == ("iso",):
        return []
    forms = [
        WHICH_ORDER if asks_order(guess) and each in ORDERS else each for each in guess.formats
    ]
    return [f"format: [{', '.join(map(quoted, dict.fromkeys(forms)))}]"]


def asks_order(guess: DateGuess | None) -> bool:
    """Whether day or month may stand first."""
    return guess is not None and guess.open_orders


def _text_of(draft: Draft, column: Column, match: Match) -> ColumnText:
    text = ColumnText(column.name, [f"heading: {quoted(match.heading)}"])
    _judge_heading(draft, match, text)
    if column.kind in DAYS:
        if draft.kinds[match.heading] == "nothing":
            text.notes.append("it is empty here, so how dates are written is not known")
        else:
            _add_dates(draft, column, draft.dates[match.heading], text)
    elif column.kind == "number" or (column.kind == "whole" and not _is_coded(column)):
        _add_numbers(draft.raw[match.heading], column, text)
    if _is_coded(column):
        _add_codes(column, guess_codes(draft.raw[match.heading], column), text)
    return text


def _judge_heading(draft: Draft, match: Match, text: ColumnText) -> None:
    if match.likeness < EXACT:
        text.doubts.append("its heading is only like it")
    else:
        text.notes.append("by its heading")
    if match.rivals:
        names = " and ".join(comment(mask_strictly(rival)) for rival in match.rivals)
        text.doubts.append(f"{names} would fit as well")
    if match.differs:
        text.doubts.append("rows of one case differ in it; that of the last event would be taken")
    if match.column in UNITS and holds_persons(Sample(draft.raw[match.heading])):
        text.doubts.append("it looks like names of persons: are they offices?")
    if match.column == "unit" and (labels := _possible_totals(draft, match.heading)):
        shown = ", ".join(comment(mask_strictly(label)) for label in labels[:MOST_TOTALS])
        text.doubts.append(f"some rows may sum up others: {shown}")
    if match.column == "dossier_code" and draft.log is None:
        if draft.names_steps:
            text.doubts.append("a case has several rows, with a step each: which row counts?")
        if words_of(match.heading) == COUNT_OR_CODE and draft.kinds[match.heading] == "numbers":
            text.doubts.append("numbers of dossiers, or how many there were?")


def _possible_totals(draft: Draft, heading: str) -> list[str]:
    if draft.table != TABLE_OF_COUNTS:
        return []
    labels = map(str, as_text(draft.raw[heading].dropna()).unique())
    return [label for label in labels if may_say_total(label) and not says_total(label)]


def _add_dates(draft: Draft, column: Column, guess: DateGuess | None, text: ColumnText) -> None:
    if guess is None:
        text.notes.append("no date was recognised in it")
        return
    text.parts += format_of(guess)
    _judge_dates(guess, text)
    months = {PERIOD_FORMATS.get(form, 0) for form in guess.formats}
    if column.name == "period_to" and months != {0}:
        _end(months, text)
    elif draft.table != TABLE_OF_COUNTS and months != {0}:
        text.doubts.append("it says months, not days")


def _judge_dates(guess: DateGuess, text: ColumnText) -> None:
    if guess.open_orders:
        text.notes.append(
            "day or month first? Nothing in the file tells: write day-first or month-first"
        )
    if guess.by_file:
        text.notes.append(
            f"day or month first as in {comment(quoted(mask_strictly(guess.by_file)))}"
        )
    if guess.rivals:
        text.doubts.append(f"{' and '.join(guess.rivals)} would fit as well, with other days")
    if guess.are_bare_numbers:
        text.doubts.append("bare numbers: are they days, counted from 1900?")
    if guess.half_converted:
        text.doubts.append(
            "days up to the 12th are written otherwise: did a spreadsheet swap them?"
        )
    if guess.unread:
        text.notes.append(f"{guess.unread} of the cells looked at are not read so")


def _end(months: set[int], text: ColumnText) -> None:
    """The last day of a period of which the first is read."""
    if len(months) == 1:
        text.parts.append(f"end_of: {{ months: {months.pop()} }}")
        text.notes.append("the last day of it")
    else:
        text.doubts.append("how long are these periods?")


def _end_of_period(draft: Draft, match: Match) -> list[ColumnText]:
    """The end of a period whose beginning is read out of its name."""
    guess = draft.dates[match.heading]
    if guess is None or not set(guess.formats) <= set(PERIOD_FORMATS):
        return []
    text = ColumnText("period_to", [f"heading: {quoted(match.heading)}", *format_of(guess)])
    if match.likeness < EXACT:
        text.doubts.append("its heading is only like it")
    _end({PERIOD_FORMATS[form] for form in guess.formats}, text)
    return [text]


def _add_numbers(cells: pd.Series, column: Column, text: ColumnText) -> None:
    guess = guess_numbers(cells, of_average=is_average(column))
    if guess.way:
        text.parts.append(f"number: {{ {guess.way} }}")
        text.notes.append("how numbers are written")
    if guess.rivals:
        others = " or ".join(rival or "plain numbers" for rival in guess.rivals)
        where = text.doubts if is_average(column) or column.values == COUNT else text.notes
        where.append(f"{others} would fit as well, with other numbers")


def _add_codes(column: Column, guess: CodeGuess, text: ColumnText) -> None:
    if guess.are_codes:
        if isinstance(column.values, range):
            text.doubts.append("numbers of its own, or those of the contract?")
        return
    if not guess.codes and not guess.open and not guess.hidden:
        return
    if not guess.codes:
        text.doubts.append("no label of it is known: list them under codes")
    text.codes = ["codes:" if guess.codes else "codes: {}", *_code_lines(column, guess)]


def _code_lines(column: Column, guess: CodeGuess) -> Iterator[str]:
    for label, code in guess.codes.items():
        yield f"  {quoted(label)}: {quoted(code)}"
    for label in guess.open:
        yield f"  # {comment(quoted(label))}:   which code is it?"
    if guess.hidden:
        yield f"  # not shown, because they stand once or are many: {guess.hidden}"
    listed = _listed(column.values)
    yield f"  # codes are {listed}"


def _listed(values: Sequence[str] | range | None) -> str:
    if isinstance(values, range):
        return f"{values.start} to {values[-1]}"
    return ", ".join(values or ("true", "false"))


def _is_coded(column: Column) -> bool:
    few = isinstance(column.values, range) and len(column.values) <= MOST_CODES
    return isinstance(column.values, tuple) or few or column.kind == "flag"
