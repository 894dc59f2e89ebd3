"""Figures as text: rounded once, in the forms of both languages, never without a reason."""

from __future__ import annotations

from fractions import Fraction

import pytest

from briefings.facts.observation import Observation
from briefings.facts.pace import Pace
from briefings.facts.score import Score
from briefings.facts.target import Target
from briefings.language import words
from briefings.report.blocks.inline import figures_in, to_plain
from briefings.report.figures import Figure
from briefings.report.printing import (
    count_figure,
    figure,
    pace_figure,
    print_value,
    rate_figure,
    shortfall_figure,
    status_chip,
    target_figure,
    variance_figure,
)


def rate(numerator: int, denominator: int) -> Observation:
    return Observation("sync", "2025-02", "T1", "percent", numerator, denominator, "measured")


def score(observation: Observation, target: str = "1.0", *, verified: bool = True) -> Score:
    return Score(observation, Target("sync", Fraction(target), "higher", "Law", verified))


def text(inline: object) -> str:
    return inline.text if isinstance(inline, Figure) else str(inline)


@pytest.mark.parametrize(
    ("value", "unit", "vi", "en"),
    [
        (Fraction(143_269), "dossiers", "143.269", "143,269"),
        (Fraction(0), "dossiers", "0", "0"),
        (Fraction(9985, 10_000), "percent", "99,85%", "99.85%"),
        (Fraction(1), "percent", "100,00%", "100.00%"),
        (Fraction(126_920, 127_110), "percent", "99,85%", "99.85%"),
        (Fraction(99_995, 1_000_000), "percent", "10,00%", "10.00%"),  # half up
        (Fraction(99_994, 1_000_000), "percent", "10,00%", "10.00%"),
        (Fraction(99_949, 1_000_000), "percent", "9,99%", "9.99%"),
    ],
)
def test_values_in_both_languages(value, unit, vi, en):
    assert (print_value(value, unit, "vi"), print_value(value, unit, "en")) == (vi, en)


def test_a_figure_carries_the_exact_parts_behind_its_text():
    found = figure(rate(2, 3), "vi")
    assert (found.text, found.value) == ("66,67%", 2 / 3)
    assert (found.numerator, found.denominator) == (2, 3)
    assert found.identity == "sync@2025-02/T1"
    assert found.record() == figure(rate(2, 3), "en").record()


@pytest.mark.parametrize(
    ("status", "vi", "en"),
    [
        ("not_measurable", "không đo được", "not measurable"),
        ("no_data", "không có dữ liệu", "no data"),
    ],
)
def test_where_there_is_no_value_the_text_says_why(status, vi, en):
    missing = Observation("sync", "2025-02", "T1", "percent", None, None, status)
    assert (figure(missing, "vi").text, figure(missing, "en").text) == (vi, en)
    assert figure(missing, "en").value is None
    assert figure(missing, "en").status == status
    assert variance_figure(score(missing), "en") == "–"
    assert status_chip(score(missing), "en").code == status


@pytest.mark.parametrize(
    ("numerator", "vi", "en"),
    [
        (100_000, "0,00", "0.00"),
        (76_344, "−23,66", "−23.66"),
        (76_345, "−23,66", "−23.66"),  # −23.655 rounds away from zero
        (76_346, "−23,65", "−23.65"),
        (101_234, "+1,23", "+1.23"),
    ],
)
def test_a_variance_has_its_sign_and_is_in_percentage_points(numerator, vi, en):
    one = score(rate(numerator, 100_000))
    assert (text(variance_figure(one, "vi")), text(variance_figure(one, "en"))) == (vi, en)


def test_what_misses_a_target_by_little_does_not_print_as_on_it():
    assert text(variance_figure(score(rate(999_999, 1_000_000)), "en")) == "−0.0001"
    assert text(variance_figure(score(rate(1, 1)), "en")) == "0.00"


def test_the_heading_or_the_sentence_names_the_points():
    for language, unit in (("vi", "điểm"), ("en", "points")):
        assert unit in words(language)["scorecard"]["variance"]


