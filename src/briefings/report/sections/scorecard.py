"""The scorecard: counts beside other periods, rates beside targets and other periods."""

from __future__ import annotations

from briefings.facts.score import Score
from briefings.language import format_month, format_window, words
from briefings.report.blocks import Inline, Table
from briefings.report.listing import listing
from briefings.report.material import Material
from briefings.report.printing import figure, status_chip, target_figure, variance_figure


def counts_table(material: Material) -> Table:
    """Every count: month, previous month, same month last year, year to date."""
    facts, language = material.facts, material.language
    text = words(language)["scorecard"]
    return listing(
        "counts",
        caption=text["counts"].format(month=format_month(facts.month, language)),
        headings=[text[n] for n in ("measure", "month", "previous", "last_year", "to_date")],
        rows=[
            (
                row.kpi.names[language],
                figure(row.month.observation, language),
                figure(row.previous_month, language),
                figure(row.same_month_last_year, language),
                figure(row.year_to_date.observation, language),
            )
            for row in facts.scorecard()
            if row.kpi.kind == "count"
        ],
    )


def month_rates_table(material: Material) -> Table:
    """Every rate of the month: actual, target, variance, status, and two months to compare."""
    facts, language = material.facts, material.language
    text = words(language)["scorecard"]
    headings = ("measure", "actual", "target", "variance", "status", "previous", "last_year")
    return listing(
        "rates-month",
        caption=text["month_rates"].format(window=format_window(facts.month_window, language)),
        headings=[text[name] for name in headings],
        rows=[
            (
                row.kpi.names[language],
                *_judged(row.month, language),
                figure(row.previous_month, language),
                figure(row.same_month_last_year, language),
            )
            for row in facts.scorecard()
            if row.kpi.kind == "rate"
        ],
        align=("left", *("right",) * 3, "left", *("right",) * 2),
        note=text["note"],
    )


def to_date_rates_table(material: Material) -> Table:
    """Every rate of the year to date: actual, target, variance, status."""
    facts, language = material.facts, material.language
    text = words(language)["scorecard"]
    return listing(
        "rates-to-date",
        caption=text["to_date_rates"].format(
            window=format_window(material.facts.year_to_date, language)
        ),
        headings=[text[name] for name in ("measure", "actual", "target", "variance", "status")],
        rows=[
            (row.kpi.names[language], *_judged(row.year_to_date, language))
            for row in facts.scorecard()
            if row.kpi.kind == "rate"
        ],
        align=("left", *("right",) * 3, "left"),
        note=text["note"],
    )


def _judged(score: Score, language: str) -> tuple[Inline, ...]:
    return (
        figure(score.observation, language),
        target_figure(score, language),
        variance_figure(score, language),
        status_chip(score, language),
    )
