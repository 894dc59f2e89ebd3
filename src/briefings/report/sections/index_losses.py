"""What each shortfall costs in points of the service index, the dearest first."""

from __future__ import annotations

from briefings.facts.service_index import ServiceIndex, reachable, reached
from briefings.language import format_window, words
from briefings.report.blocks import Table
from briefings.report.listing import listing
from briefings.report.material import Material
from briefings.report.sections.index_figures import (
    full_at_figure,
    label,
    lost_by,
    lost_to_factor,
    marked,
    points_figure,
    rate_of,
)
from briefings.report.sections.index_points import TOTAL

COLUMNS = ("indicator", "lost", "rate", "full_at", "to_factor")


def losses_table(material: Material, index: ServiceIndex) -> Table:
    """Indicators that lack points, with their rate, that of full marks, and the total."""
    text = words(material.language)["service_index"]
    rows = [
        (
            label(material, each.indicator),
            lost_by(material, each),
            rate_of(material, each),
            full_at_figure(material, each.indicator),
            lost_to_factor(material, each),
        )
        for each in index.losses
    ]
    lost = reachable(index.results) - reached(index.results)
    total = marked(points_figure(material, "lost", TOTAL, lost), index.results)
    return listing(
        "index-losses",
        caption=text["losses"].format(
            window=format_window(material.facts.year_to_date, material.language)
        ),
        headings=[text[name] for name in COLUMNS],
        rows=[*rows, (text["total"], total, "", "", "")] if rows else [],
        total=True,
        note=text["losses_note"],
        empty=text["nothing_lost" if index.measured else "nothing_measured"],
    )
