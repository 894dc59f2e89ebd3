"""Where one contract column comes from: what a profile can say about it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from briefings.intake.conditions import Condition
from briefings.intake.shifts import Kind
from briefings.intake.written_dates import DateReading
from briefings.intake.written_numbers import NumberReading

Take = Literal[
    "one", "join", "first", "sum", "days_between", "cases", "file_name", "earliest", "latest"
]
AS_THEY_STAND = "as they stand"
# The takes that look at all rows of a case.
EXTREMES = ("earliest", "latest")


@dataclass(frozen=True)
class Part:
    """A part of a text: what a pattern finds, a place after splitting, or signs by number.

    `first` and `last` are places counted from 1; of the pieces between `split`, or of the signs
    where that is empty.
    """

    pattern: str = ""
    split: str = ""
    first: int = 1
    last: int | None = None


@dataclass(frozen=True)
class Shift:
    """From one moment to another: later, or to the first or last day of some months.

    `by` is how many, or where that is found.
    """

    kind: Kind
    by: int | Source


@dataclass(frozen=True)
class Case:
    """A code for the rows that meet a condition."""

    condition: Condition
    code: str


@dataclass(frozen=True)
class Source:
    """Where one contract column comes from, and how its cells are read.

    `headings` are alternatives for `one`, of which the first in the file is taken, and all used
    otherwise; those of `minus` are taken off a `sum`. `codes` maps labels to codes, an empty code
    to an empty cell; `others` is the code of every other label, which is a fault where there is
    none; AS_THEY_STAND leaves them. `same` are the headings that rows of one case have in common,
    for `earliest` and `latest`. The cell of a row that does not meet `only_if` counts as empty.
    """

    headings: tuple[str, ...] = ()
    take: Take = "one"
    minus: tuple[str, ...] = ()
    glue: str = ""
    same: tuple[str, ...] = ()
    cases: tuple[Case, ...] = ()
    optional: bool = False
    fill_down: bool = False
    only_if: Condition = ()
    part: Part | None = None
    codes: Mapping[str, str] = field(default_factory=dict)
    others: str | None = None
    ignore: tuple[str, ...] = ()
    if_empty: str = ""
    dates: DateReading = field(default_factory=DateReading)
    shift: Shift | None = None
    number: NumberReading | None = None

    @property
    def length(self) -> Source | None:
        """Where the length of a shift stands, if it stands in the file."""
        return self.shift.by if self.shift and isinstance(self.shift.by, Source) else None

    @property
    def needed(self) -> tuple[str, ...]:
        """Headings without which the column cannot be made.

        Alternatives are none of them, nor, where that is optional, those of which one is filled.
        """
        conditions = (*(case.condition for case in self.cases), self.only_if)
        tested = [test.heading for condition in conditions for test in condition]
        beside = self.length.mentioned if self.length else ()
        any_will_do = self.take == "one" or (self.take == "first" and self.optional)
        parts = () if any_will_do else self.headings
        return tuple(dict.fromkeys((*parts, *self.minus, *self.same, *tested, *beside)))

    def as_found(self, headings: Collection[str]) -> Source:
        """What is taken of a file with these headings: where one lacks, nothing, if optional."""
        if not self.optional or set(self.needed) <= set(headings):
            return self
        if self.take == "sum" and self.if_empty and set(self.headings) & set(headings):
            added = tuple(each for each in self.headings if each in headings)
            off = tuple(each for each in self.minus if each in headings)
            return replace(self, headings=added, minus=off)
        return replace(self, take="one", headings=(), same=(), cases=(), only_if=(), shift=None)

    @property
    def mentioned(self) -> tuple[str, ...]:
        """Every heading that the column may use."""
        return tuple(dict.fromkeys((*self.headings, *self.needed)))


def source_heading(source: Source, headings: Collection[str]) -> tuple[str, ...]:
    """The one heading of a file that a source takes of its alternatives; none for other takes."""
    if source.take != "one":
        return ()
    return tuple(head for head in source.headings if head in headings)[:1]
