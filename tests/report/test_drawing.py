"""Charts are equal byte for byte, and their axis tells the truth."""

from __future__ import annotations

import re
from fractions import Fraction
from importlib.resources import files
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from fontTools.ttLib import TTFont

from briefings.language import format_number, format_short_percent, words
from briefings.report.blocks.drawing import embeddable
from briefings.report.canvas import FONT_FILE
from briefings.report.drawing import Band, Line, draw_lines, line_scale

POINTS = ["12/24", "01/25", "02/25"]


def count_text(value: float) -> str:
    return format_number(Fraction(value), "en")


def texts(svg: str) -> list[str]:
    root = ElementTree.fromstring(svg)
    return [
        "".join(element.itertext()).strip()
        for element in root.iter("{http://www.w3.org/2000/svg}text")
    ]


def ticks(svg: str, unit: str = "") -> list[str]:
    """The labels of the value axis."""
    found = re.compile(r"[\d,.]+" + re.escape(unit))
    return [text for text in texts(svg) if found.fullmatch(text)]


def test_equal_input_gives_equal_bytes_without_a_date():
    lines = [Line("Đã giải quyết", [10, None, 30]), Line("Chỉ tiêu", [20] * 3, is_target=True)]
    first, second = (draw_lines(POINTS, lines, count_text) for _ in range(2))
    assert first == second
    assert "dc:date" not in first
    assert not re.search(r"20\d\d-\d\d-\d\d", first)


def test_text_stays_text_in_our_font():
    svg = draw_lines(POINTS, [Line("Đã giải quyết & quá hạn", [1, 2, 3])], count_text)
    assert {"Đã giải quyết & quá hạn", *POINTS} <= set(texts(svg))
    assert "Be Vietnam Pro" in svg


def test_hostile_names_stay_text():
    svg = draw_lines(POINTS, [Line("<script>alert(1)</script>", [1, 2, 3])], count_text)
    assert "<script>" not in svg


def svg_dots(svg):
    return embeddable(svg, "chart").count("h.01")


def test_lines_without_a_value_have_no_marks():
    names = ("a", "b", "c")
    empty = draw_lines(POINTS, [Line(name, [None] * 3) for name in names], count_text)
    full = draw_lines(POINTS, [Line(name, [1, 2, 3]) for name in names], count_text)
    assert svg_dots(empty) == 2  # of the legend; the third line's mark is a triangle
    assert svg_dots(full) == 2 + 2 * 3


def test_a_missing_value_leaves_a_gap_and_a_target_is_dashed():
    whole = draw_lines(POINTS, [Line("a", [1, 2, 3])], count_text)
    gap = draw_lines(POINTS, [Line("a", [1, None, 3])], count_text)
    dashed = draw_lines(POINTS, [Line("a", [1, 2, 3], is_target=True)], count_text)
    assert svg_dots(whole) == svg_dots(gap) + 1
    assert "stroke-dasharray" in dashed
    assert "stroke-dasharray" not in whole


@pytest.mark.parametrize("values", [[0, 0, 0], [None, None, 0], [5, 5, 5], [1]])
def test_flat_and_single_lines_can_be_drawn(values):
    svg = draw_lines(POINTS[: len(values)], [Line("a", values)], count_text)
    assert "0" in ticks(svg)


def test_the_last_point_is_always_labelled():
    points = [f"{number:02d}/24" for number in range(1, 13)] + ["01/25", "02/25"]
    shown = texts(draw_lines(points, [Line("a", list(range(14)))], count_text))
    assert "02/25" in shown
    assert len([text for text in shown if text in points]) <= 7


@pytest.mark.parametrize("highest", [1, 2, 3, 5, 7, 10, 143_269])
def test_no_two_ticks_of_counts_read_the_same(highest):
    """A grid line at 2.4 dossiers that reads 2 is a wrong axis."""
    found = ticks(draw_lines(POINTS, [Line("a", [0, 1, highest])], count_text))
    assert len(found) == len(set(found)) >= 2


def advance(text: str, size: float) -> float:
    """How wide a text is set in the font of the page."""
    font = TTFont(str(files("fontpkg_be_vietnam_pro") / "files" / FONT_FILE))
    widths, glyphs = font["hmtx"], font.getBestCmap()
    units = sum(widths[glyphs[ord(character)]][0] for character in text)
    return units / font["head"].unitsPerEm * size


