"""Each number of a table can be told apart, though most say little themselves."""

from __future__ import annotations

import pytest

from briefings.report.blocks import Inline, Prose, Table, header_row
from briefings.report.blocks.block import Block
from briefings.report.blocks.inline import figures_in
from briefings.report.figures import Figure
from tests.figures_of_page import Read, figures_of_page


def figure(kpi: str, period: str = "2025-02", unit: str = "H23", value: float | None = 7) -> Figure:
    return Figure(kpi, period, unit, value, "không có" if value is None else str(value))


def table(*rows: tuple[Inline, ...]) -> Table:
    columns = len(rows[0])
    return Table(
        "t", "C", header_row(*"ABCDEF"[:columns]), rows, ("left",) + ("right",) * (columns - 1)
    )


def expected(block: Block) -> list[Read]:
    return [Read(f.identity, f.value, f.text) for f in figures_in(tuple(block.inlines()))]


A, B = "sync", "on_time"
JANUARY, FEBRUARY = "2025-01", "2025-02"
TABLES = {
    "a unit by month": table(
        ("1", figure(A, JANUARY), figure(B, JANUARY)), ("2", figure(A), figure(B, value=None))
    ),
    "units": table(
        ("x", figure(A, unit="X"), figure(B, unit="X")), ("y", figure(A, unit="Y"), "–")
    ),
    "measures in rows": table(
        (A, figure(A), "–", figure(A, JANUARY)),
        (B, figure(B), figure(f"{B}.target"), figure(B, JANUARY)),
    ),
    "items": table(
        *((code, figure(f"late:{code}"), figure(f"processed:{code}")) for code in ("1.0", "2.0"))
    ),
    "with and without an item": table(("all", figure(A)), ("one", figure(f"{A}:1.0"))),
    "several in a cell": table(("x", (figure(A), " of ", figure(B), (" or ", figure(A, JANUARY))))),
    "a number as heading of its row": table((figure(A), figure(B)), ("x", figure(B, JANUARY))),
    "one number": table(("x", figure(A))),
    "no number": table(("x", "1")),
}


@pytest.mark.parametrize("name", TABLES)
def test_every_number_of_a_table_is_identified(name: str) -> None:
    assert figures_of_page(TABLES[name].html()) == expected(TABLES[name])


def test_every_number_of_a_sentence_is_identified() -> None:
    prose = Prose((("Đạt ", figure("late:1.0"), figure(B, value=None)),))
    assert figures_of_page(prose.html()) == expected(prose)


def test_a_part_is_said_once_and_as_far_out_as_it_is_the_same() -> None:
    page = TABLES["a unit by month"].html()
    assert '<table id="t" data-unit="H23">' in page
    assert '<col><col data-kpi="sync"><col data-kpi="on_time">' in page
    assert '<tr data-period="2025-01"><th scope="row">1<td data-value="7">7<td' in page
    assert '<td class="no-value">không có' in page


def test_a_table_without_numbers_has_no_identity() -> None:
    assert "data-" not in TABLES["no number"].html()
    assert "<col" not in TABLES["no number"].html()


def test_a_hostile_name_stays_in_its_attribute() -> None:
    hostile = figure('late:"><script>', unit='"><b>')
    page = table(("x", hostile)).html()
    assert "<script>" not in page
    assert figures_of_page(page)[0].figure == hostile.identity


@pytest.mark.parametrize(
    ("value", "written"), [(3, "3"), (3.0, "3"), (0, "0"), (-0.25, "-0.25"), (2 / 3, repr(2 / 3))]
)
def test_a_value_reads_back_as_it_was(value: float, written: str) -> None:
    assert f'data-value="{written}"' in table(("x", figure(A, value=value))).html()
