"""Procedures announced by decision, and those published late."""

from __future__ import annotations

from typing import Any

from briefings.language import NO_VALUE, format_day, format_window, words
from briefings.report.blocks import Inline, Table
from briefings.report.listing import listing
from briefings.report.material import Material
from briefings.report.printing import count_figure
from briefings.rows import rows_of
from briefings.statistics.details import decisions_in, published_late
from briefings.statistics.tables import fetch, of_units

KINDS = ("new", "amended", "abolished")


def changes_table(material: Material) -> Table:
    """Each decision of the year to date and how many procedures it changed, with the total."""
    text = words(material.language)["changes"]
    decisions = decisions_in(
        material.tables["decisions"], material.tables["procedure_changes"], material.year_to_date
    )
    found = rows_of(fetch(of_units(decisions, material.scope)))
    headings = ["decision", "issued", "unit", "title", *KINDS]
    total = [(text["total"], "", "", "", *_totals(material, found))] if found else []
    supplied = "decisions" in material.snapshot.supplied
    return listing(
        "changes",
        caption=text["caption"].format(
            window=format_window(material.year_to_date, material.language)
        ),
        headings=[text[name] for name in headings],
        rows=[*(_decision(material, row) for row in found), *total],
        align=(*("left",) * 4, *("right",) * 3),
        total=True,
        empty=text["empty"] if supplied else text["not_supplied"],
    )


def late_publication_table(material: Material) -> Table:
    """Each decision whose procedures were published after the deadline, or are still missing."""
    text = words(material.language)["late"]
    judged = "publications" in material.snapshot.supplied and material.calendar is not None
    late = published_late(material.changes, material.year_to_date)
    found = rows_of(fetch(late)) if judged else []
    return listing(
        "late-publication",
        caption=text["caption"].format(
            window=format_window(material.year_to_date, material.language)
        ),
        headings=[
            text[name]
            for name in ("decision", "unit", "publish_by", "last", "procedures", "missing")
        ],
        rows=[_late(material, row) for row in found],
        align=(*("left",) * 4, *("right",) * 2),
        empty=_why_none_is_late(material),
    )


def _why_none_is_late(material: Material) -> str:
    text = words(material.language)
    if "publications" not in material.snapshot.supplied:
        return str(text["late"]["not_supplied"])
    return str(text["late"]["empty" if material.calendar else "no_calendar"])


def _decision(material: Material, row: dict[str, Any]) -> tuple[Inline, ...]:
    return (
        row["decision_no"],
        format_day(row["issued"], material.language),
        material.organisation.unit(row["unit"]).name(material.language),
        row["title"] or "",
        *(
            _count(material, f"{kind}:{row['decision_no']}", int(row[kind]), row["unit"])
            for kind in KINDS
        ),
    )


def _totals(material: Material, found: list[dict[str, Any]]) -> tuple[Inline, ...]:
    return tuple(
        _count(material, f"{kind}:total", sum(int(row[kind]) for row in found), material.unit.code)
        for kind in KINDS
    )


def _late(material: Material, row: dict[str, Any]) -> tuple[Inline, ...]:
    last = row["last_published"]
    name, unit = row["decision_no"], row["unit"]
    return (
        name,
        material.organisation.unit(unit).name(material.language),
        format_day(row["publish_by"], material.language),
        NO_VALUE if last is None else format_day(last, material.language),
        _count(material, f"published_late:{name}", int(row["procedures"]), unit),
        _count(material, f"unpublished:{name}", int(row["missing"]), unit),
    )


def _count(material: Material, kpi: str, value: int, unit: str) -> Inline:
    return count_figure(
        kpi,
        value,
        period=material.year_to_date.name,
        unit=unit,
        language=material.language,
        of="procedures",
    )
