"""Dossiers that wait: not on the national portal, or open and overdue, by age."""

from __future__ import annotations

from briefings.facts.accountability import AGE_CLASSES, AgeGroup
from briefings.language import NO_VALUE, format_day, format_number, format_window, words
from briefings.periods import Window
from briefings.report.ages import age_names
from briefings.report.blocks import Inline, Table
from briefings.report.blocks.table import Align
from briefings.report.listing import listing
from briefings.report.material import Material
from briefings.report.printing import count_figure
from briefings.report.sections.overdue import is_overdue_measurable
from briefings.report.sections.procedures import procedure_name


def waiting_for_portal_table(material: Material) -> Table:
    """Units by dossiers the portal lacks and their age."""
    facts, language = material.facts, material.language
    text = words(language)["accountability"]
    supplied = "portal_dossiers" in facts.about.supplied
    window = facts.year_to_date
    return listing(
        "waiting-for-portal",
        caption=text["unsynchronised"].format(window=format_window(window, language)),
        headings=[text["unit"], *_ages(text, language)],
        rows=[
            (_label(material, each), *_counts(material, "unsynchronised", each, window))
            for each in facts.accountability.unsynchronised
        ],
        total=True,
        note=text["unsynchronised_note"],
        empty=words(language)["limitations"]["empty" if supplied else "not_supplied"],
    )


def waiting_table(material: Material) -> Table:
    """The dossiers of a single unit: those the portal lacks, and open overdue ones by status."""
    facts, language = material.facts, material.language
    text = words(language)["accountability"]
    found, to_date = facts.accountability, facts.year_to_date
    shown = found.overdue if is_overdue_measurable(facts) else ()
    return listing(
        "waiting",
        caption=text["waiting"].format(day=format_day(facts.period.end, language)),
        headings=[text["dossiers"], *_ages(text, language)],
        rows=[
            *(
                (text["missing_dossiers"], *_counts(material, "unsynchronised", each, to_date))
                for each in found.unsynchronised[-1:]
            ),
            *(
                (
                    text["overdue_dossiers"].format(step=text["steps"][str(each.step)]),
                    *_counts(material, "overdue_step", each, facts.period),
                )
                for each in shown
                if each.kind == "group"
            ),
        ],
        note=text["step_note"],
        empty=text["none_waiting"],
    )


def overdue_steps_table(material: Material) -> Table:
    """Open overdue dossiers by unit, procedure, portal status and age."""
    facts, language = material.facts, material.language
    text = words(language)["accountability"]
    measurable = is_overdue_measurable(facts)
    left: list[Align] = ["left"] * 3
    right: list[Align] = ["right"] * (len(AGE_CLASSES) + 2)
    found = facts.accountability.overdue if measurable else ()
    overdue = words(language)["overdue"]
    return listing(
        "overdue-steps",
        caption=text["overdue"].format(day=format_day(facts.period.end, language)),
        headings=[
            *(text[name] for name in ("unit", "procedure", "step")), *_ages(text, language)
        ],
        rows=[_overdue(material, each) for each in found],
        align=(*left, *right),
        total=True,
        note=text["step_note"],
        empty=overdue["empty" if measurable else "not_measurable"],
    )  # fmt: skip


def _overdue(material: Material, group: AgeGroup) -> tuple[Inline, ...]:
    language = material.language
    figures = _counts(material, "overdue_step", group, material.facts.period)
    if group.unit is None or group.procedure is None:
        return (_label(material, group), "", "", *figures)
    step = words(language)["accountability"]["steps"][str(group.step)]
    return (
        group.unit.name(language),
        procedure_name(group.procedure, language),
        step,
        *figures,
    )


def _label(material: Material, group: AgeGroup) -> str:
    text, language = words(material.language)["accountability"], material.language
    if group.kind != "group":
        return str(text[group.kind]).format(count=format_number(group.groups, language))
    return group.unit.name(language) if group.unit else NO_VALUE


def _ages(text: dict[str, str], language: str) -> list[str]:
    return [*age_names(AGE_CLASSES, text["ages"], text["oldest_age"], language), text["all_ages"]]


def _counts(material: Material, kpi: str, group: AgeGroup, window: Window) -> tuple[Inline, ...]:
    parts = [
        group.kind if group.kind != "group" else "",
        group.unit.code if group.unit else "",
        group.procedure.code or NO_VALUE if group.procedure else "",
        "" if group.step is None else str(group.step),
    ]
    identity = ":".join(part for part in parts if part)
    values = {f"age_{age}": count for age, count in enumerate(group.ages)}
    values["all"] = sum(group.ages)
    return tuple(
        count_figure(
            f"{kpi}.{name}:{identity}",
            value,
            period=window.name,
            unit=material.facts.unit.code,
            language=material.language,
        )
        for name, value in values.items()
    )
