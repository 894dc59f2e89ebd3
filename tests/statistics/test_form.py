"""Form II.06a: columns, what stands in none of them, and identities that name themselves."""

from __future__ import annotations

import pytest

from briefings.statistics.form import FormRow, form_row
from tests.statistics.tables import FEBRUARY, ROOT, A, B, dossier, observe

SOUND = {3: 10, 4: 5, 5: 3, 6: 2, 7: 6, 8: 3, 9: 2, 10: 1, 11: 4, 12: 3, 13: 1}


def form(changes: dict[int, int | None] | None = None, undated: tuple[int, int] = (0, 0)):
    return FormRow(SOUND | (changes or {}), *undated)


def test_a_sound_row_breaks_nothing():
    assert form().broken_identities() == ()


@pytest.mark.parametrize(
    ("column", "broken"),
    [
        (4, ["(3) = (4) + (5) + (6)"]),
        (6, ["(3) = (4) + (5) + (6)"]),
        (10, ["(7) = (8) + (9) + (10)"]),
        (13, ["(11) = (12) + (13)"]),
        (7, ["(7) = (8) + (9) + (10)", "(3) = (7) + (11)"]),
        (11, ["(11) = (12) + (13)", "(3) = (7) + (11)"]),
        (3, ["(3) = (4) + (5) + (6)", "(3) = (7) + (11)"]),
    ],
)
@pytest.mark.parametrize("step", [-1, 1])
def test_a_broken_identity_is_named(column, broken, step):
    assert list(form({column: SOUND[column] + step}).broken_identities()) == broken


def test_dossiers_without_a_return_date_close_the_gap_and_only_that_gap():
    assert form({8: 2, 12: 2}, undated=(1, 1)).broken_identities() == ()
    assert form(undated=(1, 0)).broken_identities() == ("(7) = (8) + (9) + (10)",)
    assert form(undated=(0, 1)).broken_identities() == ("(11) = (12) + (13)",)


def test_an_identity_with_a_column_that_cannot_be_measured_is_not_judged():
    assert form({8: None, 7: 7, 11: 3, 13: 0}).broken_identities() == ()
    assert form({8: None, 3: 11}).broken_identities() == (
        "(3) = (4) + (5) + (6)",
        "(3) = (7) + (11)",
    )


def test_a_row_that_measures_nothing_breaks_nothing():
    nothing = FormRow(dict.fromkeys(SOUND), 0, 0)
    assert nothing.broken_identities() == ()


ROWS = [
    dossier("1", "2025-01-10", due="2025-02-12", finished="2025-02-10"),  # carried over, early
    dossier("2", "2025-02-03", due="2025-02-12", finished="2025-02-12"),  # on the day
    dossier("3", "2025-02-03", due="2025-02-12", finished="2025-02-13"),  # late
    dossier("4", "2025-02-03", due="2025-03-12", channel="counter"),  # pending in time
    dossier("5", "2025-02-03", due="2025-02-28", channel="postal", unit=B),  # pending overdue
]


def test_columns_of_a_unit_and_of_units_together():
    seen = observe(dossiers=ROWS)
    own = form_row(seen, FEBRUARY.name, [A])
    assert own.cells == {3: 4, 4: 2, 5: 1, 6: 1, 7: 3, 8: 1, 9: 1, 10: 1, 11: 1, 12: 1, 13: 0}
    both = form_row(seen, FEBRUARY.name, [A, B])
    assert both.cells == {3: 5, 4: 2, 5: 2, 6: 1, 7: 3, 8: 1, 9: 1, 10: 1, 11: 2, 12: 1, 13: 1}
    assert both == form_row(seen, FEBRUARY.name, [ROOT])


def test_a_unit_without_a_dossier_has_zeros_not_gaps():
    cells = form_row(observe(dossiers=ROWS[:4]), FEBRUARY.name, [B]).cells
    assert set(cells.values()) == {0}


def test_what_is_not_known_is_a_gap_not_a_zero():
    rows = [dossier("1", "2025-02-03", finished="2025-02-04", channel=None)]
    row = form_row(observe(dossiers=rows), FEBRUARY.name, [A])
    gaps = {number for number, value in row.cells.items() if value is None}
    assert gaps == {4, 5, 8, 9, 10}
    assert (row.cells[3], row.cells[7], row.processed_undated) == (1, 1, 1)
    assert row.broken_identities() == ()
