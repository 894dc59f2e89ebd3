"""The table of outliers and the funnel, from a funnel written out here."""

from __future__ import annotations

import dataclasses

import pytest

from briefings.errors import ParameterError
from briefings.facts.funnel import Funnel, FunnelLimits, Outlier, Standing
from briefings.facts.interval import Interval
from briefings.report.material import Material
from briefings.report.sections.funnels import funnel_charts, outliers_table
from tests.figures_of_page import figures_of_page
from tests.report.conftest import MakeMaterial, figures_of

pytestmark = pytest.mark.slow


def with_funnels(material: Material, *funnels: Funnel) -> Material:
    everything = material.facts.all_units
    assert everything is not None
    facts = dataclasses.replace(
        material.facts, all_units=dataclasses.replace(everything, funnels=funnels)
    )
    return dataclasses.replace(material, facts=facts)


@pytest.fixture
def funnel(material: MakeMaterial) -> Funnel:
    """Department Two had 40 of 100 on time, another one 960 of 1,000."""
    unit = next(row.unit for row in material().facts.all_units.side_by_side if row.unit)  # type: ignore[union-attr]
    limits = [
        FunnelLimits(100, Interval(0.8, 0.99), Interval(0.7, 1.0)),
        FunnelLimits(1000, Interval(0.88, 0.94), Interval(0.85, 0.96)),
    ]
    return Funnel(
        kpi="on_time",
        level="department",
        window="2025-01..2025-02",
        whole=Standing(1000, 1100),
        within=1,
        units=(Standing(960, 1000), Standing(40, 100)),
        limits=tuple(limits),
        outliers=(Outlier(unit, 1, "below", Interval(0.31, 0.5)),),
    )


def test_an_outlier_has_both_parts_its_interval_and_its_side(material: MakeMaterial, funnel):
    table = outliers_table(with_funnels(material(), funnel))
    assert table.plain().split("\n")[2] == (
        "Department One | On time | 40 | 100 | 40.00% | 31.00% – 50.00% | below 90.91%"
    )
    centre = figures_of(table)[-1]
    assert (centre.unit, centre.numerator, centre.denominator) == ("level:department", 1000, 1100)
    assert [read.text for read in figures_of_page(table.html())] == [
        figure.text for figure in figures_of(table)
    ]


def test_a_level_without_an_outlier_has_neither_row_nor_chart(material: MakeMaterial, funnel):
    quiet = with_funnels(material(), dataclasses.replace(funnel, outliers=()))
    assert outliers_table(quiet).rows == ()
    assert "No unit differs" in outliers_table(quiet).plain()
    assert funnel_charts(quiet) == ()


def test_the_chart_tells_what_it_shows(material: MakeMaterial, funnel):
    (chart,) = funnel_charts(with_funnels(material(), funnel))
    assert chart.alt.endswith(
        "2 units, 90.91% together, 1 of them within the inner limits, 0 named as above and 1 as "
        "below."
    )
    assert chart.twin.plain().split("\n")[2:] == [
        "Rate of the units compared, together | 90.91%",
        "Units compared | 2",
        "Within the 95% limits | 1",
        "Named, above | 0",
        "Named, below | 1",
    ]


@pytest.mark.parametrize(
    ("language", "note", "row", "alt"),
    [
        ("en", "Units with estimated figures (≈) are drawn", "Estimates (≈), not compared | 1",
         "; 1 with estimates not compared."),
        ("vi", "Đơn vị có số liệu ước tính (≈) được vẽ", "Ước tính (≈), không so sánh | 1",
         "; 1 đơn vị có số ước tính không được so sánh."),
    ],
)  # fmt: skip
def test_a_unit_with_estimates_is_shown_and_said_to_be_no_part_of_it(
    material: MakeMaterial, funnel, language, note, row, alt
):
    plain = with_funnels(material("T1", language), funnel)
    page = with_funnels(
        material("T1", language), dataclasses.replace(funnel, estimated=(Standing(1, 50),))
    )
    assert note in outliers_table(page).note
    assert note not in outliers_table(plain).note
    (chart,) = funnel_charts(page)
    assert row in chart.twin.plain()
    assert chart.alt.endswith(alt)
    assert len(outliers_table(page).rows) == 1


def test_only_the_briefing_of_all_units_has_funnels(material: MakeMaterial):
    for section in (outliers_table, funnel_charts):
        with pytest.raises(ParameterError, match="compares no units"):
            section(material("D1"))
