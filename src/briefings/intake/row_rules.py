"""Rows that a profile leaves out on purpose, each under the reason it states."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any, Literal, TypeAlias

import pandas as pd

from briefings.errors import SettingsError
from briefings.intake import stated
from briefings.intake.conditions import Condition, holds, parse_condition
from briefings.intake.layout import MISFIT
from briefings.intake.readers import one_line
from briefings.intake.written_dates import DateReading, parse_formats
from briefings.intake.written_numbers import NumberReading, parse_numbers

LONGEST_REASON = 100
OTHER_WIDTH = "more or fewer cells than headings"
MISFIT_RULE = -1
# Where the quarantine names the column of a fault, for a row that a rule left out.
LEFT_OUT = "(left out)"
Keep: TypeAlias = Literal["keep_first", "keep_last", "keep_none"]
SINGLE = ("where", "unless")
KINDS = (*SINGLE, "multiple", "doubled", "older_by")
KEYS = {
    "where": ("number", "sums"),
    "unless": ("number", "sums"),
    "multiple": ("of", "same", "number"),
    "doubled": ("same",),
    "older_by": ("same", "format"),
}
DOUBLED: tuple[Keep, ...] = ("keep_first", "keep_last", "keep_none")
SUM_KEYS = ("by", "group", "of", "columns", "names")


@dataclass(frozen=True)
class SubtotalCheck:
    """What the rows left out are the sums of.

    A subtotal under the heading `group` names, in the same cells of `by`, rows whose `of` holds
    that name, or one of the names that `names` gives for it; without both it is the total of all
    rows with the same cells of `by`. `columns` are the headings summed.
    """

    by: tuple[str, ...]
    columns: tuple[str, ...]
    group: str = ""
    of: str = ""
    names: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def headings(self) -> tuple[str, ...]:
        """Every heading that is read."""
        return (*self.by, *filter(None, (self.group, self.of)), *self.columns)


@dataclass(frozen=True)
class RowRule:
    """One reason to leave rows out, and which rows it hits.

    `where` and `unless`: rows that meet a condition, or that do not. `multiple`: rows whose cells
    under `of` are just so many times those of another row with the same cells under `same`, as a
    year beside its half. `doubled`: rows equal to another under `same` (all headings if empty),
    but for the one that `keep` names. `older_by`: rows with the same cells under `same` and an
    earlier day than another. `dates` and `numbers`, by heading, say how days and numbers are
    written that are compared or summed.
    """

    reason: str
    kind: Literal["where", "unless", "multiple", "doubled", "older_by"]
    condition: Condition = ()
    times: int = 1
    of: tuple[str, ...] = ()
    same: tuple[str, ...] = ()
    keep: Keep = "keep_first"
    dates: DateReading = field(default_factory=DateReading)
    numbers: Mapping[str, NumberReading | None] = field(default_factory=dict)
    sums: SubtotalCheck | None = None

    @property
    def headings(self) -> tuple[str, ...]:
        """Every heading that is read."""
        tested = tuple(test.heading for test in self.condition)
        return (*tested, *self.of, *self.same, *(self.sums.headings if self.sums else ()))

    @property
    def compares(self) -> bool:
        """Whether it compares rows with each other, see `compared_rows`."""
        return self.kind not in SINGLE


def hit_by(raw: pd.DataFrame, rules: Sequence[RowRule]) -> pd.Series:
    """The number of the first rule for single rows that leaves a row out, missing where none does.

    Before all rules goes a row of another width than the headings, where the layout has it set
    aside: its number is that of MISFIT_RULE.
    """
    found = pd.Series(pd.NA, index=raw.index, dtype="Int64")
    if MISFIT in raw.columns:
        found = found.mask(raw[MISFIT].notna(), MISFIT_RULE)
    for number, rule in enumerate(rules):
        if not rule.compares:
            met = holds(rule.condition, raw)
            found = found.mask(found.isna() & (met if rule.kind == "where" else ~met), number)
    return found


def left_out_faults(hit: pd.Series, rules: Sequence[RowRule]) -> pd.DataFrame:
    """One fault for each row by the number of the rule that leaves it out.

    Columns row, column, value, reason. No value: which cells a rule looked at is in the profile.
    """
    places = {number: place_of(number, rules) for number in hit.unique()}
    found = pd.DataFrame({"row": hit.index, "column": "", "value": "", "reason": ""})
    for number, (column, reason) in places.items():
        found.loc[(hit == number).to_numpy(dtype=bool), ["column", "reason"]] = column, reason
    return found


def place_of(number: int, rules: Sequence[RowRule]) -> tuple[str, str]:
    """What the quarantine says of a row that a rule leaves out: column and reason."""
    # Whoever writes a tab into a text has not left out the row on purpose.
    return (MISFIT, OTHER_WIDTH) if number == MISFIT_RULE else (LEFT_OUT, rules[number].reason)


@dataclass(frozen=True)
class Written:
    """How a table writes what its rules compare: days, and numbers, some headings otherwise."""

    dates: DateReading = field(default_factory=DateReading)
    number: NumberReading | None = None
    of_headings: Mapping[str, Collection[NumberReading | None]] = field(default_factory=dict)

    def numbers(self, where: str, headings: Sequence[str]) -> dict[str, NumberReading | None]:
        """How the numbers under each heading are written; SettingsError where columns differ."""
        found = {head: self.of_headings.get(head, (self.number,)) for head in headings}
        for heading, readings in found.items():
            if len(readings) > 1:
                raise SettingsError(
                    f"{where}: columns read numbers under {stated.shown(heading)} in two ways.",
                    "Say with `number` how the rule reads it.",
                )
        return {heading: reading for heading, (reading,) in found.items()}


def parse_rules(where: str, value: Any, written: Written) -> tuple[RowRule, ...]:
    """The rules of a table; SettingsError names the one that is wrong.

    Days and numbers are written as in its columns unless a rule says otherwise.
    """
    if not isinstance(value, list):
        raise SettingsError(f"{where}: expected a list of `{{leave_out: reason, where: …}}`.")
    rules = tuple(_rule(f"{where}[{place}]", each, written) for place, each in enumerate(value, 1))
    reasons = [rule.reason for rule in rules]
    for rule in rules:
        if rule.sums and reasons.count(rule.reason) > 1:
            raise SettingsError(
                f"{where}: {stated.shown(rule.reason)} is the reason of several rules.",
                "Give totals that are compared a reason of their own: it tells them from others.",
            )
    return rules


def _rule(where: str, value: Any, written: Written) -> RowRule:
    kinds = [key for key in KINDS if isinstance(value, dict) and key in value]
    own = KEYS[kinds[0]] if len(kinds) == 1 else tuple(chain.from_iterable(KEYS.values()))
    parts = stated.mapping(where, value, ("leave_out", *kinds, *own))
    reason = one_line(stated.text(f"{where}.leave_out", parts.get("leave_out")))
    if len(kinds) != 1 or len(reason) > LONGEST_REASON:
        raise SettingsError(
            f"{where}: needs one of {', '.join(KINDS)}, and a reason of up to "
            f"{LONGEST_REASON} signs."
        )
    kind = kinds[0]
    sums = _sums(f"{where}.sums", parts["sums"]) if "sums" in parts else None
    if "number" in parts:
        number = parse_numbers(f"{where}.number", parts["number"])
        written = replace(written, number=number, of_headings={})
    place = f"{where}.{kind}"
    if kind in SINGLE:
        condition = parse_condition(place, parts[kind], written.number)
        single: Literal["where", "unless"] = "where" if kind == "where" else "unless"
        numbers = written.numbers(where, sums.columns if sums else ())
        return RowRule(reason, single, condition, numbers=numbers, sums=sums)
    same = _headings(f"{where}.same", parts["same"]) if "same" in parts else ()
    if kind == "doubled":
        word = stated.word(place, parts[kind], DOUBLED)
        return RowRule(reason, "doubled", same=same, keep=DOUBLED[DOUBLED.index(word)])
    if not same:
        raise SettingsError(f"{where}: `same` says which cells the rows have in common.")
    if kind == "multiple":
        times, of = stated.whole(place, parts[kind], 2), _headings(f"{where}.of", parts.get("of"))
        numbers = written.numbers(where, of)
        return RowRule(reason, "multiple", times=times, of=of, same=same, numbers=numbers)
    dates, by = written.dates, (_heading(place, parts[kind]),)
    if "format" in parts:
        dates = replace(dates, formats=parse_formats(f"{where}.format", parts["format"]))
    return RowRule(reason, "older_by", of=by, same=same, dates=dates)


def _sums(where: str, value: Any) -> SubtotalCheck:
    parts = stated.mapping(where, value, SUM_KEYS)
    grouped = bool({"group", "of", "names"} & set(parts))
    names = stated.mapping(f"{where}.names", parts.get("names") or {})
    groups = tuple(
        (one_line(name), stated.value_texts(f"{where}.names.{name}", listed))
        for name, listed in names.items()
    )
    named = [part for _, group in groups for part in group]
    stated.refuse_repeated(f"{where}.names", named, "belongs to two totals")
    return SubtotalCheck(
        by=_headings(f"{where}.by", parts.get("by")),
        columns=_headings(f"{where}.columns", parts.get("columns")),
        group=_heading(f"{where}.group", parts.get("group")) if grouped else "",
        of=_heading(f"{where}.of", parts.get("of")) if grouped else "",
        names=groups,
    )


def _heading(where: str, value: Any) -> str:
    return one_line(stated.text(where, value))


def _headings(where: str, value: Any) -> tuple[str, ...]:
    return tuple(map(one_line, stated.texts(where, value)))
