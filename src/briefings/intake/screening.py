"""Personal data in the columns that are taken in: masked in texts and faults, refused in codes."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from briefings.errors import InputError
from briefings.escaping import UNSEEN
from briefings.intake.contract import Column, Contract
from briefings.intake.detectors import (
    MARK,
    NUMBERS_IN_TEXT,
    is_personal_code,
    mask,
    mask_strictly,
    worth_a_look,
)
from briefings.intake.layout import MISFIT
from briefings.intake.mapping import FAULT_COLUMNS
from briefings.intake.person_names import resembles_name
from briefings.intake.personal import is_personal_heading
from briefings.intake.profiles import TableProfile
from briefings.intake.quarantine import row_faults
from briefings.intake.samples import Sample
from briefings.intake.shown import raw_text

PERSONAL_CODE = "looks like personal data"
INVISIBLE_CODE = "invisible character"
# A code that differs from another by what nobody sees would be counted as another one.
INVISIBLE = re.compile(f"[{UNSEEN}]")
# From this share of its cells on a column is one of persons, and the profile is at fault; with
# fewer cells than these a single wrong row could look so. Our own convention.
SHARE_OF_PERSONS = 0.5
LEAST_CELLS = 5
LONGEST_VALUE = 200
# What may be kept of a cell that should be a date, a number or a yes or no.
IN_DATES = (
    r"am|pm|t|z|utc|gmt|[ce][se]?t|jan\w*|feb\w*|mar\w*|apr\w*|may|june?|july?|aug\w*|sep\w*|oct\w*"
    r"|nov\w*|dec\w*|mon\w*|tue\w*|wed\w*|thu\w*|fri\w*|sat\w*|sun\w*|ngày|tháng|năm|giờ|phút|lúc"
    r"|sáng|chiều"
)
NO_PROSE = re.compile(
    rf"(?:[\d\s/.,:;+()-]|(?<![^\W\d_])(?i:{IN_DATES})(?![^\W\d_]))*"
    r"|[^\W\d_]+|[^\WA-Z\d_]+ [^\WA-Z\d_]+"
    # Marks, and short letters beside digits: no name is written so.
    r"|[^\w]*|(?=.*\d)(?:[^\w]|\d|(?<![^\W\d_])[A-Za-z]{1,2}(?![^\W\d_]))*"
)


@dataclass(frozen=True)
class Screen:
    """What of a table may be shown and kept, by its contract and by how the profile reads it."""

    contract: Contract
    profile: TableProfile

    def read_as_text(self, *, with_units: bool) -> list[Column]:
        """The columns in whose place a profile could have taken persons: titles and codes.

        And units, where no list says which there are.
        """
        return [
            column
            for column in self.contract.columns
            if column.name in self.profile.columns
            and (column.free_text or column.is_code or (with_units and column.refers_to_unit))
        ]

    def dated_headings(self) -> frozenset[str]:
        """The headings under which days are read, for a column or for a rule."""
        kinds = {column.name: column.kind for column in self.contract.columns}
        of_columns = [
            head
            for name, source in self.profile.columns.items()
            if kinds[name] in ("day", "moment") or source.take == "days_between"
            for head in source.headings
        ]
        rules = [rule for rule in self.profile.rules if rule.kind == "older_by"]
        return frozenset([*of_columns, *(head for rule in rules for head in rule.of)])

    def refuse_columns_of_persons(self, file: Path, samples: Mapping[str, Sample]) -> None:
        """InputError where the profile takes persons for something else: a title, a code.

        `samples` are cells of the mapped columns that are `read_as_text`, by their names.
        """
        mapped = [column for column in self.contract.columns if column.name in samples]
        for column in mapped:
            source = self.profile.columns[column.name]
            by_heading = column.free_text and any(map(is_personal_heading, source.headings))
            if by_heading or _is_of_persons(samples[column.name].texts, column):
                headings = ", ".join(map(mask_strictly, source.headings or source.mentioned))
                are_units = " If they are offices, list them under `units`."
                raise InputError(
                    f"{file}: the column {headings!r}, mapped to {column.name} of "
                    f"{self.contract.name}, looks like one of persons.",
                    "Correct the profile. Nothing of the file was taken in."
                    + (are_units if column.refers_to_unit else ""),
                )

    def row_faults(
        self, mapped: pd.DataFrame, unreadable: pd.DataFrame, units: Collection[str] | None
    ) -> pd.DataFrame:
        """As `quarantine.row_faults`, with the codes that may not be kept."""
        codes = code_faults(mapped, self.contract, with_units=units is None)
        unfit = pd.concat([unreadable, codes], ignore_index=True)
        return row_faults(mapped, unfit, self.contract, units)

    def faults(self, faults: pd.DataFrame) -> pd.DataFrame:
        """The faults with values fit to be kept: one may have slipped in from another column."""
        columns = {column.name: column for column in self.contract.columns}
        values = [
            self._kept(raw_text(value), [columns[n] for n in names.split("+") if n in columns])
            for value, names in zip(faults["value"], faults["column"], strict=True)
        ]
        return faults.assign(value=values)

    def cell(self, heading: str, text: str) -> str:
        """What of a raw cell may be kept; of cells that nobody knows the heading of, none."""
        if heading == MISFIT:
            return MARK if text else text
        return self._kept(text, self._columns_of.get(heading, ()))

    @cached_property
    def _columns_of(self) -> dict[str, list[Column]]:
        """The contract columns that come from each heading."""
        found: dict[str, list[Column]] = {}
        for column in self.contract.columns:
            source = self.profile.columns.get(column.name)
            for heading in source.mentioned if source else ():
                found.setdefault(heading, []).append(column)
        return found

    def _kept(self, text: str, columns: Sequence[Column]) -> str:
        if columns and all(column.is_code for column in columns):
            kept = MARK if is_personal_code(text) else text
        elif not columns or any(map(self._may_be_words, columns)) or NO_PROSE.fullmatch(text):
            kept = mask_strictly(text)
        else:
            kept = MARK
        return kept if len(kept) <= LONGEST_VALUE else f"{kept[:LONGEST_VALUE]}…"

    def _may_be_words(self, column: Column) -> bool:
        source = self.profile.columns.get(column.name)
        return column.kind == "text" or (source is not None and bool(source.codes))


def code_faults(
    table: pd.DataFrame, contract: Contract, *, with_units: bool = False
) -> pd.DataFrame:
    """The codes that no table may keep, one row per fault: row, column, value, reason.

    A code that identifies a person, and one with an invisible character. Codes are never
    masked: two masked ones would be the same.
    """
    found = [pd.DataFrame(columns=FAULT_COLUMNS)]
    for column in contract.columns:
        if column.is_code or (with_units and column.refers_to_unit):
            cells = worth_a_look(table[column.name])
            personal = is_personal_code if column.is_code else _holds_number
            for reason, holds in (
                (INVISIBLE_CODE, lambda text: INVISIBLE.search(text) is not None),
                (PERSONAL_CODE, personal),
            ):
                bad = cells[cells.isin([text for text in cells.unique() if holds(text)])]
                faults = {"row": bad.index, "column": column.name, "value": bad.array}
                found.append(pd.DataFrame(faults).assign(reason=reason))
    return pd.concat(found, ignore_index=True)


def masked_texts(table: pd.DataFrame, contract: Contract) -> pd.DataFrame:
    """The table with names, phone numbers, ID numbers and e-mails in free texts masked."""
    texts = [column.name for column in contract.columns if column.free_text]
    return table.assign(**{name: _changed(table[name], mask) for name in texts})


def _changed(cells: pd.Series, change: Callable[[str], str]) -> pd.Series:
    """Each distinct text changed once."""
    known = {text: change(text) for text in cells.dropna().unique()}
    differing = {text: new for text, new in known.items() if new != text}
    return cells.replace(differing) if differing else cells


def _is_of_persons(texts: Sequence[str], column: Column) -> bool:
    named = column.free_text or column.refers_to_unit
    holds = _is_person if named else is_personal_code
    return len(texts) >= LEAST_CELLS and sum(map(holds, texts)) >= SHARE_OF_PERSONS * len(texts)


def _holds_number(text: str) -> bool:
    """Of an office a name alone says nothing: wards are called after persons."""
    return any(each.search(text) for each in NUMBERS_IN_TEXT)


def _is_person(text: str) -> bool:
    return resembles_name(text) or any(each.fullmatch(text) for each in NUMBERS_IN_TEXT)
