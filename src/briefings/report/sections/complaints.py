"""Petitions about delay, harassment or attitude that were handled badly."""

from __future__ import annotations

from briefings.facts.accountability import PetitionGroup
from briefings.language import format_window, words
from briefings.report.blocks import Inline, Table
from briefings.report.blocks.table import Align
from briefings.report.listing import listing
from briefings.report.material import Material
from briefings.report.printing import count_figure

COUNTS = ("petitions", "late", "open_late", "unsatisfied", "badly")


def complaints_table(material: Material) -> Table:
    """Units and categories with such petitions, the others together, and all petitions."""
    facts, language = material.facts, material.language
    text = words(language)["accountability"]["complaints"]
    first = ["unit", "category"] if facts.is_root else ["category"]
    left: list[Align] = ["left"] * len(first)
    right: list[Align] = ["right"] * len(COUNTS)
    supplied = "feedback" in facts.about.supplied
    return listing(
        "complaints",
        caption=text["caption"].format(window=format_window(facts.year_to_date, language)),
        headings=[text[name] for name in (*first, *COUNTS)],
        rows=[_row(material, each) for each in facts.accountability.petitions],
        align=(*left, *right),
        total=True,
        note=text["note"] if facts.is_root else "",
        empty=text["empty" if supplied else "not_supplied"],
    )


def _row(material: Material, group: PetitionGroup) -> tuple[Inline, ...]:
    text, is_root = words(material.language)["accountability"]["complaints"], material.facts.is_root
    identity: str = group.kind
    if group.category is None:
        labels = (text[group.kind], *([""] if is_root else []))
    else:
        of_unit = group.unit if is_root else None
        labels = (*([of_unit.name(material.language)] if of_unit else []),
                  text["categories"][group.category])  # fmt: skip
        identity = ":".join([*([of_unit.code] if of_unit else []), group.category])
    return (
        *labels,
        *(
            count_figure(
                f"complaints.{name}:{identity}",
                getattr(group, name),
                period=material.facts.year_to_date.name,
                unit=material.facts.unit.code,
                language=material.language,
                of="petitions",
            )
            for name in COUNTS
        ),
    )
