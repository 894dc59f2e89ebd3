"""The scorecard: counts beside other periods, rates beside targets and other periods.

Where the period is the year to date, nothing is printed twice: the counts leave out the year to
date, and the rates of the period leave out the targets, which stand with the year to date.
"""

from __future__ import annotations

from collections.abc import Iterator

from briefings.facts import Facts
from briefings.facts.facts import windows_of
from briefings.facts.pace import pace_of
from briefings.facts.score import Score, ScorecardRow
from briefings.language import format_period, format_window, with_days, words
from briefings.report.blocks import Inline, Table
from briefings.report.blocks.table import Align
from briefings.report.listing import listing
from briefings.report.material import Material
from briefings.report.printing import (
    figure,
    pace_figure,
    shortfall_figure,
    status_chip,
    target_figure,
    variance_figure,
)
from briefings.report.sections.target_notes import target_notes

ALIGN: tuple[Align, ...] = ("left", "right", "right", "right", "left")
COMPARED: tuple[Align, ...] = ("right", "right")


def counts_table(material: Material) -> Table:
    """Every count: period, previous period, same period last year, year to date."""
    facts, language = material.facts, material.language
    text = words(language)["scorecard"]
    to_date = () if _is_to_date(facts) else (text["to_date"],)
    period = format_period(facts.about.regime, facts.month, language)
    return listing(
        "counts",
        caption=text["counts"].format(period=with_days(period, facts.period, language)),
        headings=[text["measure"], text["period"], *_compared(material), *to_date],
        rows=[
            (
                row.kpi.names[language],
                figure(row.period.observation, language),
                *_beside(material, row),
                *(figure(row.year_to_date.observation, language) for _ in to_date),
            )
            for row in facts.scorecard()
            if row.kpi.kind == "count"
        ],
        note=_windows(material),
    )


def period_rates_table(material: Material) -> Table:
    """Every rate of the period: actual, target, variance, status, and two to compare with."""
    facts, language = material.facts, material.language
    text, is_to_date = words(language)["scorecard"], _is_to_date(facts)
    judged = ("period",) if is_to_date else ("actual", "target", "variance", "status")
    caption = words(language)["truthful"]["beside_other_periods"]
    compared = _compared(material)
    notes = [] if is_to_date else [text["note"], *target_notes(material, facts.period)]
    return listing(
        "rates-period",
        caption=(caption if is_to_date else text["period_rates"]).format(
            window=format_window(facts.period, language)
        ),
        headings=[text["measure"], *(text[name] for name in judged), *compared],
        rows=[
            (
                row.kpi.names[language],
                *_judged(row.period, language)[: len(judged)],
                *_beside(material, row),
            )
            for row in _rates(facts)
        ],
        align=(*ALIGN[: len(judged) + 1], *COMPARED[: len(compared)]),
        note=" ".join([*notes, _windows(material)]),
    )


def to_date_rates_table(material: Material) -> Table:
    """Every rate of the year to date against its target, and what the rest of the year needs."""
    facts, language = material.facts, material.language
    text = words(language)["scorecard"]
    headings = ("measure", "actual", "target", "variance", "shortfall", "status", "pace")
    notes = [text["note"], text["pace_note"], words(language)["truthful"]["pace_note"]]
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
                _pace(facts, row, language),
            )
            for row in _rates(facts)
        ],
        align=("left", *("right",) * 4, "left", "right"),
        note=" ".join([*notes, *target_notes(material, facts.year_to_date)]),
    )


def _rates(facts: Facts) -> list[ScorecardRow]:
    return [row for row in facts.scorecard() if row.kpi.kind == "rate"]


def _is_to_date(facts: Facts) -> bool:
    return facts.about.regime.is_to_date(facts.month)


def _compares_years(facts: Facts) -> bool:
    """Whether the period before is the same one last year, as with a whole year."""
    _, _, before, year_before = windows_of(facts.about.regime, facts.month)
    return before == year_before


def _compared(material: Material) -> list[str]:
    """The headings of the periods to compare with."""
    facts, text = material.facts, words(material.language)
    unfinished = facts.about.regime.is_unfinished(facts.month)
    before = text["truthful"]["before_part"] if unfinished else text["scorecard"]["before"]
    return [
        *([] if _compares_years(facts) else [before]),
        text["scorecard"]["year_before"],
    ]


def _beside(material: Material, row: ScorecardRow) -> Iterator[Inline]:
    """The figures of the periods to compare with."""
    if not _compares_years(material.facts):
        yield figure(row.before, material.language)
    yield figure(row.year_before, material.language)


def _windows(material: Material) -> str:
    """The days of the periods to compare with, and whether the period is the year to date."""
    facts, language = material.facts, material.language
    text = words(language)["truthful"]
    _, _, before, year_before = windows_of(facts.about.regime, facts.month)
    days = text["window_of_last_year" if before == year_before else "windows"].format(
        before=format_window(before, language), year_before=format_window(year_before, language)
    )
    return f"{days} {text['is_to_date']}" if _is_to_date(facts) else str(days)


def _pace(facts: Facts, row: ScorecardRow, language: str) -> Inline:
    year_end = facts.about.regime.year_end(facts.month)
    pace = pace_of(row.year_to_date, row.kpi.past, facts.month.number, year_end)
    return pace_figure(row.year_to_date, pace, language)


def _judged(score: Score, language: str) -> tuple[Inline, ...]:
    return (
        figure(score.observation, language),
        target_figure(score, language),
        variance_figure(score, language),
        status_chip(score, language),
    )
