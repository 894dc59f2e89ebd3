"""The section of the service index: what is printed, with which caveats, and what never is."""

from __future__ import annotations

import dataclasses
from fractions import Fraction
from typing import Any

import pytest

from briefings.facts.observation import Observation
from briefings.facts.service_index import IndexGroup, Indicator, IndicatorResult, ServiceIndex
from briefings.report.material import Material
from briefings.report.sections.service_index import service_index
from tests.report.conftest import MakeMaterial, figures_of, lines

TO_DATE = "2025-01..2025-02"
NAMES = {
    "1.3": {"vi": "TTHC đủ nội dung", "en": "Complete content"},
    "1.4": {"vi": "Hồ sơ đồng bộ", "en": "Dossiers synchronised"},
    "3.3": {"vi": "Hồ sơ nộp trực tuyến", "en": "Dossiers filed online"},
    "5.2": {"vi": "Phản ánh xử lý đúng hạn", "en": "Petitions handled on time"},
}
GROUPS = (
    IndexGroup("1", "", {"vi": "Công khai", "en": "Publicity"}, Fraction(18), True, Fraction(18)),
    IndexGroup("3", "", {"vi": "Trực tuyến", "en": "Online"}, Fraction(22), False, Fraction(20)),
    IndexGroup("5", "", {"vi": "Hài lòng", "en": "Satisfaction"}, Fraction(18), True, Fraction(18)),
)


def share(numerator: int, kpi: str = "x") -> Observation:
    return Observation(kpi, TO_DATE, "T1", "percent", numerator, 100, "measured")


NOTHING = Observation("x", TO_DATE, "T1", "percent", None, None, "no_data")


def indicator(identity: str, maximum: int, **options: Any) -> Indicator:
    rest = {
        "basis": {"vi": f"Cách tính {identity}", "en": f"Counting {identity}"},
        "maximum_verified": False,
        "full_at": None,
        "full_at_verified": False,
        "low_confidence": False,
        "when_nothing": "maximum",
        "bound": "none",
    }
    return Indicator(
        id=identity,
        group=identity[0],
        names=NAMES[identity],
        maximum=Fraction(maximum),
        **{**rest, **options},
    )


def sync(percent: int, **options: Any) -> IndicatorResult:
    return IndicatorResult(indicator("1.4", 6, **options), share(percent, "sync"))


def filing(percent: int, synced: int, **options: Any) -> IndicatorResult:
    half = indicator("3.3", 6, full_at=Fraction(1, 2), low_confidence=True, **options)
    return IndicatorResult(half, share(percent), times=share(synced, "sync"))


SAID = {
    "vi": ("không phải điểm chính thức", "chưa xác minh", "chưa đọc phụ lục"),
    "en": ("not the official score", "not verified", "was not read"),
}
UNKNOWN = IndicatorResult(indicator("1.3", 2), None)
QUIET = IndicatorResult(indicator("5.2", 6, maximum_verified=True), NOTHING)


@pytest.fixture
def shown(material: MakeMaterial):
    def show(*results: IndicatorResult, language: str = "en", unit: str = "T1", **options: Any):
        facts = material(unit, language).facts
        index = ServiceIndex(GROUPS, results, **{"replaced": False, **options})
        return service_index(Material(dataclasses.replace(facts, index=index), language))

    return show


@pytest.mark.parametrize(
    ("language", "sentence", "row"),
    [
        (
            "vi",
            "1.4 Hồ sơ đồng bộ: mất ít nhất 1,44 trên 6 điểm. Tỷ lệ này còn được nhân vào "
            "3.3 Hồ sơ nộp trực tuyến: theo số liệu hiện có, ở đó làm mất 0,53 điểm.",
            "1.4 Hồ sơ đồng bộ | ≤\u00a076,00% | ≤\u00a04,56 | 6 | ≥\u00a01,44 | chưa",
        ),
        (
            "en",
            "1.4 Dossiers synchronised: loses at least 1.44 of 6 points. The rate also multiplies "
            "3.3 Dossiers filed online: as far as these data go, it costs 0.53 points there.",
            "1.4 Dossiers synchronised | ≤\u00a076.00% | ≤\u00a04.56 | 6 | ≥\u00a01.44 | no",
        ),
    ],
)
def test_76_percent_synchronised_is_4_56_of_6_points(shown, language, sentence, row):
    page = lines(shown(sync(76, bound="at_most"), filing(60, 76), language=language))
    assert sentence in page
    assert row in page


def test_what_is_reached_stands_beside_what_can_be_reached_and_beside_the_whole(shown):
    page = lines(shown(UNKNOWN, sync(76), filing(60, 76), QUIET))
    assert (
        "Index 766, 1 Jan 2025 – 28 Feb 2025: what these data can measure reaches 16.03 of 18 "
        "points; the whole index has 58. What cannot be measured is not inferred, so this is not "
        "the score of the whole index."
    ) in page
    assert "1. Publicity |  | 4.56 | 6\u00a0/\u00a018 | 1.44 | maximum" in page
    assert "1.3 Complete content | not measurable | – | 2 | – | no" in page
    assert "3.3 Dossiers filed online | 45.60% | 5.47 | 6 | 0.53 | no; low confidence" in page
    assert "5.2 Petitions handled on time | nothing to count | 6.00 | 6 | 0.00 | maximum" in page
    assert "What is measured |  | 16.03 | 18\u00a0/\u00a058 | 1.97 | " in page