@pytest.mark.parametrize(
    ("target", "vi", "en"),
    [
        ("1.0", "100%", "100%"),
        ("0.80", "80%", "80%"),
        ("0.985", "98,50%", "98.50%"),
        ("0.9975", "99,75%", "99.75%"),
    ],
)
def test_a_target_is_printed_as_it_was_set(target, vi, en):
    """98.5% printed as 99% would make a unit at 98.7% look as if it missed the target it met."""
    one = score(rate(1, 2), target)
    assert (text(target_figure(one, "vi")), text(target_figure(one, "en"))) == (vi, en)


def test_without_a_target_there_is_a_dash():
    none = Score(rate(1, 2), None)
    assert (target_figure(none, "en"), variance_figure(none, "en")) == ("–", "–")
    assert status_chip(none, "en").code == "no_target"


def test_an_unverified_target_is_marked_in_the_figures_and_never_coloured():
    one = score(rate(1, 1), verified=False)
    target = target_figure(one, "en")
    assert isinstance(target, Figure)
    assert (target.status, target.value) == ("unverified", 1.0)
    assert status_chip(one, "vi").label == "chỉ tiêu chưa xác minh"


def test_counts_outside_the_registry():
    cell = count_figure("II.06a(3)", 143_269, period="2025-02", unit="T1", language="vi")
    assert (cell.text, cell.status, cell.unit_of_measure) == ("143.269", "measured", "dossiers")
    zero = count_figure("II.06a(3)", 0, period="2025-02", unit="T1", language="en")
    assert (zero.text, zero.value, zero.status) == ("0", 0, "measured")
    gap = count_figure("II.06a(8)", None, period="2025-02", unit="T1", language="en")
    assert (gap.value, gap.status) == (None, "not_measurable")
    assert gap.text != "0"


def test_rates_outside_the_registry():
    share = rate_figure("on_time:P1", 29, 30, period="2025-02", unit="T1", language="vi")
    assert (share.text, share.numerator, share.denominator) == ("96,67%", 29, 30)


@pytest.mark.parametrize(
    ("numerator", "vi", "en"), [(98_760, "1.240", "1,240"), (99_999, "1", "1"), (100_000, "0", "0")]
)
def test_the_shortfall_is_printed_as_a_whole_number(numerator, vi, en):
    one = score(rate(numerator, 100_000))
    assert (text(shortfall_figure(one, "vi")), text(shortfall_figure(one, "en"))) == (vi, en)


@pytest.mark.parametrize(
    ("pace", "vi", "en"),
    [
        (Pace(Fraction(808, 1000), "open"), "80,80%", "80.80%"),
        (Pace(Fraction(101, 100), "mend", 1240), "100% và bù 1.240", "100% and 1,240 made good"),
        (Pace(Fraction(-1, 100), "mend", 3), "0% và bù 3", "0% and 3 made good"),
        (Pace(Fraction(2), "impossible"), "không thể đạt", "no longer possible"),
        (
            Pace(Fraction(2), "out_of_reach"),
            "không thể đạt nếu số lượng như hiện nay",
            "out of reach at today's volume",
        ),
        (
            Pace(Fraction(-1), "secured"),
            "đã bảo đảm nếu số lượng như hiện nay",
            "secured at today's volume",
        ),
    ],
)
def test_the_pace_is_a_rate_or_words(pace, vi, en):
    printed = [pace_figure(score(rate(76, 100)), pace, language) for language in ("vi", "en")]
    assert [to_plain(each) for each in printed] == [vi, en]
    first, *to_mend = figures_in(printed[0])
    assert (first.identity, first.value) == ("sync.required@2025-02/T1", float(pace.required))
    assert [each.value for each in to_mend] == ([pace.to_mend] if pace.outlook == "mend" else [])


def test_where_nothing_lacks_or_can_be_reached_there_is_a_dash():
    none = Score(rate(1, 2), None)
    assert (shortfall_figure(none, "en"), pace_figure(none, None, "en")) == ("–", "–")
