"""Procedures announced or published late, and what that costs in index 766."""

from __future__ import annotations

from fractions import Fraction

from briefings.facts.accountability import LateProcedure
from briefings.language import NO_VALUE, format_day, format_number, format_window, words
from briefings.report.blocks import Inline, Table
from briefings.report.blocks.table import Align
from briefings.report.figures import Figure
from briefings.report.listing import listing
from briefings.report.material import Material
from briefings.report.printing import count_figure
from briefings.report.sections.procedures import procedure_name

POINT_DECIMALS = 3


def late_procedures_table(material: Material) -> Table:
    """Each procedure with its decision, act, last day in time, days late and points; the longest
    delay first."""
    facts, language = material.facts, material.language
    text = words(language)["accountability"]
    found = facts.accountability
    first = ["unit"] if facts.is_root else []
    headings = (*first, "decision", "procedure", "act", "due", "days", "points")
    left: list[Align] = ["left"] * (len(headings) - 2)
    right: list[Align] = ["right", "right"]
    more = format_number(found.more_late, language)
    return listing(
        "late-procedures",
        caption=text["late"].format(window=format_window(facts.year_to_date, language)),
        headings=[text[name] for name in headings],
        rows=[_row(material, each) for each in found.late],
        align=(*left, *right),
        note=" ".join(
            [
                text["late_note" if facts.is_root else "late_note_of_unit"],
                *([text["late_more"].format(more=more)] if found.more_late else []),
            ]
        ),
        empty=_why_none(material),
    )


def _why_none(material: Material) -> str:
    text, about = words(material.language), material.facts.about
    if "decisions" not in about.supplied:
        return str(text["changes"]["not_supplied"])
    return str(text["accountability"]["late_empty"] if about.has_calendar
               else text["late"]["no_calendar"])  # fmt: skip


def _row(material: Material, late: LateProcedure) -> tuple[Inline, ...]:
    facts, language = material.facts, material.language
    text = words(language)["accountability"]
    # On the page of a unit its own figure, though a unit it took over submitted.
    unit = late.unit.code if facts.is_root else facts.unit.code
    period, name = facts.year_to_date.name, f"{late.act}:{late.decision}:{late.procedure.code}"
    return (
        *([late.unit.name(language)] if facts.is_root else []),
        late.decision,
        procedure_name(late.procedure, language),
        text["acts"][late.act if late.done else "missing"],
        NO_VALUE if late.due is None else format_day(late.due, language),
        _days(f"days_late:{name}", late.working_days, period=period, unit=unit, language=language),
        _points(f"points_late:{name}", late.points, period=period, unit=unit, language=language),
    )


def _days(kpi: str, days: int | None, *, period: str, unit: str, language: str) -> Inline:
    if days is None:
        return NO_VALUE
    return count_figure(kpi, days, period=period, unit=unit, language=language, of="days")


def _points(kpi: str, points: Fraction | None, *, period: str, unit: str, language: str) -> Inline:
    if points is None:
        return NO_VALUE
    text = format_number(points, language, POINT_DECIMALS)
    return Figure(kpi, period, unit, float(points), text, unit_of_measure="points")