def test_losses_come_dearest_first_with_what_full_marks_need(shown):
    page = lines(shown(filing(60, 76), sync(76), QUIET))
    head = page.index("Indicator | Lost | Rate | Full marks from | Of this by the factor")
    assert page[head + 1 : head + 4] == [
        "1.4 Dossiers synchronised | 1.44 | 76.00% | 100% | –",
        "3.3 Dossiers filed online | 0.53 | 45.60% | 50% | 0.53",
        "What is measured | 1.97 |  |  | ",
    ]


@pytest.mark.parametrize(
    ("bound", "row"),
    [
        ("at_most", "≤\u00a076.00% | ≤\u00a04.56 | 6 | ≥\u00a01.44"),
        ("at_least", "≥\u00a076.00% | ≥\u00a04.56 | 6 | ≤\u00a01.44"),
        ("none", "76.00% | 4.56 | 6 | 1.44"),
    ],
)
def test_a_bound_of_the_points_is_the_opposite_bound_of_what_is_lost(shown, bound, row):
    assert f"1.4 Dossiers synchronised | {row} | no" in lines(shown(sync(76, bound=bound)))


def test_what_rests_on_a_share_is_marked_as_an_estimate_and_so_are_its_totals(shown):
    about = dataclasses.replace(share(76, "sync"), estimate=True)
    page = lines(shown(IndicatorResult(indicator("1.4", 6, bound="at_most"), about), QUIET))
    row = "1.4 Dossiers synchronised | ≤_≈76.00% | ≤_≈4.56 | 6 | ≥_≈1.44 | no"
    assert row.replace("_", "\u00a0") in page
    assert "5.2 Petitions handled on time | nothing to count | 6.00 | 6 | 0.00 | maximum" in page
    assert "What is measured |  | ≈10.56 | 12_/_58 | ≈1.44 | ".replace("_", "\u00a0") in page
    assert "reaches ≈10.56 of 12 points" in page[2]
    assert "What is measured | ≈1.44 |  |  | " in page


def test_where_nothing_is_lost_or_measured_the_tables_say_so(shown):
    assert "Every indicator that is measured has full marks." in lines(shown(sync(100)))
    page = lines(shown(UNKNOWN))
    assert "No indicator can be measured." in page
    assert (
        "Index 766, 1 Jan 2025 – 28 Feb 2025: no indicator can be measured from these data." in page
    )
    assert "1. Publicity |  | – | 0\u00a0/\u00a018 | – | maximum" in page


def test_a_rate_carries_its_parts_into_the_figures(shown):
    found = {figure.kpi: figure for figure in figures_of(shown(sync(76), filing(60, 76)))}
    assert (found["index.rate:1.4"].numerator, found["index.rate:1.4"].denominator) == (76, 100)
    assert found["index.rate:3.3"].denominator is None  # a product of two rates


def test_a_factor_that_lost_nothing_is_not_spoken_of(shown):
    assert "multiplies 3.3" not in shown(sync(100), filing(40, 100)).plain()


def test_how_each_is_counted_or_why_not_stands_below(shown):
    page = lines(shown(UNKNOWN, sync(76)))
    assert "1.3 Complete content | Counting 1.3" in page
    assert "more than 5% of the rows lack what is needed" in page[-1]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_page_says_that_it_is_no_official_score_and_colours_nothing(shown, language):
    for unit in ("T1", "D1"):
        block = shown(UNKNOWN, sync(76), filing(60, 76), language=language, unit=unit)
        assert all(part in block.plain() for part in SAID[language])
        assert "chip" not in block.html()
        assert "chip(" not in block.typst()


def test_a_unit_is_told_that_the_index_scores_no_units(shown):
    told = "The index scores ministries and provinces, not single units"
    assert told in shown(sync(76), unit="D1").plain()
    assert told not in shown(sync(76)).plain()


def test_what_the_rules_on_record_lack_is_said(shown):
    note = "Online: its indicators come to 20 of 22 points."
    changed = "At the beginning of this time other rules, or none, are on record"
    page = shown(sync(76)).plain()
    assert note in page
    assert changed not in page
    assert changed in shown(sync(76), replaced=True).plain()


def test_without_rules_or_data_one_sentence_says_so(material: MakeMaterial, shown):
    facts = dataclasses.replace(material("T1", "en").facts, index=None)
    assert service_index(Material(facts, "en")).plain() == (
        "The project has no rules of index 766 in force on the last day of the period."
    )
    assert shown().plain() == (
        "The data do not cover the whole year to date, so index 766 is not computed."
    )


def test_of_the_tiny_province_only_what_was_delivered_is_measured(material: MakeMaterial):
    """Year to date: 4 of 8 dossiers on the portal, 6 of 8 filed online, one of three published."""
    page = lines(service_index(material("T1", "en")))
    for row in (
        "1.2 Procedures published on time | 33.33% | 1.33 | 4 | 2.67 | maximum",
        "1.4 Dossiers synchronised with the national portal | ≤_50.00% | ≤_3.00 | 6 | ≥_3.00 | no",
        "3.3 Dossiers filed online | ≤_37.50% | ≤_4.50 | 6 | ≥_1.50 | no; low confidence",
    ):
        assert row.replace("_", "\u00a0") in page
    assert {f.kpi.partition(":")[0] for f in figures_of(service_index(material("T1", "en")))} == {
        "index.points", "index.reachable", "index.maximum", "index.lost", "index.rate",
        "index.full_at", "index.lost_to_factor",
    }  # fmt: skip
