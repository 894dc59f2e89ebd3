"""figures.csv: every displayed figure once, in a fixed order."""

from __future__ import annotations

from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from briefings.mime import FIGURES
from briefings.press.figures import FigureError, Owner, figures_csv


def record(kpi: str, value: float | None, *, unit: str = "H23") -> dict[str, Any]:
    return {"figure": f"{kpi}@2025-02/{unit}", "kpi": kpi, "unit": unit, "value": value}


def notebook(*records: dict[str, Any]) -> nbformat.NotebookNode:
    output = new_output("display_data", data={FIGURES: list(records)})
    return new_notebook(cells=[new_code_cell("", outputs=[output])])


def test_figures_are_sorted_and_each_stands_once() -> None:
    late, early = record("sync", 0.1 + 0.2), record("on_time", None)
    assert figures_csv(notebook(late, early, late)).decode() == (
        "figure,kpi,unit,value,data\n"
        "on_time@2025-02/H23,on_time,H23,,\n"
        "sync@2025-02/H23,sync,H23,0.30000000000000004,\n"
    )


def test_two_values_for_one_figure_are_refused() -> None:
    with pytest.raises(FigureError, match="two values for one figure: sync@2025-02/H23"):
        figures_csv(notebook(record("sync", 0.5), record("sync", 0.6)))


def test_the_first_figure_belongs_to_the_unit_of_the_report() -> None:
    other = record("sync", 0.5, unit="H24")
    figures_csv(notebook(record("sync", 0.5), other), owner=Owner("H23"))
    with pytest.raises(FigureError, match="H23 prints figures of H24"):
        figures_csv(notebook(other), owner=Owner("H23"))


def test_a_report_on_a_unit_prints_figures() -> None:
    with pytest.raises(FigureError, match="nothing"):
        figures_csv(notebook(), owner=Owner("H23"))
    assert figures_csv(notebook()) == b"figure\n"


def test_every_row_says_what_kind_of_data_it_rests_on() -> None:
    content = figures_csv(notebook(record("sync", 0.5)), data="synthetic").decode()
    assert content == "figure,kpi,unit,value,data\nsync@2025-02/H23,sync,H23,0.5,synthetic\n"


def test_a_spreadsheet_sees_no_formula() -> None:
    content = figures_csv(notebook(record("=HYPERLINK(1)", -1.5))).decode()
    assert ",'=HYPERLINK(1),H23,-1.5,\n" in content


def test_no_figure_is_of_a_unit_that_the_report_is_not_on() -> None:
    own, other = record("sync", 0.5), record("sync", 0.5, unit="H24")
    owner = Owner("H23", units=frozenset({"H23"}))
    figures_csv(notebook(own), owner=owner)
    with pytest.raises(FigureError, match="H23 prints figures of H24"):
        figures_csv(notebook(own, other), owner=owner)


@pytest.mark.parametrize(
    ("period", "is_own"),
    [
        ("2025-01", False),
        ("2025-02", True),
        ("2025-01..2025-02", True),
        ("2025-03", False),
        ("2025-01..2025-03", False),
    ],
)
def test_the_latest_figure_is_of_the_month_of_the_report(period: str, is_own: bool) -> None:
    earlier = {**record("sync", 0.5), "figure": "sync@2024-02/H23"}
    found = {**record("sync", 0.5), "figure": f"sync@{period}/H23"}
    printed = notebook(earlier, found)
    if is_own:
        figures_csv(printed, owner=Owner(month="2025-02"))
        return
    with pytest.raises(FigureError, match=f"2025-02 prints figures up to {period[-7:]}"):
        figures_csv(printed, owner=Owner(month="2025-02"))
