"""The scorecard table: every measure against its target and other periods."""

from __future__ import annotations

from briefings.language import format_month, words
from briefings.report.blocks import Inline, Table
from briefings.report.listing import listing
from briefings.report.material import Material
from briefings.report.printing import figure, status_chip, target_figure, variance_figure
from briefings.statistics.kpis import load_kpis
from briefings.statistics.scorecard import ScorecardRow, scorecard

COLUMNS = (
    "measure", "actual", "target", "variance", "status", "previous", "last_year",
    "to_date", "to_date_variance", "to_date_status",
)  # fmt: skip


def score_rows(material: Material) -> tuple[ScorecardRow, ...]:
    """The scorecard of the unit and month."""
    return scorecard(
        material.observations,
        material.targets,
        load_kpis().values(),
        material.month,
        material.unit,
    )


def scorecard_table(material: Material) -> Table:
    """The scorecard as a table; statuses are chips with words, never colour alone."""
    text = words(material.language)["scorecard"]
    return listing(
        "scorecard",
        caption=text["caption"].format(month=format_month(material.month, material.language)),
        headings=[text[name] for name in COLUMNS],
        rows=[_row(row, material.language) for row in score_rows(material)],
        align=("left", *("right",) * 3, "left", *("right",) * 4, "left"),
        note=text["note"],
    )


def _row(row: ScorecardRow, language: str) -> tuple[Inline, ...]:
    return (
        row.kpi.names[language],
        figure(row.month.observation, language),
        target_figure(row.month, language),
        variance_figure(row.month, language),
        status_chip(row.month, language),
        figure(row.previous_month, language),
        figure(row.same_month_last_year, language),
        figure(row.year_to_date.observation, language),
        variance_figure(row.year_to_date, language),
        status_chip(row.year_to_date, language),
    )
