"""Procedures announced by decision, and those published late."""

from __future__ import annotations

from briefings.facts.announcements import Decision, LatePublication
from briefings.language import NO_VALUE, format_day, format_window, words
from briefings.organisation import Unit
from briefings.report.blocks import Inline, Table
from briefings.report.listing import listing
from briefings.report.material import Material
from briefings.report.printing import count_figure

KINDS = ("new", "amended", "abolished")


def changes_table(material: Material) -> Table:
    """Each decision of the year to date and how many procedures it changed, with the total."""
    text, facts = words(material.language)["changes"], material.facts
    found = facts.announcements.decisions
    headings = ["decision", "issued", "unit", "title", *KINDS]
    total = [(text["total"], "", "", "", *_totals(material))] if found else []
    supplied = "decisions" in facts.about.supplied
    return listing(
        "changes",
        caption=text["caption"].format(window=format_window(facts.year_to_date, material.language)),
        headings=[text[name] for name in headings],
        rows=[*(_decision(material, each) for each in found), *total],
        align=(*("left",) * 4, *("right",) * 3),
        total=True,
        empty=text["empty"] if supplied else text["not_supplied"],
    )


def late_publication_table(material: Material) -> Table:
    """Each decision whose procedures were published after the deadline, or are still missing."""
    text, facts = words(material.language)["late"], material.facts
    return listing(
        "late-publication",
        caption=text["caption"].format(window=format_window(facts.year_to_date, material.language)),
        headings=[
            text[name]
            for name in ("decision", "unit", "publish_by", "last", "procedures", "missing")
        ],
        rows=[_late(material, each) for each in facts.announcements.late],
        align=(*("left",) * 4, *("right",) * 2),
        empty=_why_none_is_late(material),
    )


def _why_none_is_late(material: Material) -> str:
    text, about = words(material.language)["late"], material.facts.about
    if "publications" not in about.supplied:
        return str(text["not_supplied"])
    return str(text["empty" if about.has_calendar else "no_calendar"])


def _decision(material: Material, decision: Decision) -> tuple[Inline, ...]:
    return (
        decision.number,
        format_day(decision.issued, material.language),
        decision.unit.name(material.language),
        decision.title,
        *(
            _count(
                material,
                f"{kind}:{decision.number}",
                getattr(decision, kind),
                _counted_for(material, decision.unit),
            )
            for kind in KINDS
        ),
    )


def _totals(material: Material) -> tuple[Inline, ...]:
    found = material.facts.announcements.decisions
    sums = {kind: sum(getattr(each, kind) for each in found) for kind in KINDS}
    unit = material.facts.unit.code
    return tuple(_count(material, f"{kind}:total", value, unit) for kind, value in sums.items())


def _late(material: Material, late: LatePublication) -> tuple[Inline, ...]:
    language, last = material.language, late.last_published
    unit = _counted_for(material, late.unit)
    return (
        late.number,
        late.unit.name(language),
        format_day(late.publish_by, language),
        NO_VALUE if last is None else format_day(last, language),
        _count(material, f"published_late:{late.number}", late.procedures, unit),
        _count(material, f"unpublished:{late.number}", late.missing, unit),
    )


def _counted_for(material: Material, submitter: Unit) -> str:
    """Whose figure it is: on the page of a unit its own, though a unit it took over submitted."""
    return submitter.code if material.facts.is_root else material.facts.unit.code


def _count(material: Material, kpi: str, value: int, unit: str) -> Inline:
    return count_figure(
        kpi,
        value,
        period=material.facts.year_to_date.name,
        unit=unit,
        language=material.language,
        of="procedures",
    )
