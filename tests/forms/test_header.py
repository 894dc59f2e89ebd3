"""The header covers every column of the form once."""

from __future__ import annotations

from briefings.facts import form
from briefings.forms.header import COLUMNS, HEADER, HEIGHT


def test_every_place_of_the_header_has_one_heading():
    places = [
        (row, column)
        for heading in HEADER
        for row in range(heading.top, heading.bottom + 1)
        for column in range(heading.first, heading.last + 1)
    ]
    assert sorted(places) == [(row, column) for row in range(1, HEIGHT + 1) for column in COLUMNS]


def test_the_columns_are_those_of_the_form():
    assert (1, 2, *form.COLUMNS) == COLUMNS
