"""Signals: each charted measure in the last month against what is usual for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from briefings.facts.daily_volume import FLOWS
from briefings.facts.signal import (
    BASELINE_MONTHS,
    LEAST_MONTHS,
    LEAST_VOLUME,
    RUN,
    SUCCESSIVE,
    Rebasing,
    Signal,
)
from briefings.language import NO_VALUE, format_month, format_number, with_days, words
from briefings.report.blocks import Inline, Table
from briefings.report.listing import listing
from briefings.report.material import Material
from briefings.report.narrative import Term, sentences
from briefings.report.printing import count_figure
from briefings.report.sections.reorganisations import change_in_short
from briefings.report.usual import Judged, judged, verdict_text


def signals_table(material: Material) -> Table:
    """Measure, verdict, last month, and what is usual: centre and limits."""
    text, facts = words(material.language)["signals"], material.facts
    headings = ("measure", "verdict", "value", "centre", "limits")
    return listing(
        "signals",
        caption=text["caption"].format(month=_month(material)),
        headings=[text[name] for name in headings],
        rows=[_row(material, signal) for signal in facts.signals],
        align=("left", "left", *("right",) * 3),
        note=" ".join(_notes(material)),
        empty=text["empty"],
    )


def signal_sentences(material: Material) -> tuple[Inline, ...]:
    """One for each signal, and one for all measures without."""
    signals = material.facts.signals
    verdicts = {signal.verdict for signal in signals}
    values = {
        "month": Term(_month(material)),
        "fired": [_said(material, signal) for signal in signals if signal.rule],
        "some_unchanged": "no_clear_change" in verdicts,
        "some_too_few": "too_few" in verdicts,
        "some_estimated": "estimated" in verdicts,
    }
    return sentences("signals", material.language, values)


def _month(material: Material) -> str:
    """The month that signals are about, with its days where they are not those of a calendar."""
    facts, language = material.facts, material.language
    window = facts.about.regime.month(facts.month)
    return with_days(format_month(facts.month, language), window, language)


def _row(material: Material, signal: Signal) -> tuple[Inline, ...]:
    found = _judged(material, signal)
    limits = (found.lower, " – ", found.upper) if found.lower and found.upper else NO_VALUE
    return (
        _name(material, signal),
        verdict_text(signal, material.language),
        found.value,
        found.centre or NO_VALUE,
        limits,
    )


def _said(material: Material, signal: Signal) -> dict[str, Any]:
    """What a sentence about a signal is made of."""
    months = count_figure(
        f"{signal.kpi}.signal_months",
        signal.months,
        period=signal.window,
        unit=material.facts.unit.code,
        language=material.language,
        of="months",
    )
    return vars(_judged(material, signal)) | {
        "measure": Term(_name(material, signal)),
        "verdict": signal.verdict,
        "rule": signal.rule,
        "months": months,
        "every_month": signal.months == SUCCESSIVE,
    }


def _name(material: Material, signal: Signal) -> str:
    name = material.facts.kpi(signal.kpi).names[material.language]
    if signal.working_days is None:
        return name
    return str(words(material.language)["signals"]["by_day"].format(measure=name))


def _judged(material: Material, signal: Signal) -> Judged:
    facts = material.facts
    observation = facts.observation(signal.kpi, facts.about.regime.month(facts.month))
    return judged(facts.kpi(signal.kpi), signal, observation, material.language)


def _notes(material: Material) -> Iterator[str]:
    text, facts, language = words(material.language)["signals"], material.facts, material.language
    numbers = {
        "months": BASELINE_MONTHS,
        "least": LEAST_MONTHS,
        "volume": LEAST_VOLUME,
        "run": RUN,
    }
    yield text["note"].format(
        **{name: format_number(number, language) for name, number in numbers.items()}
    )
    if any(each.kpi in FLOWS and each.limits and not each.working_days for each in facts.signals):
        yield text["no_calendar"]
    baselines = _baselines(material)
    one_for_all = len(set(baselines.values())) == 1
    yield from _by_measure(material, "baseline" if one_for_all else "baseline_of", baselines)
    rebasings = _rebasings(material)
    alike = len(rebasings) == len(facts.signals) and len(set(rebasings.values())) == 1
    yield from _by_measure(material, "rebased_all" if alike else "rebased", rebasings)


def _baselines(material: Material) -> dict[str, tuple[str, ...]]:
    """The first and the last month of each measure's baseline."""
    return {
        signal.kpi: tuple(format_month(month, material.language) for month in signal.baseline)
        for signal in material.facts.signals
        if signal.baseline
    }


def _rebasings(material: Material) -> dict[str, tuple[str, ...]]:
    """The month in which a measure began anew, and why."""
    language = material.language
    return {
        signal.kpi: (
            format_month(signal.rebased.since, language),
            _reason(signal.rebased, language),
        )
        for signal in material.facts.signals
        if signal.rebased
    }


def _reason(rebased: Rebasing, language: str) -> str:
    recorded = [rebased.reasons[language]] if rebased.reasons else []
    return "; ".join([*recorded, *(change_in_short(each, language) for each in rebased.changes)])


def _by_measure(
    material: Material, sentence: str, said: dict[str, tuple[str, ...]]
) -> Iterator[str]:
    """A sentence for each thing that is said, with the measures of which it is."""
    text, facts, language = words(material.language)["signals"], material.facts, material.language
    for thing in dict.fromkeys(said.values()):
        measures = [facts.kpi(kpi).names[language] for kpi in said if said[kpi] == thing]
        yield text[sentence].format(*thing, measures="; ".join(measures))