def placed(svg: str) -> list[tuple[str, float, float]]:
    """Each text with its left and right end."""
    found = []
    for element in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text"):
        size, anchor = re.search(
            r"([\d.]+)px.*text-anchor: (\w+)", element.attrib["style"]
        ).groups()
        width = advance(element.text, float(size))
        left = float(element.attrib["x"]) - width * {"start": 0, "middle": 0.5, "end": 1}[anchor]
        found.append((element.text, left, left + width))
    return found


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    "names", [("received", "processed", "pending"), ("actual", "target_unverified")]
)
@pytest.mark.parametrize("highest", [1, 143_269, 9_999_999])
def test_every_text_fits_its_drawing_and_no_legend_covers_another(language, names, highest):
    labels = [words(language)["trends"][name] for name in names]
    svg = draw_lines(POINTS, [Line(label, [1, 2, highest]) for label in labels], count_text)
    right = float(ElementTree.fromstring(svg).attrib["viewBox"].split()[2])
    texts_with_ends = placed(svg)
    assert all(left > -0.01 and end <= right for _, left, end in texts_with_ends), texts_with_ends
    legend = [(left, end) for text, left, end in texts_with_ends if text in labels]
    assert len(legend) == len(labels)
    assert all(end < left for (_, end), (left, _) in pairwise(legend))


@pytest.mark.parametrize(
    ("highest", "scale"),
    [
        (0, ["0", "1"]),
        (1, ["0", "1"]),
        (4, ["0", "1", "2", "3", "4"]),
        (5, ["0", "2", "4"]),
        (10, ["0", "5", "10"]),
        (100, ["0", "25", "50", "75", "100"]),
        (143_269, ["0", "50,000", "100,000"]),
    ],
)
def test_the_scale_has_round_numbers(highest, scale):
    assert ticks(draw_lines(POINTS, [Line("a", [0, 0, highest])], count_text)) == scale


def test_no_place_is_finer_than_anyone_sees():
    svg = draw_lines(POINTS, [Line("a", [1 / 3, 2 / 3, 1])], count_text)
    lines_and_texts = re.sub(r"<defs>.*?</defs>", "", svg, flags=re.DOTALL)
    assert not re.search(r"\d\.\d{3}", lines_and_texts)


# What is usual, as a band.

YEAR = [f"{number:02d}/24" for number in range(1, 13)] + ["01/25", "02/25"]
USUAL = Band("Mức thường gặp", centre=99.85, limits={n: (99.8 - n / 997, 99.9) for n in range(14)})
RATE = Line("Thực hiện", [99.84 + n % 3 / 97 for n in range(14)])
TARGET = Line("Chỉ tiêu chưa xác minh", [95.123] * 14, is_target=True)


def percent_text(percent: Fraction) -> str:
    return format_short_percent(percent / 100, "vi")


@pytest.mark.parametrize("lines", [[RATE], [RATE, TARGET]])
def test_a_chart_with_its_band_fits_in_four_kilobytes(lines):
    svg = embeddable(draw_lines(YEAR, lines, percent_text, USUAL), "chart-publication-coverage")
    assert len(svg.encode()) <= 4096


def test_the_band_has_its_name_and_fits_the_legend():
    found = placed(draw_lines(YEAR, [RATE, TARGET], percent_text, USUAL))
    legend = [
        (left, end) for text, left, end in found if text in (RATE.name, TARGET.name, USUAL.name)
    ]
    assert len(legend) == 3
    assert all(end < left for (_, end), (left, _) in pairwise(legend))
    assert legend[-1][1] <= 350


@pytest.mark.parametrize(
    ("values", "limits", "lowest"),
    [
        ([50, 60], (45, 65), 45),  # all in the upper half
        ([50, 60], (30, 60), 0),  # exactly half would be used
        ([50, 60], (31, 60), 30),
        ([99.84, 99.86], (99.8, 99.9), Fraction(998, 10)),
        ([0, 100], (90, 100), 0),
    ],
)
def test_beside_a_band_the_scale_begins_where_less_than_half_would_be_used(values, limits, lowest):
    line, band = Line("a", values), Band("b", values[0], {0: limits, 1: limits})
    scale = line_scale([line], band)
    assert scale.lowest == lowest
    assert float(scale.lowest) <= min(*values, *limits)
    assert float(scale.highest) >= max(*values, *limits)
    assert line_scale([line]).lowest == 0


def test_ticks_of_a_narrow_scale_read_differently():
    found = ticks(draw_lines(YEAR, [RATE], percent_text, USUAL), "%")
    assert len(found) == len(set(found)) >= 3


def test_a_band_of_some_months_is_drawn_over_these_only():
    some = Band("b", 50, {5: (40, 60), 6: (41, 59)})
    svg = draw_lines(YEAR, [Line("a", [50] * 14)], count_text, some)
    whole = draw_lines(
        YEAR, [Line("a", [50] * 14)], count_text, Band("b", 50, dict.fromkeys(range(14), (40, 60)))
    )
    assert len(svg) < len(whole)


@pytest.mark.parametrize("band", [Band("b", 5, {0: (5, 5)}), Band("b", 5, {13: (4, 6)})])
def test_a_band_of_a_single_month_can_be_drawn(band):
    assert "<svg" in draw_lines(YEAR, [Line("a", [5] * 14)], count_text, band)
