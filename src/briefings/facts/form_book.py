"""Form II.06a of a whole organisation: a row per unit, and per field, with subtotals and total."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pydantic import TypeAdapter

from briefings.facts.facts import About
from briefings.facts.form import FormRow
from briefings.organisation import Level, Unit
from briefings.periods import Window


@dataclass(frozen=True)
class FormEntry:
    """A row and whose it is: a unit's, a field's by its name, or None where no field is known.

    `former` is a unit that ended before the month did; `within` is the unit above one whose name
    is that of others, too.
    """

    of: Unit | str | None
    row: FormRow
    former: bool = False
    within: Unit | None = None

    @property
    def identity(self) -> str:
        """A short name for messages."""
        return self.of.code if isinstance(self.of, Unit) else self.of or "no field"


@dataclass(frozen=True)
class FormBlock:
    """The rows of one level, and the row of all of them together.

    The level `province` holds what is recorded for the root itself and not for a unit below it.
    """

    level: Level
    entries: tuple[FormEntry, ...]
    subtotal: FormRow


@dataclass(frozen=True)
class FormTable:
    """The form of one window: a block per level, and the total of all levels."""

    window: Window
    blocks: tuple[FormBlock, ...]
    total: FormRow

    def rows(self) -> Iterator[tuple[str, FormRow]]:
        """Every row of the table by its identity."""
        for block in self.blocks:
            yield from ((entry.identity, entry.row) for entry in block.entries)
            yield f"level:{block.level}", block.subtotal
        yield "total", self.total

    def broken(self) -> Iterator[str]:
        """What does not add up, each with its row: the form's identities, levels, total."""
        for identity, row in self.rows():
            yield from (f"{identity}: {each}" for each in row.broken_identities())
        for block in self.blocks:
            parts = [entry.row for entry in block.entries]
            yield from _differing(f"level:{block.level}", block.subtotal, parts, "rows")
        yield from _differing("total", self.total, [b.subtotal for b in self.blocks], "levels")


@dataclass(frozen=True)
class FormBook:
    """The form by unit and by field, each for the period and, if that is another, the year to date.

    Units are read as the project reads them, as now or as then. The levels of the form by field
    are those of the units that handled the dossiers, as then. `taken_over` is the number of units
    that ended and whose dossiers of the year stand with others.
    """

    about: About
    by_unit: tuple[FormTable, ...]
    by_field: tuple[FormTable, ...]
    taken_over: int = 0

    def broken(self) -> tuple[str, ...]:
        """Everything that does not add up, with form, window, row and identity; none if sound."""
        within = (
            f"{form}, {table.window.name}, {fault}"
            for form, tables in (("06a", self.by_unit), ("06", self.by_field))
            for table in tables
            for fault in table.broken()
        )
        between = (
            f"06, {fields.window.name}, {fault}"
            for units, fields in zip(self.by_unit, self.by_field, strict=True)
            for fault in _differing("total", fields.total, [units.total], "the units")
        )
        return (*within, *between)


def to_bytes(book: FormBook) -> bytes:
    """The book as JSON; equal books give equal bytes."""
    content = _ADAPTER.dump_python(book, mode="json")
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def from_bytes(content: bytes) -> FormBook:
    """The book that was written; ValueError where it is not what it was."""
    return _ADAPTER.validate_json(content)


_ADAPTER = TypeAdapter(FormBook)


def _differing(identity: str, row: FormRow, parts: Sequence[FormRow], whose: str) -> Iterable[str]:
    return (f"{identity}: {column} is not the sum of {whose}" for column in row.differences(parts))
