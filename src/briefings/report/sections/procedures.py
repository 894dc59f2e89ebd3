"""The procedures with the lowest share on time, and the large ones without a late dossier."""

from __future__ import annotations

from typing import Any

import pandas as pd

from briefings.language import NO_VALUE, format_window, words
from briefings.report.blocks import Inline, Table
from briefings.report.listing import listing
from briefings.report.material import Material
from briefings.report.printing import count_figure, rate_figure
from briefings.rows import rows_of
from briefings.statistics.details import LEAST_PROCESSED

SHOWN = 5


def worst_procedures(material: Material) -> Table:
    """Procedures with a late dossier, lowest share on time first."""
    found = material.processed_procedures
    late = found[found["on_time"] < found["processed"]]
    order = late.assign(share=late["on_time"] / late["processed"]).sort_values(
        ["share", "processed", "procedure_code"], ascending=[True, False, True]
    )
    return _table(material, "worst", order.head(SHOWN))


def best_procedures(material: Material) -> Table:
    """Procedures without a late dossier, the largest first."""
    found = material.processed_procedures
    sound = found[found["on_time"] == found["processed"]]
    order = sound.sort_values(["processed", "procedure_code"], ascending=[False, True])
    return _table(material, "best", order.head(SHOWN))


def procedure_name(row: dict[str, Any], language: str) -> str:
    """The title in the language if there is one, else in Vietnamese, with the code."""
    name = row["name_vi"] if language == "vi" else row["name_en"] or row["name_vi"]
    code = row["procedure_code"] or NO_VALUE
    return f"{name} ({code})" if name else code


def _table(material: Material, kind: str, found: pd.DataFrame) -> Table:
    text = words(material.language)["procedures"]
    measured = material.observations.get("on_time", material.year_to_date.name, material.unit.code)
    measurable = measured.status != "not_measurable"
    return listing(
        f"procedures-{kind}",
        caption=text[kind].format(window=format_window(material.year_to_date, material.language)),
        headings=[text[name] for name in ("procedure", "processed", "late", "on_time")],
        rows=[_row(material, row) for row in rows_of(found)] if measurable else [],
        note=text["note"].format(least=LEAST_PROCESSED),
        empty=text["empty"] if measurable else text["not_measurable"],
    )


def _row(material: Material, row: dict[str, Any]) -> tuple[Inline, ...]:
    processed, on_time = int(row["processed"]), int(row["on_time"])
    period, unit, language = material.year_to_date.name, material.unit.code, material.language
    code = row["procedure_code"]
    return (
        procedure_name(row, language),
        count_figure(f"processed:{code}", processed, period=period, unit=unit, language=language),
        count_figure(
            f"processed_late:{code}",
            processed - on_time,
            period=period,
            unit=unit,
            language=language,
        ),
        rate_figure(
            f"on_time:{code}", on_time, processed, period=period, unit=unit, language=language
        ),
    )
