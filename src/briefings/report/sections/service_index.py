"""The service index of Decision 766/QĐ-TTg, for information.

Nothing is coloured: most rules are known from third parties only, and the page says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from briefings.facts.observation import LEAST_KNOWN_SHARE
from briefings.facts.service_index import ServiceIndex, reachable, reached
from briefings.language import format_percent, format_window, words
from briefings.report.blocks import Inline, Notice, Prose, Table
from briefings.report.figures import Figure
from briefings.report.group import Group
from briefings.report.listing import listing
from briefings.report.material import Material
from briefings.report.narrative import Term, sentences
from briefings.report.sections.index_figures import label, marked, maximum_figure, points_figure
from briefings.report.sections.index_losses import losses_table
from briefings.report.sections.index_points import TOTAL, points_table


@dataclass(frozen=True)
class Effect:
    """What a low rate costs twice: at its own indicator, and where it multiplies another's.

    Where the rate is at most what we count, its own loss is `at_least` what we say. What it costs
    there holds for the rates as counted, whatever their bounds; None where that is nothing.
    """

    factor: Term
    lost: Figure
    maximum: Figure
    at_least: bool
    multiplied: Term
    lost_there: Figure | None


def service_index(material: Material) -> Group:
    """Notice, sentences and tables of the year to date; one sentence where there is no index."""
    text, index = words(material.language)["service_index"], material.facts.index
    if index is None or not index.results:
        return Group((), empty=text["no_rules" if index is None else "no_data"])
    notice = text["notice" if material.facts.is_root else "unit_notice"]
    return Group(
        (
            Notice("info", notice),
            _sentences(material, index),
            points_table(material, index),
            losses_table(material, index),
            _basis_table(material, index),
        ),
        empty="",
    )


def _sentences(material: Material, index: ServiceIndex) -> Prose:
    language = material.language
    values = {
        "index": Term(words(language)["documents"]["index"]),
        "window": Term(format_window(material.facts.year_to_date, language)),
        "reached": marked(
            points_figure(material, "points", TOTAL, reached(index.results)), index.results
        ),
        "reachable": maximum_figure(material, "reachable", TOTAL, reachable(index.results)),
        "maximum": maximum_figure(material, "maximum", TOTAL, index.maximum),
        "effects": list(_effects(material, index)),
    }
    return Prose(sentences("service_index", language, values))


def _effects(material: Material, index: ServiceIndex) -> Iterator[Effect]:
    for result in index.measured:
        factor, there = index.factor(result), result.lost_to_factor
        if factor is None or not factor.lost or there is None:
            continue
        own, multiplied = factor.indicator, result.indicator
        yield Effect(
            factor=Term(label(material, own)),
            lost=marked(points_figure(material, "lost", own.id, factor.lost), [factor]),
            maximum=maximum_figure(material, "maximum", own.id, own.maximum),
            at_least=own.bound == "at_most",
            multiplied=Term(label(material, multiplied)),
            lost_there=marked(
                points_figure(material, "lost_to_factor", multiplied.id, there), [result]
            )
            if there
            else None,
        )


def _basis_table(material: Material, index: ServiceIndex) -> Table:
    text = words(material.language)["service_index"]
    rows: list[tuple[Inline, ...]] = [
        (label(material, each.indicator), each.indicator.basis[material.language])
        for each in index.results
    ]
    return listing(
        "index-basis",
        caption=text["basis"],
        headings=[text["indicator"], text["counted"]],
        rows=rows,
        align=("left", "left"),
        note=text["basis_note"].format(
            least_unknown=format_percent(1 - LEAST_KNOWN_SHARE, material.language, 0)
        ),
    )
