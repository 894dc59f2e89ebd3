"""The published totals in the official form, read back from the workbook."""

from __future__ import annotations

from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from tests.conftest import Office

pytestmark = pytest.mark.slow

PERIOD, TO_DATE = 0, 1
BY_UNIT, BY_FIELD = 0, 2
FIRST_LINE = 11  # after five rows above, the label, three of headings and one of numbers


@pytest.fixture(scope="module")
def form(made: Office) -> Workbook:
    return load_workbook(made.folder / "reports/2025-02/form-II.06a.xlsx")


def lines(form: Workbook, place: int) -> list[tuple[Any, ...]]:
    """Columns 2 to 13 of every line of a sheet that has figures."""
    rows = form.worksheets[place].iter_rows(min_row=FIRST_LINE, values_only=True)
    return [row[1:13] for row in rows if isinstance(row[2], int)]


@pytest.mark.parametrize("form_of", [BY_UNIT, BY_FIELD], ids=["by unit", "by field"])
def test_the_total_of_the_year_to_date_is_what_was_published(form: Workbook, form_of: int) -> None:
    label, *cells = lines(form, form_of + TO_DATE)[-1]
    total = dict(zip(range(3, 14), cells, strict=True))
    assert label == "Tổng cộng"
    assert total[3] == 143_269
    assert total[7] == 127_110
    assert total[8] + total[9] == 126_920
    assert total[10] == 190
    assert total[11] == 16_159


@pytest.mark.parametrize("span", [PERIOD, TO_DATE], ids=["period", "year to date"])
def test_every_line_keeps_the_identities_of_the_form(form: Workbook, span: int) -> None:
    for place in (BY_UNIT + span, BY_FIELD + span):
        for label, *cells in lines(form, place):
            c = dict(zip(range(3, 14), cells, strict=True))
            assert c[3] == c[4] + c[5] + c[6] == c[7] + c[11], label
            assert c[7] == c[8] + c[9] + c[10], label
            assert c[11] == c[12] + c[13], label


def test_february_carries_over_what_january_left(form: Workbook) -> None:
    _, *february = lines(form, BY_UNIT + PERIOD)[-1]
    _, *year = lines(form, BY_UNIT + TO_DATE)[-1]
    carried, received = february[3], february[1] + february[2]
    assert carried + received == february[0]
    assert year[0] - received - (year[4] - february[4]) == carried


def test_every_unit_is_listed_and_every_procedure_has_a_field(form: Workbook) -> None:
    units = [line[0] for line in lines(form, BY_UNIT + PERIOD)]
    assert len(units) == len(set(units)) == 17 + 1 + 12 + 207 + 3 + 1  # three subtotals, total
    assert "Không rõ lĩnh vực" not in {line[0] for line in lines(form, BY_FIELD + TO_DATE)}
