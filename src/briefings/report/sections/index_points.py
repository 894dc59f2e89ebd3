"""The points of the service index by group and indicator, reached, reachable and lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from briefings.facts.service_index import (
    IndexGroup,
    IndicatorResult,
    ServiceIndex,
    reachable,
    reached,
)
from briefings.language import NO_VALUE, format_window, words
from briefings.report.blocks import Inline, Table, header_row
from briefings.report.material import Material
from briefings.report.sections.index_figures import (
    label,
    lost_by,
    marked,
    maximum_figure,
    points_figure,
    points_of,
    rate_of,
    short_points,
    verified,
)

TOTAL = "total"
COLUMNS = ("indicator", "rate", "points", "maximum", "lost", "verified")


def points_table(material: Material, index: ServiceIndex) -> Table:
    """A row for each group, its indicators below it, and the total of what is measured."""
    text = words(material.language)["service_index"]
    rows: list[tuple[Inline, ...]] = []
    sums: list[int] = []
    for group in index.groups:
        if within := index.within(group):
            sums.append(len(rows))
            rows.append(_group(material, group, within))
            rows.extend(_row(material, each) for each in within if each.indicator.group == group.id)
    sums.append(len(rows))
    rows.append((text["total"], "", *_sums(material, TOTAL, index.results, index.maximum), ""))
    return Table(
        "index-points",
        caption=text["caption"].format(
            window=format_window(material.facts.year_to_date, material.language)
        ),
        header=header_row(*(text[name] for name in COLUMNS)),
        rows=tuple(rows),
        align=("left", *("right",) * 4, "left"),
        note=" ".join([text["note"], *_caveats(material, index)]),
        emphasis=tuple(sums),
    )


def _row(material: Material, result: IndicatorResult) -> tuple[Inline, ...]:
    indicator = result.indicator
    return (
        label(material, indicator),
        rate_of(material, result),
        points_of(material, result),
        maximum_figure(material, "maximum", indicator.id, indicator.maximum),
        lost_by(material, result),
        verified(
            material,
            maximum=indicator.maximum_verified,
            full_at=indicator.full_at_verified,
            low_confidence=indicator.low_confidence,
        ),
    )


def _group(
    material: Material, group: IndexGroup, within: Sequence[IndicatorResult]
) -> tuple[Inline, ...]:
    return (
        f"{group.id}. {group.names[material.language]}",
        "",
        *_sums(material, group.id, within, group.maximum),
        verified(material, maximum=group.maximum_verified),
    )


def _sums(
    material: Material, item: str, results: Sequence[IndicatorResult], maximum: Fraction
) -> tuple[Inline, Inline, Inline]:
    """Points reached, of how many reachable and how many in all, and those lost."""
    points, most = reached(results), reachable(results)
    of = (
        maximum_figure(material, "reachable", item, most),
        "\u00a0/\u00a0",
        maximum_figure(material, "maximum", item, maximum),
    )
    if not most:
        return NO_VALUE, of, NO_VALUE
    return (
        marked(points_figure(material, "points", item, points), results),
        of,
        marked(points_figure(material, "lost", item, most - points), results),
    )


def _caveats(material: Material, index: ServiceIndex) -> Iterator[str]:
    """A sentence for each group whose points are not all on record, and for rules replaced."""
    text, language = words(material.language)["service_index"], material.language
    for group in index.groups:
        if not group.is_complete:
            yield text["incomplete"].format(
                group=group.names[language],
                listed=short_points(group.listed, language),
                maximum=short_points(group.maximum, language),
            )
    if index.replaced:
        yield text["replaced"]
