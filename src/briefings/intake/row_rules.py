"""Rows that a profile leaves out on purpose, each under the reason it states."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import pandas as pd

from briefings.errors import SettingsError
from briefings.intake import stated
from briefings.intake.cells import as_text
from briefings.intake.conditions import Condition, holds, parse_condition
from briefings.intake.layout import MISFIT
from briefings.intake.readers import one_line
from briefings.intake.written_dates import DateReading, parse_formats, read_moments

LONGEST_REASON = 100
OTHER_WIDTH = "more or fewer cells than headings"
KINDS = ("where", "unless", "multiple", "doubled", "older_by")
KEYS = ("leave_out", "same", *KINDS, "of", "format", "sums")
DOUBLED = ("keep_first", "keep_none")
SUM_KEYS = ("by", "group", "of", "columns", "names")


@dataclass(frozen=True)
class SubtotalCheck:
    """What the rows left out are the sums of.

    A subtotal under the heading `group` names, in the same cells of `by`, rows whose `of` holds
    that name, or one of the names that `names` gives for it. `columns` are the headings summed.
    """

    by: tuple[str, ...]
    group: str
    of: str
    columns: tuple[str, ...]
    names: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def headings(self) -> tuple[str, ...]:
        """Every heading that is read."""
        return (*self.by, self.group, self.of, *self.columns)


@dataclass(frozen=True)
class RowRule:
    """One reason to leave rows out, and which rows it hits.

    `where` and `unless`: rows that meet a condition, or that do not. `multiple`: rows whose cells
    under `of` are just so many times those of another row with the same cells under `same`, as a
    year beside its half. `doubled`: rows equal to an earlier one under `same` (all headings if
    empty). `older_by`: rows with the same cells under `same` and an earlier day than another.
    """

    reason: str
    kind: Literal["where", "unless", "multiple", "doubled", "older_by"]
    condition: Condition = ()
    times: int = 1
    of: tuple[str, ...] = ()
    same: tuple[str, ...] = ()
    keep_none: bool = False
    dates: DateReading = field(default_factory=DateReading)
    sums: SubtotalCheck | None = None

    @property
    def headings(self) -> tuple[str, ...]:
        """Every heading that is read."""
        tested = tuple(test.heading for test in self.condition)
        return (*tested, *self.of, *self.same, *(self.sums.headings if self.sums else ()))

    def hits(self, raw: pd.DataFrame) -> pd.Series:
        """The rows that are left out."""
        if self.kind == "where":
            return holds(self.condition, raw)
        if self.kind == "unless":
            return ~holds(self.condition, raw)
        if self.kind == "multiple":
            return _multiples(raw, self)
        if self.kind == "doubled":
            cells = raw[list(self.same)] if self.same else raw
            keep: Literal["first", False] = False if self.keep_none else "first"
            doubled: pd.Series = cells.astype(str).duplicated(keep=keep)
            return doubled
        return _older(raw, self)


def apply_rules(raw: pd.DataFrame, rules: Sequence[RowRule]) -> pd.Series:
    """The reason of each row that is left out, missing for all others.

    Rules act one after the other: a row that is left out no longer stands beside the rest. First
    goes a row of another width than the headings, where the layout has it set aside.
    """
    reasons = pd.Series(pd.NA, index=raw.index, dtype="str")
    if MISFIT in raw.columns:
        reasons = reasons.mask(raw[MISFIT].notna(), OTHER_WIDTH)
    for rule in rules:
        rest = raw[reasons.isna()]
        hit = rule.hits(rest)
        reasons.loc[rest.index[hit.to_numpy(dtype=bool)]] = rule.reason
    return reasons


def _multiples(raw: pd.DataFrame, rule: RowRule) -> pd.Series:
    """Rows that are `times` another one; a row of zeros is no multiple of its like."""
    numbers = raw[list(rule.of)].apply(pd.to_numeric, errors="coerce").fillna(0.0).astype("float64")
    keys = raw[list(rule.same)].astype(str)
    # Halves of whole numbers are exact, thirds are not: compared as printed to six places.
    smaller = pd.concat([keys, (numbers * rule.times).round(6)], axis=1)
    larger = pd.concat([keys, numbers.round(6)], axis=1)
    among = pd.MultiIndex.from_frame(smaller)
    found = pd.MultiIndex.from_frame(larger).isin(among)
    multiples: pd.Series = pd.Series(found, raw.index) & (numbers != 0).any(axis=1)
    return multiples


def _older(raw: pd.DataFrame, rule: RowRule) -> pd.Series:
    moments = read_moments(raw[rule.of[0]], rule.dates)
    keys = [as_text(raw[heading]) for heading in rule.same]
    newest = moments.groupby(keys, dropna=False).transform("max")
    older: pd.Series = (moments < newest) | (moments.isna() & newest.notna())
    return older


def parse_rules(where: str, value: Any, dates: DateReading) -> tuple[RowRule, ...]:
    """The rules of a table, whose days are written as in its columns unless a rule says otherwise.

    SettingsError names the one that is wrong.
    """
    if not isinstance(value, list):
        raise SettingsError(f"{where}: expected a list of `{{leave_out: reason, where: …}}`.")
    return tuple(_rule(f"{where}[{number}]", each, dates) for number, each in enumerate(value, 1))


def _rule(where: str, value: Any, dates: DateReading) -> RowRule:
    parts = stated.mapping(where, value, KEYS)
    reason = one_line(stated.text(f"{where}.leave_out", parts.get("leave_out")))
    kinds = [key for key in KINDS if key in parts]
    if len(kinds) != 1 or len(reason) > LONGEST_REASON:
        raise SettingsError(
            f"{where}: needs one of {', '.join(KINDS)}, and a reason of up to "
            f"{LONGEST_REASON} signs."
        )
    kind = kinds[0]
    sums = _sums(f"{where}.sums", parts["sums"]) if "sums" in parts else None
    place = f"{where}.{kind}"
    if kind in ("where", "unless"):
        condition = parse_condition(place, parts[kind])
        return RowRule(reason, "where" if kind == "where" else "unless", condition, sums=sums)
    same = _headings(f"{where}.same", parts["same"]) if "same" in parts else ()
    if kind == "doubled":
        keep = stated.word(place, parts[kind], DOUBLED)
        return RowRule(reason, "doubled", same=same, keep_none=keep == "keep_none")
    if not same:
        raise SettingsError(f"{where}: `same` says which cells the rows have in common.")
    if kind == "multiple":
        times, of = stated.whole(place, parts[kind], 2), _headings(f"{where}.of", parts.get("of"))
        return RowRule(reason, "multiple", times=times, of=of, same=same)
    if "format" in parts:
        dates = replace(dates, formats=parse_formats(f"{where}.format", parts["format"]))
    return RowRule(reason, "older_by", of=_headings(place, parts[kind])[:1], same=same, dates=dates)


def _sums(where: str, value: Any) -> SubtotalCheck:
    parts = stated.mapping(where, value, SUM_KEYS)
    names = stated.mapping(f"{where}.names", parts.get("names") or {})
    return SubtotalCheck(
        by=_headings(f"{where}.by", parts.get("by")),
        group=_headings(f"{where}.group", parts.get("group"))[0],
        of=_headings(f"{where}.of", parts.get("of"))[0],
        columns=_headings(f"{where}.columns", parts.get("columns")),
        names=tuple(
            (one_line(name), stated.value_texts(f"{where}.names.{name}", listed))
            for name, listed in names.items()
        ),
    )


def _headings(where: str, value: Any) -> tuple[str, ...]:
    return tuple(map(one_line, stated.texts(where, value)))
