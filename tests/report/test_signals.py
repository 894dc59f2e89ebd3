"""What a page says of a change, it says from a verdict, and in both languages alike."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator

import pytest

from briefings.facts.signal import Limits, Rebasing, Signal
from briefings.language import WORDS, words
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
    ("verdict", "rule", "en", "vi"),
    [
        (
            "rose", "run",
            "rose: at least 8 months in a row above the usual level of 60.00%, and 33.33% in "
            "February 2025.",
            "tăng: ít nhất 8 tháng liền cao hơn mức thường gặp 60,00%, tháng 2 năm 2025 là 33,33%.",
        ),
        (
            "fell", "run",
            "fell: at least 8 months in a row below the usual level of 60.00%, and 33.33% in "
            "February 2025.",
            "giảm: ít nhất 8 tháng liền thấp hơn mức thường gặp 60,00%, tháng 2 năm 2025 là "
            "33,33%.",
        ),
        (
            "below", "beyond_limit",
            ": 33.33% in February 2025, below the limits of what is usual (50.00% to 70.00%).",
            "tháng 2 năm 2025 là 33,33%, thấp hơn giới hạn thường gặp (từ 50,00% đến 70,00%).",
        ),
        (
            "above", "two_of_three",
            ": 33.33% in February 2025, for the second time in three months far above the usual "
            "level of 60.00%.",
            "tháng 2 năm 2025 là 33,33%, lần thứ hai trong ba tháng cao hơn nhiều so với mức "
            "thường gặp 60,00%.",
        ),
    ],
)  # fmt: skip
def test_a_sentence_for_each_signal(material: MakeMaterial, verdict, rule, en, vi):
    for language, ending in (("en", en), ("vi", vi)):
        (sentence,) = said(material("T1", language), sync(verdict, rule))
        assert sentence.endswith(ending)
        assert sentence.startswith(material().facts.kpi("sync").names[language])


def test_one_sentence_for_all_without_a_signal(material: MakeMaterial):
    unchanged, signal = received("no_clear_change"), sync("rose", "run")
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
        "0.1 – 0.3 | 01/2024–12/2024",
        "Synchronised with the National Public Service Portal | below the usual (beyond the limit) "
        "| 33.33% | 60.00% | 50.00% – 70.00% | 01/2024–12/2024",
        "Processed on time (local basis) | too few data | 100.00% | – | – | –",
    ]


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
    assert note.endswith(
        "Begun anew in May 2024 (Merger): Synchronised with the National Public Service Portal; "
        "Filed online."
    )


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
        "Verdict: below the usual (beyond the limit)."
    )
    assert chart.twin.plain().split("\n")[1:4] == [
        "Month | Actual | Target | Lower limit | Upper limit",
        "January 2025 | 60.00% | 100% | – | –",
        "February 2025 | 33.33% | 100% | 50.00% | 70.00%",
    ]


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
