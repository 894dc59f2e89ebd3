"""Signals: each charted measure in the last month against what is usual for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from briefings.facts.daily_volume import FLOWS, DailyVolume
from briefings.facts.signal import BASELINE_MONTHS, LEAST_MONTHS, LEAST_VOLUME, RUN, Signal
from briefings.language import NO_VALUE, format_month, format_number, words
from briefings.report.blocks import Inline, Table
from briefings.report.figures import Figure
from briefings.report.listing import listing
from briefings.report.material import Material
from briefings.report.narrative import Term, sentences
from briefings.report.printing import figure
from briefings.report.usual import daily_figure, limit_figures, verdict_text


def signals_table(material: Material) -> Table:
    """Measure, verdict, last month, centre and limits, and the months that made the limits."""
    text, facts, language = words(material.language)["signals"], material.facts, material.language
    headings = ("measure", "verdict", "value", "centre", "limits", "baseline")
    return listing(
        "signals",
        caption=text["caption"].format(month=format_month(facts.month, language)),
        headings=[text[name] for name in headings],
        rows=[_row(material, signal) for signal in facts.signals],
        align=("left", "left", *("right",) * 3, "left"),
        note=" ".join(_notes(material)),
        empty=text["empty"],
    )


def signal_sentences(material: Material) -> tuple[Inline, ...]:
    """One for each signal, and one for all measures without."""
    signals, language = material.facts.signals, material.language
    verdicts = {signal.verdict for signal in signals}
    values = {
        "month": Term(format_month(material.facts.month, language)),
        "run": Term(format_number(RUN, language)),
        "fired": [_said(material, signal) for signal in signals if signal.rule],
        "some_unchanged": "no_clear_change" in verdicts,
        "some_too_few": "too_few" in verdicts,
    }
    return sentences("signals", language, values)


def _row(material: Material, signal: Signal) -> tuple[Inline, ...]:
    language, limits = material.language, _limits(material, signal)
    lower, centre, upper = limits or (NO_VALUE, NO_VALUE, NO_VALUE)
    return (
        _name(material, signal),
        verdict_text(signal, language),
        _value(material, signal),
        centre,
        (lower, " – ", upper) if limits else NO_VALUE,
        _baseline(signal),
    )


def _said(material: Material, signal: Signal) -> dict[str, Any]:
    """What a sentence about a signal is made of."""
    lower, centre, upper = _limits(material, signal) or (None, None, None)
    return {
        "measure": Term(_name(material, signal)),
        "value": _value(material, signal),
        "lower": lower,
        "centre": centre,
        "upper": upper,
        "verdict": signal.verdict,
        "rule": signal.rule,
    }


def _limits(material: Material, signal: Signal) -> tuple[Figure, Figure, Figure] | None:
    facts = material.facts
    limits = signal.limits_in(signal.window)
    if limits is None:
        return None
    return limit_figures(facts.kpi(signal.kpi), signal, limits, facts.unit.code, material.language)


def _name(material: Material, signal: Signal) -> str:
    name = material.facts.kpi(signal.kpi).names[material.language]
    if signal.working_days is None:
        return name
    return str(words(material.language)["signals"]["by_day"].format(measure=name))


def _value(material: Material, signal: Signal) -> Figure:
    facts = material.facts
    observation = facts.observation(signal.kpi, facts.about.regime.month(facts.month))
    if signal.working_days is None:
        return figure(observation, material.language)
    return daily_figure(DailyVolume(observation, signal.working_days), material.language)


def _baseline(signal: Signal) -> str:
    if signal.baseline is None:
        return NO_VALUE
    return "–".join(f"{month.number:02d}/{month.year}" for month in signal.baseline)


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
    yield from _rebasings(material)


def _rebasings(material: Material) -> Iterator[str]:
    """A sentence for each recorded reason, with the measures it concerns."""
    text, language = words(material.language)["signals"]["rebased"], material.language
    measures: dict[tuple[str, str], list[str]] = {}
    for signal in material.facts.signals:
        if signal.rebased is not None:
            key = (format_month(signal.rebased.since, language), signal.rebased.reasons[language])
            measures.setdefault(key, []).append(material.facts.kpi(signal.kpi).names[language])
    for (month, reason), names in measures.items():
        yield text.format(month=month, reason=reason, measures="; ".join(names))
