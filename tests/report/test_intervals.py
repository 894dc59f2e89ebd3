"""What is said of rates on few cases: their intervals, that there are none, or no rates at all."""

from __future__ import annotations

import dataclasses

import pytest

from briefings.facts import Facts
from briefings.report.material import Material
from briefings.report.sections.intervals import interval_note
from tests.report.conftest import MakeMaterial

pytestmark = pytest.mark.slow


def said(material: Material) -> str:
    return interval_note(material).plain()


def estimated(material: Material) -> Material:
    """The same with every figure an estimate, which has no interval."""
    scores = tuple(
        dataclasses.replace(each, observation=dataclasses.replace(each.observation, estimate=True))
        for each in material.facts.scores
    )
    facts: Facts = dataclasses.replace(material.facts, scores=scores, intervals=())
    return dataclasses.replace(material, facts=facts)


@pytest.mark.parametrize(
    ("language", "none", "few", "others"),
    [
        (
            "en",
            "No rate of the period can be computed: denominators are zero, or there are no data.",
            "No rate of the period rests on a denominator below 100.",
            "No rate of the period that is not an estimate (≈) rests on a denominator below 100.",
        ),
        (
            "vi",
            "Trong kỳ không có tỷ lệ nào tính được, vì mẫu số bằng không hoặc không có số liệu.",
            "Không tỷ lệ nào trong kỳ có mẫu số dưới 100.",
            "Ngoài các số ước tính (≈), không tỷ lệ nào trong kỳ có mẫu số dưới 100.",
        ),
    ],
)
def test_no_interval_has_three_reasons(material: MakeMaterial, language, none, few, others):
    """Commune One did nothing at all; the province has rates, here as if they were many cases."""
    province = material("T1", language)
    without = dataclasses.replace(province, facts=dataclasses.replace(province.facts, intervals=()))
    assert said(material("C1", language)) == none
    assert said(without) == few
    assert said(estimated(province)) == others


def test_beside_intervals_it_is_said_that_estimates_have_none(material: MakeMaterial):
    province = material()
    both = dataclasses.replace(
        estimated(province),
        facts=dataclasses.replace(estimated(province).facts, intervals=province.facts.intervals),
    )
    assert said(both).endswith(". Estimates (≈) have no interval.")
    assert "Estimates" not in said(province)
