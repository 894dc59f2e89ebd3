"""What is usual for a charted rate: as the band of its chart and in words."""

from __future__ import annotations

from dataclasses import dataclass

from briefings.facts.kpi import Kpi
from briefings.facts.signal import Signal
from briefings.language import format_month, words
from briefings.report.blocks.inline import to_plain
from briefings.report.drawing import Band
from briefings.report.material import Material
from briefings.report.narrative import Term, sentences
from briefings.report.usual import judged, verdict_text


@dataclass(frozen=True)
class Usual:
    """Empty where nothing is known to be usual."""

    band: Band | None = None
    words: str = ""


def usual_of(material: Material, kpi: Kpi) -> Usual:
    """What is usual for a rate in the months of its chart, and in words in the last one."""
    signal = material.facts.signal(kpi.id)
    if signal is None or signal.usual is None:
        return Usual()
    return Usual(
        _band(material, signal, signal.usual.centre),
        _words(material, kpi, signal),
    )


def _band(material: Material, signal: Signal, centre: float) -> Band:
    """In percent, as the chart is."""
    facts = material.facts
    months = [facts.about.regime.month(month).name for month in facts.trend_months]
    known = {months.index(limits.window): limits for limits in signal.limits}
    return Band(
        words(material.language)["signals"]["usual"],
        centre=100 * centre,
        limits={place: (100 * each.lower, 100 * each.upper) for place, each in known.items()},
    )


def _words(material: Material, kpi: Kpi, signal: Signal) -> str:
    facts, language = material.facts, material.language
    observation = facts.observation(kpi.id, facts.about.regime.month(facts.month))
    values = vars(judged(kpi, signal, observation, language)) | {
        "month": Term(format_month(facts.month, language)),
        "verdict": Term(verdict_text(signal, language)),
    }
    return " " + to_plain(sentences("chart_usual", language, values))
