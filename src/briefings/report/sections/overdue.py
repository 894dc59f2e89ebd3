"""Open overdue dossiers by age: units for the province, procedures for a unit."""

from __future__ import annotations

from briefings.facts import Facts
from briefings.facts.overdue import AGE_BANDS, OverdueGroup
from briefings.facts.procedures import Procedure
from briefings.language import NO_VALUE, format_day, words
from briefings.report.ages import age_names
from briefings.report.blocks import Inline, Table
from briefings.report.listing import listing
from briefings.report.material import Material
from briefings.report.printing import count_figure
from briefings.report.sections.procedures import procedure_name


def overdue_table(material: Material) -> Table:
    """The groups with most open overdue dossiers, all others together, and the total."""
    facts, language = material.facts, material.language
    text = words(language)["overdue"]
    measurable = is_overdue_measurable(facts)
    return listing(
        "overdue",
        caption=text["caption"].format(day=format_day(facts.period.end, language)),
        headings=[
            text["unit" if facts.is_root else "procedure"],
            *age_names(AGE_BANDS, text["band"], text["open_band"], language),
            text["total"],
            text["oldest"],
        ],
        rows=[_row(material, group) for group in facts.overdue] if measurable else [],
        total=True,
        note=text["note"],
        empty=text["empty"] if measurable else text["not_measurable"],
    )


def is_overdue_measurable(facts: Facts) -> bool:
    """Whether enough open dossiers carry a return date to say which are overdue."""
    return facts.observation("pending_overdue", facts.period).status != "not_measurable"


def _row(material: Material, group: OverdueGroup) -> tuple[Inline, ...]:
    identity, label = _name(material, group)
    values = {f"band_{band}": count for band, count in enumerate(group.bands)}
    values |= {"total": sum(group.bands), "oldest_days": group.oldest_days}
    figures = (
        count_figure(
            f"overdue.{name}:{identity}",
            value,
            period=material.facts.period.name,
            unit=material.facts.unit.code,
            language=material.language,
            of="days" if name == "oldest_days" else "dossiers",
        )
        for name, value in values.items()
    )
    return (label, *figures)


def _name(material: Material, group: OverdueGroup) -> tuple[str, str]:
    """The identity and the label of a group."""
    language, of = material.language, group.of
    if isinstance(of, str):
        return of, words(language)["overdue"][of]
    if isinstance(of, Procedure):
        return of.code or NO_VALUE, procedure_name(of, language)
    return of.code, of.name(language)
