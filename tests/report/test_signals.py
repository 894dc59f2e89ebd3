"""What a page says of a change, it says from a verdict, and in both languages alike."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from datetime import date

import pytest

from briefings.facts.reorganisation import Reorganisation
from briefings.facts.signal import Limits, Rebasing, Signal
from briefings.language import WORDS, words
from briefings.organisation import Unit
from briefings.periods import Month
from briefings.report.blocks import Chart
from briefings.report.blocks.inline import to_plain
from briefings.report.material import Material
from briefings.report.sections.signals import signal_sentences, signals_table
from briefings.report.sections.trends import rate_charts
from tests.report.conftest import MakeMaterial

YEAR = (Month(2024, 1), Month(2024, 12))
USUAL = Limits("2025-02", 0.5, 0.6, 0.7)


def sync(verdict: str, rule: str | None = None, **parts: object) -> Signal:
    return Signal("sync", "2025-02", verdict, rule, YEAR, (USUAL,), **parts)  # type: ignore[arg-type]


def received(verdict: str, rule: str | None = None, days: int | None = 20) -> Signal:
    limits = (Limits("2025-02", 0.1, 0.2, 0.3),)
    return Signal("received_in_period", "2025-02", verdict, rule, YEAR, limits, days)  # type: ignore[arg-type]


def with_signals(material: Material, *signals: Signal) -> Material:
    return dataclasses.replace(material, facts=dataclasses.replace(material.facts, signals=signals))


def said(material: Material, *signals: Signal) -> list[str]:
    return [to_plain(line) for line in signal_sentences(with_signals(material, *signals))]


@pytest.mark.parametrize(
    ("verdict", "rule", "months", "en", "vi"),
    [
        (
            "rose", "run", 8,
            "rose: 8 months in a row above the usual level of 60.00%, and 33.33% in "
            "February 2025.",
            "tăng: 8 tháng liền cao hơn mức thường gặp 60,00%, tháng 2 năm 2025 là 33,33%.",
        ),
        (
            "fell", "run", 11,
            "fell: 11 months in a row below the usual level of 60.00%, and 33.33% in "
            "February 2025.",
            "giảm: 11 tháng liền thấp hơn mức thường gặp 60,00%, tháng 2 năm 2025 là "
            "33,33%.",
        ),
        (
            "below", "beyond_limit", 1,
            ": 33.33% in February 2025, below the limits of what is usual (50.00% to 70.00%).",
            "tháng 2 năm 2025 là 33,33%, thấp hơn giới hạn thường gặp (từ 50,00% đến 70,00%).",
        ),
        (
            "above", "two_of_three", 2,
            ": 33.33% in February 2025, for the second time in three months far above the usual "
            "level of 60.00%.",
            "tháng 2 năm 2025 là 33,33%, lần thứ hai trong ba tháng cao hơn nhiều so với mức "
            "thường gặp 60,00%.",
        ),
        (
            "below", "two_of_three", 3,
            ": 33.33% in February 2025, for the third time in three months far below the usual "
            "level of 60.00%.",
            "tháng 2 năm 2025 là 33,33%, lần thứ ba trong ba tháng thấp hơn nhiều so với mức "
            "thường gặp 60,00%.",
        ),
    ],
)  # fmt: skip
def test_a_sentence_for_each_signal(material: MakeMaterial, verdict, rule, months, en, vi):
    for language, ending in (("en", en), ("vi", vi)):
        (sentence,) = said(material("T1", language), sync(verdict, rule, months=months))
        assert sentence.endswith(ending)
        assert sentence.startswith(material().facts.kpi("sync").names[language])


def test_one_sentence_for_all_without_a_signal(material: MakeMaterial):
    unchanged, signal = received("no_clear_change"), sync("rose", "run", months=8)
    assert said(material(), unchanged, sync("no_clear_change")) == [
        "No clear change in February 2025 in the measures with enough months of data."
    ]
    assert said(material(), unchanged, signal)[1:] == [
        "No clear change in February 2025 in the other measures with enough months of data."
    ]
    assert said(material("T1", "vi"), unchanged) == [
        "Chưa thấy thay đổi rõ rệt trong tháng 2 năm 2025 ở các chỉ số có đủ số liệu theo tháng."
    ]


def test_too_few_data_are_no_lack_of_change(material: MakeMaterial):
    assert said(material(), Signal("sync", "2025-02", "too_few")) == [
        "There are too few data yet to tell a change in February 2025 from chance."
    ]
    assert said(material(), sync("no_variation")) == []
    assert said(material()) == []


def estimated(material: Material, *signals: Signal) -> Material:
    """The same, with every figure an estimate."""
    scores = tuple(
        dataclasses.replace(each, observation=dataclasses.replace(each.observation, estimate=True))
        for each in material.facts.scores
    )
    facts = dataclasses.replace(material.facts, scores=scores, signals=signals)
    return dataclasses.replace(material, facts=facts)


@pytest.mark.parametrize(
    ("language", "verdict", "sentence"),
    [
        (
            "en",
            "estimate, not judged | ≈33.33%",
            "No change in February 2025 is told from figures marked ≈: they are estimates.",
        ),
        (
            "vi",
            "ước tính, không kết luận | ≈33,33%",
            "Các số có dấu ≈ trong tháng 2 năm 2025 là ước tính nên không dùng để kết luận có thay "
            "đổi hay không.",
        ),
    ],
)
def test_an_estimate_is_shown_and_not_judged(material: MakeMaterial, language, verdict, sentence):
    signal = Signal("sync", "2025-02", "estimated")
    page = estimated(material("T1", language), signal)
    assert [to_plain(line) for line in signal_sentences(page)] == [sentence]
    assert verdict in signals_table(page).plain()


def test_the_table_has_value_limits_verdict_and_baseline(material: MakeMaterial):
    table = signals_table(
        with_signals(
            material(),
            received("no_clear_change"),
            sync("below", "beyond_limit"),
            Signal("on_time", "2025-02", "too_few"),
        )
    )
    assert table.plain().split("\n")[2:5] == [
        # Three dossiers on twenty working days.
        "Dossiers received in the period, by the working day | no clear change | 0.2 | 0.2 | "
        "0.1 – 0.3",
        "Synchronised with the National Public Service Portal | below the usual (beyond the limit) "
        "| 33.33% | 60.00% | 50.00% – 70.00%",
        "Processed on time (local basis) | too few data | 100.00% | – | –",
    ]


def test_the_months_of_the_baseline_are_named(material: MakeMaterial):
    later = dataclasses.replace(sync("no_clear_change"), baseline=(Month(2024, 3), Month(2024, 10)))
    one = signals_table(
        with_signals(material(), received("no_clear_change"), sync("no_clear_change"))
    )
    two = signals_table(with_signals(material(), received("no_clear_change"), later))
    assert one.note.endswith("The baseline here: January 2024 to December 2024.")
    assert two.note.endswith(
        "The baseline of Dossiers received in the period: January 2024 to December 2024. The "
        "baseline of Synchronised with the National Public Service Portal: March 2024 to October "
        "2024."
    )


def test_volumes_that_are_not_by_the_working_day_are_said_to_be_so(material: MakeMaterial):
    sentence = "volumes are judged as they stand"
    for days, expected in ((20, False), (None, True)):
        table = signals_table(with_signals(material(), received("no_clear_change", days=days)))
        assert (sentence in table.note) == expected
        assert ("by the working day" in table.plain()) != expected


def test_the_reason_of_a_new_baseline_is_printed_once_with_its_measures(material: MakeMaterial):
    merger = Rebasing(Month(2024, 5), {"vi": "Sáp nhập", "en": "Merger"})
    signals = (
        sync("no_clear_change", rebased=merger),
        Signal("online_filing", "2025-02", "too_few", rebased=merger),
    )
    note = signals_table(with_signals(material(), *signals)).note
    assert note.endswith("All measures begin anew in May 2024 (Merger).")
    note = signals_table(with_signals(material(), *signals, received("no_clear_change"))).note
    assert note.endswith(
        "Begun anew in May 2024 (Merger): Synchronised with the National Public Service Portal; "
        "Filed online."
    )


D1 = Unit("D1", "Sở Một", "Department One", "department", "T1")
D3 = Unit("D3", "Sở Ba", "Department Three", "department", "T1")
D2 = Unit("D2", "Sở Hai", "Department Two", "department", "T1")


@pytest.mark.parametrize(
    ("kind", "old", "verified", "en", "vi"),
    [
        ("merged", (D1, D2), True, "1 Mar 2025: Department Two merged into Department One",
         "ngày 01/03/2025: sáp nhập Sở Hai vào Sở Một"),
        ("merged", (D2, D3), True, "1 Mar 2025: Department Two; Department Three merged into "
         "Department One", "ngày 01/03/2025: sáp nhập Sở Hai; Sở Ba thành Sở Một"),
        ("merged", (D2,), True, "1 Mar 2025: Department One took over all work of Department Two",
         "ngày 01/03/2025: Sở Một tiếp nhận toàn bộ công việc của Sở Hai"),
        ("transferred", (D2,), False, "1 Mar 2025: some functions of Department Two went to "
         "Department One (not verified)", "ngày 01/03/2025: chuyển một phần nhiệm vụ của Sở Hai "
         "sang Sở Một (chưa xác minh)"),
        ("split", (D2,), True, "1 Mar 2025: Department Two divided among Department One",
         "ngày 01/03/2025: chia Sở Hai cho Sở Một"),
    ],
)  # fmt: skip
def test_a_change_of_the_organisation_is_a_reason(
    material: MakeMaterial, kind, old, verified, en, vi
):
    change = Reorganisation(date(2025, 3, 1), kind, old, (D1,), verified)
    signal = sync("no_clear_change", rebased=Rebasing(Month(2025, 3), {}, (change,)))
    for language, reason in (("en", en), ("vi", vi)):
        note = signals_table(with_signals(material("T1", language), signal)).note
        assert note.endswith(f"({reason}).")


def chart_of(material: Material, kpi: str) -> Chart:
    (found,) = (c for c in rate_charts(material) if c.identifier == f"chart-{kpi}")
    return found


def test_a_chart_shows_and_tells_the_limits(material: MakeMaterial):
    plain = chart_of(with_signals(material()), "sync")
    chart = chart_of(with_signals(material(), sync("below", "beyond_limit")), "sync")
    assert "Usual" not in plain.alt + plain.svg
    assert "Usual range" in chart.svg
    assert chart.alt.endswith(
        " Usual in February 2025: 50.00% to 70.00%, around 60.00%. "
        "Verdict on 33.33%: below the usual (beyond the limit)."
    )
    assert chart.twin == plain.twin


def test_a_chart_whose_scale_does_not_begin_at_zero_says_so(material: MakeMaterial):
    narrow = Signal("on_time", "2025-02", "no_clear_change", None, YEAR,
                    (Limits("2025-02", 0.74, 0.76, 0.78),))  # fmt: skip
    assert "scale" not in chart_of(with_signals(material()), "on-time").caption
    chart = chart_of(with_signals(material(), narrow), "on-time")
    assert chart.caption.endswith(" by month (scale from 70%)")
    assert chart.alt.startswith(f"Line chart. {chart.caption}")


# Words of a change, and of nothing else in these pages.
CHANGE = {
    "en": r"\b(rose|fell|ris(es|en|ing)|fall(s|en|ing)?|(in|de)creas|grew|grow|drop|declin|improv|"
    r"worse|higher|lower than)",
    "vi": r"(?<!cắt )\b(tăng|giảm|cải thiện|xấu đi|tốt lên|sụt)\b",
}
MAY_SPEAK_OF_CHANGE = {"signals"}


def prose_of(language: str) -> Iterator[tuple[str, str]]:
    for file in sorted((WORDS / language).glob("*.j2")):
        yield file.stem, re.sub(r"\{[{%].*?[%}]\}", "", file.read_text(encoding="utf-8"))


def texts_of(content: object) -> Iterator[str]:
    if isinstance(content, dict):
        for value in content.values():
            yield from texts_of(value)
    elif isinstance(content, list):
        yield from map(str, content)
    else:
        yield str(content)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_nothing_but_the_sentences_about_signals_speaks_of_a_change(language):
    found = {name for name, text in prose_of(language) if re.search(CHANGE[language], text)}
    assert found == MAY_SPEAK_OF_CHANGE


@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_fixed_word_but_a_verdict_speaks_of_a_change(language):
    content = dict(words(language))
    signals = dict(content.pop("signals"))
    verdicts = signals.pop("verdicts")
    assert [v for v in texts_of(verdicts) if re.search(CHANGE[language], v)] == [
        verdicts["rose"], verdicts["fell"],
    ]  # fmt: skip
    others = [*texts_of(content), *texts_of(signals)]
    assert [text for text in others if re.search(CHANGE[language], text)] == []
