"""The procedures with the lowest share on time, and the large ones without a late dossier."""

from __future__ import annotations

from collections.abc import Iterable

from briefings.facts.procedures import LEAST_PROCESSED, Procedure, ProcedureResult
from briefings.language import NO_VALUE, format_window, words
from briefings.report.blocks import Inline, Table
from briefings.report.listing import listing
from briefings.report.material import Material
from briefings.report.printing import count_figure, rate_figure


def worst_procedures(material: Material) -> Table:
    """Procedures with a late dossier, lowest share on time first."""
    return _table(material, "worst", material.facts.procedures.worst)


def best_procedures(material: Material) -> Table:
    """Procedures without a late dossier, the largest first."""
    return _table(material, "best", material.facts.procedures.best)


def procedure_name(procedure: Procedure, language: str) -> str:
    """The title in the language if there is one, else in Vietnamese, with the code."""
    name = procedure.name_vi if language == "vi" else procedure.name_en or procedure.name_vi
    code = procedure.code or NO_VALUE
    return f"{name} ({code})" if name else code


def _table(material: Material, kind: str, found: Iterable[ProcedureResult]) -> Table:
    text, facts = words(material.language)["procedures"], material.facts
    measurable = facts.observation("on_time", facts.year_to_date).status != "not_measurable"
    return listing(
        f"procedures-{kind}",
        caption=text[kind].format(window=format_window(facts.year_to_date, material.language)),
        headings=[text[name] for name in ("procedure", "processed", "late", "on_time")],
        rows=[_row(material, each) for each in found] if measurable else [],
        note=text["note"].format(least=LEAST_PROCESSED),
        empty=text["empty"] if measurable else text["not_measurable"],
    )


def _row(material: Material, result: ProcedureResult) -> tuple[Inline, ...]:
    facts, language = material.facts, material.language
    period, unit, code = facts.year_to_date.name, facts.unit.code, result.procedure.code
    counts = {
        "processed": result.processed,
        "processed_late": result.processed - result.on_time,
    }
    return (
        procedure_name(result.procedure, language),
        *(
            count_figure(f"{name}:{code}", value, period=period, unit=unit, language=language)
            for name, value in counts.items()
        ),
        rate_figure(
            f"on_time:{code}",
            result.on_time,
            result.processed,
            period=period,
            unit=unit,
            language=language,
        ),
    )
