"""The scorecard: counts beside other periods, rates beside targets and other periods."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefings.facts.score import Score, ScorecardRow
from briefings.language import format_day, format_period, format_window, words
from briefings.report.blocks import Inline, Table
from briefings.report.listing import listing
from briefings.report.material import Material
from briefings.report.printing import (
    figure,
    pace_figure,
    print_target,
    shortfall_figure,
    status_chip,
    target_figure,
    variance_figure,
)


def counts_table(material: Material) -> Table:
    """Every count: period, previous period, same period last year, year to date."""
    facts, language = material.facts, material.language
    text = words(language)["scorecard"]
    return listing(
        "counts",
        caption=text["counts"].format(
            period=format_period(facts.about.regime, facts.month, language)
        ),
        headings=[text[n] for n in ("measure", "period", "before", "year_before", "to_date")],
        rows=[
            (
                row.kpi.names[language],
                figure(row.period.observation, language),
                figure(row.before, language),
                figure(row.year_before, language),
                figure(row.year_to_date.observation, language),
            )
            for row in facts.scorecard()
            if row.kpi.kind == "count"
        ],
    )


def period_rates_table(material: Material) -> Table:
    """Every rate of the period: actual, target, variance, status, and two to compare with."""
    facts, language = material.facts, material.language
    text = words(language)["scorecard"]
    headings = ("measure", "actual", "target", "variance", "status", "before", "year_before")
    return listing(
        "rates-period",
        caption=text["period_rates"].format(window=format_window(facts.period, language)),
        headings=[text[name] for name in headings],
        rows=[
            (
                row.kpi.names[language],
                *_judged(row.period, language),
                figure(row.before, language),
                figure(row.year_before, language),
            )
            for row in facts.scorecard()
            if row.kpi.kind == "rate"
        ],
        align=("left", *("right",) * 3, "left", *("right",) * 2),
        note=text["note"],
    )


def to_date_rates_table(material: Material) -> Table:
    """Every rate of the year to date against its target, and what the rest of the year needs."""
    facts, language = material.facts, material.language
    text = words(language)["scorecard"]
    headings = ("measure", "actual", "target", "variance", "shortfall", "status", "pace")
    rates = [row for row in facts.scorecard() if row.kpi.kind == "rate"]
    return listing(
        "rates-to-date",
        caption=text["to_date_rates"].format(
            window=format_window(material.facts.year_to_date, language)
        ),
        headings=[text[name] for name in headings],
        rows=[
            (
                row.kpi.names[language],
                figure(row.year_to_date.observation, language),
                target_figure(row.year_to_date, language),
                variance_figure(row.year_to_date, language),
                shortfall_figure(row.year_to_date, language),
                status_chip(row.year_to_date, language),
                pace_figure(row.year_to_date, facts.month.number, language),
            )
            for row in rates
        ],
        align=("left", *("right",) * 4, "left", "right"),
        note=" ".join([text["note"], text["pace_note"], *_earlier(rates, language)]),
    )


def _earlier(rows: Sequence[ScorecardRow], language: str) -> Iterator[str]:
    """A sentence for each target that was replaced during the year."""
    text = words(language)["scorecard"]["earlier"]
    for row in rows:
        for each in row.year_to_date.earlier:
            value = print_target(each.target.value, row.kpi.unit_of_measure, language)
            day = format_day(each.until, language)
            yield text.format(measure=row.kpi.names[language], value=value, day=day)


def _judged(score: Score, language: str) -> tuple[Inline, ...]:
    return (
        figure(score.observation, language),
        target_figure(score, language),
        variance_figure(score, language),
        status_chip(score, language),
    )
