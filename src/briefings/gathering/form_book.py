"""Form II.06a of all units and all fields, checked before anybody sees it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from briefings.errors import ReportError
from briefings.facts.form import FormRow
from briefings.facts.form_book import FormBlock, FormBook, FormEntry, FormTable
from briefings.gathering.counted import Counted
from briefings.gathering.gather import about
from briefings.language import alphabetical
from briefings.organisation import LEVELS, ROOT_LEVEL, Level
from briefings.periods import Window
from briefings.statistics.fields import NO_FIELD, fields_in, group_of
from briefings.statistics.form import form_row, uncarried
from briefings.statistics.observations import Observations


def form_book(counted: Counted) -> FormBook:
    """The form for the period and the year to date, once where they are the same.

    ReportError names all that does not add up.
    """
    source = _Source(counted)
    windows = [counted.windows.period]
    if not counted.regime.is_to_date(counted.month):
        windows.append(counted.windows.year_to_date)
    book = FormBook(
        about=about(counted, counted.organisation.root),
        by_unit=tuple(_by_unit(source, window) for window in windows),
        by_field=tuple(_by_field(source, window) for window in windows),
        taken_over=sum(_is_taken_over(source, unit.code) for unit in counted.organisation.former),
    )
    broken = [
        *book.broken(),
        *(fault for table in book.by_field for fault in _unlike(source, table)),
        *(fault for window in windows for fault in _uncarried(counted, window)),
    ]
    if broken:
        raise ReportError(f"Form II.06a: {'; '.join(broken)}.")
    return book


@dataclass(frozen=True)
class _Source:
    """Where the rows come from: units as the project reads them, units and fields as then."""

    counted: Counted

    def of_units(self, window: Window, codes: Sequence[str]) -> FormRow:
        return form_row(self.counted.observations, window.name, codes)

    def of_units_then(self, window: Window, codes: Sequence[str]) -> FormRow:
        return form_row(self._units_then, window.name, codes)

    def of_fields(self, window: Window, level: Level, fields: Iterable[str]) -> FormRow:
        return form_row(self._fields, window.name, [group_of(level, field) for field in fields])

    def of_all(self, window: Window) -> FormRow:
        return form_row(self._fields, window.name, [self.counted.organisation.root.code])

    @cached_property
    def fields(self) -> list[str]:
        """Every field, and last that of dossiers whose field is not known."""
        return [*sorted(fields_in(self.counted.fields), key=alphabetical), NO_FIELD]

    @cached_property
    def _units_then(self) -> Observations:
        return self._observed(self.counted.components)

    @cached_property
    def _fields(self) -> Observations:
        return self._observed(self.counted.fields)

    def _observed(self, components: pd.DataFrame) -> Observations:
        counted = self.counted
        root = counted.organisation.root.code
        return Observations(components, counted.kpis, counted.snapshot.supplied, root)


def _by_unit(source: _Source, window: Window) -> FormTable:
    organisation = source.counted.organisation
    blocks = [
        FormBlock(level, tuple(_units(source, window, level)), source.of_units(window, codes))
        for level in LEVELS
        if level != ROOT_LEVEL and (codes := organisation.codes_at_level(level))
    ]
    total = source.of_units(window, [organisation.root.code])
    own = _own(source, window, total, [block.subtotal for block in blocks])
    if _has_dossiers(own):
        blocks.append(FormBlock(ROOT_LEVEL, (FormEntry(organisation.root, own),), own))
    return FormTable(window, tuple(blocks), total)


def _own(source: _Source, window: Window, total: FormRow, levels: Sequence[FormRow]) -> FormRow:
    """What is recorded for the root itself, whose own row is the total of all units."""
    root = source.counted.organisation.root.code
    if any(step.new == root for step in source.counted.reading.successions):
        return total.without(levels)  # what the root took over stands nowhere else
    return source.of_fields(window, ROOT_LEVEL, source.fields)


def _units(source: _Source, window: Window, level: Level) -> Iterator[FormEntry]:
    """The units of a level, and those that ended before and still have dossiers."""
    organisation = source.counted.organisation
    names = Counter(
        name for name, _ in {(unit.name_vi, unit.parent) for unit in
                             (*organisation.units, *organisation.former)}
    )  # fmt: skip
    for code in organisation.codes_at_level(level):
        unit, row = organisation.unit(code), source.of_units(window, [code])
        former = unit in organisation.former
        within = organisation.unit(unit.parent) if names[unit.name_vi] > 1 else None
        if not former or _has_dossiers(row):
            yield FormEntry(unit, row, former, within)


def _is_taken_over(source: _Source, code: str) -> bool:
    """Whether a unit had dossiers in the year that are read on other units."""
    counted = source.counted
    holders = counted.reading.as_now(code, counted.windows.period.end)
    return set(holders) != {code} and _has_dossiers(
        source.of_units_then(counted.windows.year_to_date, [code])
    )


def _by_field(source: _Source, window: Window) -> FormTable:
    organisation = source.counted.organisation
    blocks = (
        FormBlock(
            level,
            tuple(_fields(source, window, level)),
            source.of_fields(window, level, source.fields),
        )
        for level in (*LEVELS[1:], ROOT_LEVEL)
        if organisation.codes_at_level(level)
    )
    return FormTable(
        window,
        tuple(block for block in blocks if block.level != ROOT_LEVEL or block.entries),
        source.of_all(window),
    )


def _fields(source: _Source, window: Window, level: Level) -> Iterator[FormEntry]:
    """The fields in which the level has dossiers."""
    for field in source.fields:
        row = source.of_fields(window, level, [field])
        if _has_dossiers(row):
            yield FormEntry(field or None, row)


def _has_dossiers(row: FormRow) -> bool:
    return bool(row.cells[3])


def _unlike(source: _Source, table: FormTable) -> Iterator[str]:
    """Levels of which other dossiers were counted by field than by unit, both as then."""
    for block in table.blocks:
        codes = source.counted.organisation.codes_at_level(block.level)
        if block.level != ROOT_LEVEL:  # its own dossiers are known by field only
            columns = block.subtotal.differences([source.of_units_then(table.window, codes)])
            yield from (
                f"06, {table.window.name}, level:{block.level}: {column} is not that of the units"
                for column in columns
            )


def _uncarried(counted: Counted, window: Window) -> Iterator[str]:
    """Units and fields, as then, that carried over what was not pending the day before."""
    before = counted.windows.before(window)
    if before is not None:
        for components in (counted.components, counted.fields):
            for name in uncarried(components, window.name, before.name):
                yield f"{window.name}, {name}: (6) = (11) of {before.name}"
