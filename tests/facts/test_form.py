"""Form II.06a: identities that name themselves."""

from __future__ import annotations

import pytest

from briefings.facts.form import FormRow

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


@pytest.mark.parametrize("column", SOUND)
@pytest.mark.parametrize("step", [-1, 1])
def test_a_column_that_does_not_add_up_is_named(column, step):
    whole = form({number: 2 * value for number, value in SOUND.items()})
    assert whole.differences([form(), form()]) == ()
    assert whole.differences([form(), form({column: SOUND[column] + step})]) == (f"({column})",)


def test_dossiers_without_a_return_date_add_up_as_well():
    assert form(undated=(3, 1)).differences([form(undated=(2, 1))]) == (
        "(7) without a return date",
    )
    assert form(undated=(2, 1)).differences([form(undated=(2, 0))]) == (
        "(11) without a return date",
    )


@pytest.mark.parametrize(("rest", "broken"), [(0, False), (1, False), (2, True)])
def test_parts_with_a_gap_are_at_most_the_whole(rest, broken):
    whole, parts = form({8: 4}), [form({8: None}), form({8: 3 + rest})]
    others = dict.fromkeys(set(SOUND) - {8})
    parts = [FormRow(part.cells | others, 0, 0) for part in parts]
    assert whole.differences(parts) == ("(8)",) * broken


def test_a_whole_that_is_not_measured_is_not_judged():
    gaps = form(dict.fromkeys(SOUND))
    assert gaps.differences([form(), form()]) == ()


def test_a_whole_without_parts_is_nothing():
    assert form(dict.fromkeys(SOUND, 0)).differences([]) == ()
    assert form(dict.fromkeys(SOUND, 0) | {13: 1}).differences([]) == ("(13)",)


def test_what_is_in_no_part_is_the_rest_column_by_column():
    whole = FormRow({number: 3 * value for number, value in SOUND.items()}, 5, 4)
    assert whole.without([form(), form(undated=(2, 3))]) == FormRow(SOUND, 3, 1)
    assert whole.without([]) == whole


@pytest.mark.parametrize("gap_in", ["whole", "part"])
def test_a_gap_leaves_a_gap(gap_in):
    gap, sound = form({8: None}), form()
    rest = gap.without([sound]) if gap_in == "whole" else sound.without([gap])
    assert rest.cells == dict.fromkeys(SOUND, 0) | {8: None}
