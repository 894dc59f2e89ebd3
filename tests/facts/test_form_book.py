"""The form of a whole organisation: every break names form, window, row and identity."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from briefings.facts.facts import About
from briefings.facts.form import FormRow
from briefings.facts.form_book import (
    FormBlock,
    FormBook,
    FormEntry,
    FormTable,
    from_bytes,
    to_bytes,
)
from briefings.organisation import Unit
from briefings.periods import Month, Regime

FEBRUARY = Month(2025, 2)
ROOT = Unit("R", "Tỉnh", "Province", "province", "")
ONE = Unit("A", "Sở A", "Department A", "department", "R")
TWO = Unit("B", "Sở B", "Department B", "department", "R")
CELLS = {3: 10, 4: 5, 5: 3, 6: 2, 7: 6, 8: 3, 9: 2, 10: 1, 11: 4, 12: 3, 13: 1}
ROW = FormRow(CELLS, 0, 0)
BOTH = FormRow({number: 2 * value for number, value in CELLS.items()}, 0, 0)


def table(of: tuple[Unit | str | None, ...]) -> FormTable:
    entries = tuple(FormEntry(each, ROW) for each in of)
    return FormTable(Regime().month(FEBRUARY), (FormBlock("department", entries, BOTH),), BOTH)


ABOUT = About(
    month=FEBRUARY,
    regime=Regime(),
    unit=ROOT,
    root=ROOT,
    project={"vi": "Tỉnh"},
    synthetic={},
    notes={},
    supplied=("dossiers",),
    first_month=FEBRUARY,
    data_until=date(2025, 2, 28),
    has_calendar=False,
    unverified_days=(),
)
BOOK = FormBook(ABOUT, by_unit=(table((ONE, TWO)),), by_field=(table(("Đất đai", None)),))


def changed(row: FormRow, **cells: int) -> FormRow:
    return replace(row, cells=row.cells | {int(name[1:]): value for name, value in cells.items()})


def with_row(row: FormRow) -> FormBook:
    """The book with another row of unit B."""
    (units,) = BOOK.by_unit
    (block,) = units.blocks
    entries = (block.entries[0], replace(block.entries[1], row=row))
    blocks = (replace(block, entries=entries),)
    return replace(BOOK, by_unit=(replace(units, blocks=blocks),))


def test_a_sound_book_breaks_nothing_and_comes_back_from_its_bytes():
    assert BOOK.broken() == ()
    assert from_bytes(to_bytes(BOOK)) == BOOK
    assert to_bytes(from_bytes(to_bytes(BOOK))) == to_bytes(BOOK)


def test_a_book_that_was_damaged_is_refused():
    with pytest.raises(ValueError, match="by_field"):
        from_bytes(to_bytes(BOOK).replace(b"by_field", b"by_felid"))


def test_an_identity_that_a_unit_breaks_is_named_with_unit_and_window():
    assert BOOK.broken() == ()
    assert with_row(changed(ROW, c8=4)).broken() == (
        "06a, 2025-02, B: (7) = (8) + (9) + (10)",
        "06a, 2025-02, level:department: (8) is not the sum of rows",
    )


def test_a_row_that_is_sound_in_itself_but_lost_a_dossier_is_found_by_its_level():
    lost = changed(ROW, c3=9, c4=4, c7=5, c8=2)
    assert lost.broken_identities() == ()
    faults = with_row(lost).broken()
    assert faults == tuple(
        f"06a, 2025-02, level:department: ({column}) is not the sum of rows"
        for column in (3, 4, 7, 8)
    )


def test_a_level_that_differs_from_the_total_is_named():
    (units,) = BOOK.by_unit
    more = changed(BOTH, c3=21, c4=11, c11=9, c12=7)
    book = replace(BOOK, by_unit=(replace(units, total=more),))
    assert [fault for fault in book.broken() if fault.startswith("06a")] == [
        f"06a, 2025-02, total: ({column}) is not the sum of levels" for column in (3, 4, 11, 12)
    ]


def test_fields_that_differ_from_the_units_are_named():
    """Sound in themselves, but one dossier short."""
    (fields,) = BOOK.by_field
    (block,) = fields.blocks
    entries = (
        block.entries[0],
        replace(block.entries[1], row=changed(ROW, c3=9, c4=4, c7=5, c8=2)),
    )
    less = changed(BOTH, c3=19, c4=9, c7=11, c8=5)
    short = replace(fields, blocks=(FormBlock("department", entries, less),), total=less)
    assert list(short.broken()) == []
    assert replace(BOOK, by_field=(short,)).broken() == tuple(
        f"06, 2025-02, total: ({column}) is not the sum of the units" for column in (3, 4, 7, 8)
    )


def test_a_row_names_its_unit_its_field_or_that_there_is_none():
    assert [entry.identity for entry in BOOK.by_unit[0].blocks[0].entries] == ["A", "B"]
    assert [entry.identity for entry in BOOK.by_field[0].blocks[0].entries] == [
        "Đất đai", "no field",
    ]  # fmt: skip
