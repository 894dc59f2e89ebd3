"""What a page says of mergers, renamings, splits and transfers in the months it shows."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import get_args

import pytest

from briefings.facts.observation import Observation
from briefings.facts.reorganisation import EndOfUnits, Kind, Reorganisation, Reorganisations
from briefings.facts.score import Verdict
from briefings.language import words
from briefings.organisation import Unit
from briefings.project import Series
from briefings.report.blocks.status import SYMBOLS
from briefings.report.briefing import Briefing
from briefings.report.material import Material
from briefings.report.printing import figure
from briefings.report.sections.reorganisations import reorganisation_notices
from briefings.report.sections.trends import rate_charts
from tests.report.conftest import MakeMaterial, figures_of

pytestmark = pytest.mark.slow

ON = date(2025, 2, 1)
D1 = Unit("D1", "Sở Một", "Department One", "department", "T1")
X1 = Unit("X1", "Sở Cũ", "Old Department", "department", "T1")
X2 = Unit("X2", "Sở Khác", "Other Department", "department", "T1")


def change(
    kind: Kind, *old: Unit, new: tuple[Unit, ...] = (D1,), verified: bool = True
) -> Reorganisation:
    return Reorganisation(ON, kind, old, new, verified)


def told(
    material: Material, *changes: Reorganisation, series: Series = "as_now"
) -> list[tuple[str, str]]:
    """Kind and text of each notice on the page of D1."""
    found = Reorganisations(series, changes, ())
    facts = dataclasses.replace(material.facts, reorganisations=found)
    notices = reorganisation_notices(dataclasses.replace(material, facts=facts))
    return [(notice.kind, notice.plain()) for notice in notices]


MERGED = change("merged", X1, X2)
TAKEN_OVER = change("merged", X1)
RENAMED = change("renamed", X1)
SPLIT = change("split", X1, new=(D1, X2))
TRANSFERRED = change("transferred", X1, verified=False)
UNKNOWN = change("unknown", X1, X2, new=())

CASES: list[tuple[str, Series, Reorganisation, str, str]] = [
    (
        "en", "as_now", MERGED, "info",
        "On 1 Feb 2025 these units were merged into Department One: Old Department; Other "
        "Department. Figures before that day are those of these units together.",
    ),
    (
        "vi", "as_now", MERGED, "info",
        "Ngày 01/02/2025, các đơn vị sau được sáp nhập thành Sở Một: Sở Cũ; Sở Khác. Số liệu "
        "trước ngày này gộp từ các đơn vị đó.",
    ),
    (
        "en", "as_then", MERGED, "warning",
        "On 1 Feb 2025 these units were merged into Department One: Old Department; Other "
        "Department. Figures before that day do not bring them together and cannot be compared "
        "with those after it.",
    ),
    (
        "vi", "as_then", MERGED, "warning",
        "Ngày 01/02/2025, các đơn vị sau được sáp nhập thành Sở Một: Sở Cũ; Sở Khác. Số liệu "
        "trước ngày này chưa gộp các đơn vị đó, nên không so sánh được với số liệu sau ngày này.",
    ),
    (
        "en", "as_now", TAKEN_OVER, "info",
        "On 1 Feb 2025 Department One took over all work of Old Department. Figures before that "
        "day are those of the earlier unit.",
    ),
    (
        "vi", "as_then", TAKEN_OVER, "warning",
        "Ngày 01/02/2025, Sở Một tiếp nhận toàn bộ công việc của Sở Cũ. Số liệu trước ngày này "
        "của đơn vị cũ không nằm ở đây.",
    ),
    (
        "en", "as_now", RENAMED, "info",
        "Before 1 Feb 2025 this unit was called Old Department.",
    ),
    (
        "vi", "as_then", RENAMED, "info", "Trước ngày 01/02/2025 đơn vị này có tên là Sở Cũ.",
    ),
    (
        "en", "as_now", SPLIT, "warning",
        "On 1 Feb 2025 Old Department was divided by shares among: Department One; Other "
        "Department. Figures marked ≈ are estimates. Decisions, procedures and overdue dossiers of "
        "Old Department cannot be divided and are not in the lists below.",
    ),
    (
        "vi", "as_then", SPLIT, "warning",
        "Ngày 01/02/2025, Sở Cũ được chia cho: Sở Một; Sở Khác. Số liệu trước ngày này không "
        "chia, nên không so sánh được với số liệu sau ngày này.",
    ),
    (
        "en", "as_now", TRANSFERRED, "warning",
        "On 1 Feb 2025 some functions of Old Department went to Department One; how many "
        "dossiers is not known. Figures before and after that day are not fully comparable. "
        "This was not verified.",
    ),
    (
        "vi", "as_now", TRANSFERRED, "warning",
        "Ngày 01/02/2025, một phần nhiệm vụ của Sở Cũ được chuyển sang Sở Một, không rõ bao nhiêu "
        "hồ sơ. Số liệu trước và sau ngày này không hoàn toàn so sánh được. Thông tin này chưa "
        "được xác minh.",
    ),
    (
        "en", "as_now", UNKNOWN, "warning",
        "On 1 Feb 2025 these units went into others, and into which is not on "
        "record: Old Department (code X1); Other Department (code X2). If one went into "
        "Department One, figures of Department One before that day lack its dossiers.",
    ),
    (
        "vi", "as_now", UNKNOWN, "warning",
        "Ngày 01/02/2025, các đơn vị sau được nhập vào đơn vị khác, chưa rõ "
        "vào đơn vị nào: Sở Cũ (mã X1); Sở Khác (mã X2). Nếu nhập vào Sở Một thì số liệu của Sở "
        "Một trước ngày này chưa gồm hồ sơ của đơn vị đó.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("language", "series", "event", "kind", "text"), CASES)
def test_a_change_is_told_in_one_sentence_or_two(
    material: MakeMaterial,
    language: str,
    series: Series,
    event: Reorganisation,
    kind: str,
    text: str,
):
    assert told(material("D1", language), event, series=series) == [(kind, text)]


@pytest.mark.parametrize("event", [MERGED, TAKEN_OVER, RENAMED, SPLIT, TRANSFERRED, UNKNOWN])
@pytest.mark.parametrize("series", ["as_now", "as_then"])
def test_both_languages_tell_every_change_and_say_where_it_is_not_verified(
    material: MakeMaterial, event: Reorganisation, series: Series
):
    for language, flag in (("vi", "chưa được xác minh"), ("en", "not verified")):
        for verified in (True, False):
            shown = dataclasses.replace(event, verified=verified)
            ((kind, text),) = told(material("D1", language), shown, series=series)
            assert (flag in text) is not verified
            assert verified or kind == "warning"


@pytest.mark.parametrize(
    ("language", "series", "unknown", "text"),
    [
        (
            "en", "as_now", 1,
            "On 1 Feb 2025 3 units ended in a reorganisation; of 1 it is not on record who "
            "followed, so that they stand in totals only. Earlier figures of single units are "
            "read on the units at the end of the period.",
        ),
        (
            "vi", "as_now", 1,
            "Ngày 01/02/2025, 3 đơn vị kết thúc hoạt động do sắp xếp tổ chức, trong đó 1 đơn vị "
            "chưa rõ do đơn vị nào tiếp nhận nên chỉ nằm trong tổng số. Số liệu từng đơn vị trước "
            "ngày này được tính theo các đơn vị có vào cuối kỳ.",
        ),
        (
            "vi", "as_now", 0,
            "Ngày 01/02/2025, 3 đơn vị kết thúc hoạt động do sắp xếp tổ chức. Số liệu từng đơn vị "
            "trước ngày này được tính theo các đơn vị có vào cuối kỳ.",
        ),
        (
            "en", "as_then", 1,
            "On 1 Feb 2025 3 units ended in a reorganisation. Figures of single units are those "
            "of the units of their time.",
        ),
    ],
)  # fmt: skip
def test_the_province_is_told_how_many_units_ended(
    material: MakeMaterial, language: str, series: Series, unknown: int, text: str
):
    shown = material("T1", language)
    found = Reorganisations(series, (), (EndOfUnits(ON, 3, unknown),))
    shown = dataclasses.replace(
        shown, facts=dataclasses.replace(shown.facts, reorganisations=found)
    )
    masthead = Briefing(shown).masthead()
    assert text in masthead.plain()
    figures = [each for notice in masthead.notices for part in notice.inlines()
               for each in part if not isinstance(each, str)]  # fmt: skip
    assert figures[0].identity == "units_ended:2025-02-01@2025-02/T1"


def test_decisions_of_a_unit_taken_over_are_figures_of_the_unit_that_prints_them(
    material: MakeMaterial,
):
    """The press refuses a page with figures of another unit."""
    shown = material("D1")
    before = shown.facts.announcements
    of_x1 = dataclasses.replace(
        before, decisions=tuple(dataclasses.replace(each, unit=X1) for each in before.decisions)
    )
    page = dataclasses.replace(shown, facts=dataclasses.replace(shown.facts, announcements=of_x1))
    changes = Briefing(page).changes()
    assert "Old Department" in changes.plain()
    assert {each.unit for each in figures_of(changes)} == {"D1"}


def test_where_nothing_happened_nothing_is_told(material: MakeMaterial):
    assert reorganisation_notices(material("D1")) == ()
    assert reorganisation_notices(material("T1")) == ()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_verdict_has_a_symbol_and_words(language: str):
    assert set(get_args(Verdict)) == set(SYMBOLS)
    assert set(SYMBOLS) <= set(words(language)["statuses"])


def test_rates_that_were_estimated_are_marked_and_not_judged(material: MakeMaterial):
    shown = material("D1")
    scores = tuple(
        dataclasses.replace(each, observation=dataclasses.replace(each.observation, estimate=True))
        for each in shown.facts.scores
    )
    page = dataclasses.replace(shown, facts=dataclasses.replace(shown.facts, scores=scores))
    rates = Briefing(page).rates_of_period().plain()
    assert "Filed online | ≈100.00% | 80% | ≈+20.00 | ? target not verified" in rates
    assert "≈50.00% | 100% | ≈−50.00 | ± estimate, not judged" in rates
    assert "met |" not in rates
    assert "missed" not in rates


@pytest.mark.parametrize(
    ("estimate", "value", "text"),
    [(False, 1234, "1.234"), (True, 1234, "≈1.234"), (True, None, "không có dữ liệu")],
)
def test_an_estimate_is_marked(estimate: bool, value: int | None, text: str):
    status = "no_data" if value is None else "measured"
    observed = Observation("processed", "2025-01", "D1", "count", value, None, status, estimate)
    assert figure(observed, "vi").text == text


def test_whatever_rests_on_an_estimate_is_marked(material: MakeMaterial):
    """Both parts of a rate, what lacks to its target, volumes by the day and the form."""
    shown = material("D1")
    facts = shown.facts
    scores = tuple(
        dataclasses.replace(each, observation=dataclasses.replace(each.observation, estimate=True))
        for each in facts.scores
    )
    volumes = tuple(
        dataclasses.replace(
            each, flows=tuple(dataclasses.replace(flow, estimate=True) for flow in each.flows)
        )
        for each in facts.daily_volumes
    )
    lines = tuple(
        dataclasses.replace(each, row=dataclasses.replace(each.row, estimate=True))
        for each in facts.form.period
    )
    form = dataclasses.replace(facts.form, period=lines)
    page = Briefing(
        dataclasses.replace(
            shown,
            facts=dataclasses.replace(facts, scores=scores, daily_volumes=volumes, form=form),
        )
    )
    for block in (
        page.rates_to_date(),
        page.counts(),
        page.daily_volumes(),
        page.form_of_period(),
        page.definitions(),
        page.volume_trend().twin,
        *(chart.twin for chart in rate_charts(page.material)),
    ):
        bare = [
            figure.identity
            for figure in figures_of(block)
            if any(map(str.isdigit, figure.text))
            and not figure.text.startswith("≈")
            and not figure.kpi.endswith(".target")
            and figure.unit_of_measure != "days"
        ]
        assert bare == [], block
