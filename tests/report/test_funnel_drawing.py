"""Dots where their units lie, between limits drawn only as far as the dots reach."""

from __future__ import annotations

from fractions import Fraction

import pytest

from briefings.language import format_number, format_short_percent, words
from briefings.report.blocks.drawing import embeddable
from briefings.report.funnel_drawing import Across, Curve, Dot, FunnelDrawing, Names, draw_funnel
from tests.report.test_drawing import placed, texts

NAMES = Names("Unit", "Named", "≈", inner="95%", outer="99.8%")


def drawn(
    dots: list[Dot],
    names: Names = NAMES,
    language: str = "en",
    estimated: tuple[Dot, ...] = (),
) -> str:
    cases = [dot.cases for dot in dots]
    ends = [min(cases), max(cases)]
    inner = [Curve(ends, [60.0, 88.0]), Curve(ends, [100.0, 92.0])]
    outer = [Curve(ends, [0.0, 86.0]), Curve(ends, [100.0, 94.0])]
    return draw_funnel(
        FunnelDrawing(dots, estimated, 90.0, inner, outer),
        names,
        lambda percent: format_short_percent(percent / 100, language),
        lambda cases: format_number(cases, language),
    )


DOTS = [Dot(3, 100.0, False), Dot(50, 88.0, False), Dot(50, 88.0, False), Dot(12_000, 80.0, True)]


def test_equal_input_gives_equal_bytes():
    assert drawn(DOTS) == drawn(DOTS)


def test_cases_are_named_at_powers_of_ten():
    assert [text for text in texts(drawn(DOTS)) if text.replace(",", "").isdigit()] == [
        "10", "100", "1,000", "10,000",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("least", "most", "ticks"),
    [
        (1, 57, (1, 10)),
        (10, 100, (10, 100)),
        (11, 99, (11, 99)),
        (11, 100, (11, 100)),
        (7, 7, (7,)),
    ],
)
def test_there_are_two_names_wherever_units_differ_in_size(least, most, ticks):
    assert Across(30, least, most).ticks == ticks


def test_equal_steps_are_equal_factors():
    across = Across(left=30, least=10, most=1000)
    assert across.at(100) - across.at(10) == pytest.approx(
        across.at(1000) - across.at(100), abs=0.2
    )


def test_units_in_one_place_are_one_dot():
    assert drawn(DOTS) == drawn(DOTS[:2] + DOTS[3:])


def test_estimates_have_a_mark_of_their_own_and_a_key_where_there_are_any():
    without, with_one = drawn(DOTS), drawn(DOTS, estimated=(Dot(900, 70.0),))
    assert "≈" in texts(with_one)
    assert "≈" not in texts(without)
    # Hollow.
    assert "fill: #ffffff" not in without
    assert "fill: #ffffff" in with_one


def test_a_chart_reaches_as_far_as_its_estimates():
    assert "60%" in texts(drawn(DOTS[:3], estimated=(Dot(50, 60.5),)))
    assert "60%" not in texts(drawn(DOTS[:3]))


def test_the_communes_of_a_province_fit_in_six_kilobytes():
    many = [Dot(3 + n * 7, 100 - n * 47 % 1009 / 100, False) for n in range(207)]
    svg = embeddable(drawn(many), "funnel-index-on-time-commune")
    assert len(svg.encode()) < 6000
    assert svg.count("h.01") == 207 + 1  # and the key of the legend


@pytest.mark.parametrize("dots", [[Dot(7, 50.0, True), Dot(7, 60.0, False)], DOTS[3:]])
def test_units_of_one_size_or_a_single_one_can_be_drawn(dots):
    assert "<svg" in drawn(dots)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_text_fits_the_drawing(language):
    text = words(language)["signals"]
    inner, outer = (format_short_percent(Fraction(n, 1000), language) for n in (950, 998))
    names = Names(text["units"], text["named"], "≈", inner, outer)
    found = placed(drawn([*DOTS, Dot(3, 99.5)], names, language, (Dot(900, 70.0),)))
    assert all(left > -0.01 and end <= 350 for _, left, end in found), found
