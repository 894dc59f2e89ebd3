"""Form II.06a: its columns, and what stands in none of them."""

from __future__ import annotations

import pytest

from briefings.facts.form import COLUMNS
from briefings.statistics.form import COMPONENTS, form_row, uncarried
from tests.statistics.tables import FEBRUARY, JANUARY, ROOT, A, B, count, dossier, observe

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


@pytest.mark.slow
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


def test_every_column_of_the_form_is_counted():
    assert tuple(COMPONENTS) == COLUMNS


def test_what_was_pending_is_carried_over_and_whoever_differs_is_named():
    rows = [
        dossier("1", "2025-01-10", due="2025-02-12"),  # in time in January
        dossier("2", "2025-01-10", due="2025-01-12", finished="2025-02-10"),  # overdue
        dossier("3", "2025-01-10"),  # without a return date
        dossier("4", "2025-01-10", due="2025-01-20", finished="2025-01-31", unit=B),
        dossier("5", "2025-02-10", due="2025-02-20", unit=B),
    ]
    counted = count(JANUARY, FEBRUARY, dossiers=rows)
    assert uncarried(counted, FEBRUARY.name, JANUARY.name) == []
    for step in (-1, 1):
        other = counted.copy()
        other.loc[(FEBRUARY.name, B), "carried_over"] += step
        assert uncarried(other, FEBRUARY.name, JANUARY.name) == [B]
