"""What is usual for a charted rate: as the band of its chart, in its table, and in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from briefings.facts.kpi import Kpi
from briefings.facts.signal import Limits, Signal
from briefings.language import NO_VALUE, format_month, words
from briefings.report.blocks import Inline
from briefings.report.blocks.inline import to_plain
from briefings.report.drawing import Band
from briefings.report.material import Material
from briefings.report.narrative import Term, sentences
from briefings.report.usual import limit_figures, verdict_text


@dataclass(frozen=True)
class Usual:
    """Empty where nothing is known to be usual."""

    band: Band | None = None
    columns: Mapping[str, Sequence[Inline]] = field(default_factory=dict)
    words: str = ""


def usual_of(material: Material, kpi: Kpi) -> Usual:
    """What is usual for a rate in the months of its chart."""
    facts, text = material.facts, words(material.language)["signals"]
    signal = facts.signal(kpi.id)
    if signal is None or not signal.limits:
        return Usual()
    months = [
        signal.limits_in(facts.about.regime.month(month).name) for month in facts.trend_months
    ]
    figures = [_figures(material, kpi, signal, limits) for limits in months]
    lower, _, upper = zip(*figures, strict=True)
    return Usual(
        band=_band(text["usual"], months),
        columns={text["lower"]: lower, text["upper"]: upper},
        words=_words(material, signal, figures[-1]),
    )


def _band(name: str, months: Sequence[Limits | None]) -> Band:
    """In percent, as the chart is."""
    known = {place: limits for place, limits in enumerate(months) if limits}
    return Band(
        name,
        centre=100 * known[max(known)].centre,
        limits={place: (100 * each.lower, 100 * each.upper) for place, each in known.items()},
    )


def _figures(
    material: Material, kpi: Kpi, signal: Signal, limits: Limits | None
) -> tuple[Inline, Inline, Inline]:
    if limits is None:
        return NO_VALUE, NO_VALUE, NO_VALUE
    return limit_figures(kpi, signal, limits, material.facts.unit.code, material.language)


def _words(material: Material, signal: Signal, figures: Sequence[Inline]) -> str:
    """The limits of the last month and the verdict on it."""
    values = dict(zip(("lower", "centre", "upper"), figures, strict=True)) | {
        "month": Term(format_month(material.facts.month, material.language)),
        "verdict": Term(verdict_text(signal, material.language)),
    }
    return " " + to_plain(sentences("chart_usual", material.language, values))
