"""Open overdue dossiers by age: units for the province, procedures for a unit."""

from __future__ import annotations

import pandas as pd

from briefings.language import format_day, words
from briefings.report.blocks import Inline, Table
from briefings.report.listing import listing
from briefings.report.material import Material
from briefings.report.printing import count_figure
from briefings.report.sections.procedures import procedure_name
from briefings.rows import rows_of
from briefings.statistics.details import AGE_BANDS, overdue_by_age
from briefings.statistics.tables import fetch

SHOWN = 10


def overdue_table(material: Material) -> Table:
    """The groups with most open overdue dossiers, all others together, and the total."""
    language = material.language
    text = words(language)["overdue"]
    status = material.observations.get(
        "pending_overdue", material.month_window.name, material.unit.code
    ).status
    measurable = status != "not_measurable"
    rows = _rows(material) if measurable else []
    return listing(
        "overdue",
        caption=text["caption"].format(day=format_day(material.month.last_day, language)),
        headings=[
            text["unit" if material.is_root else "procedure"],
            *_band_names(text),
            text["total"],
            text["oldest"],
        ],
        rows=rows,
        total=True,
        note=text["note"],
        empty=text["empty"] if measurable else text["not_measurable"],
    )


def _band_names(text: dict[str, str]) -> list[str]:
    firsts = [0, *(last + 1 for last in AGE_BANDS[:-1])]
    bands = [
        text["band"].format(first=first, last=last)
        for first, last in zip(firsts, AGE_BANDS, strict=True)
    ]
    return [*bands, text["open_band"].format(last=AGE_BANDS[-1])]


def _rows(material: Material) -> list[tuple[Inline, ...]]:
    found = fetch(
        overdue_by_age(material.dossiers, material.tables["procedures"], material.month_window)
    )
    if found.empty:
        return []
    text = words(material.language)["overdue"]
    group = "unit" if material.is_root else "procedure_code"
    found = found.assign(label=_labels(material, found), group=found[group].fillna("-"))
    totals = found.groupby("group", sort=True)["dossiers"].sum()
    shown = totals.sort_values(ascending=False, kind="stable").index[:SHOWN]
    rows = [_row(material, str(code), found[found["group"] == code]) for code in shown]
    rest = found[~found["group"].isin(shown)]
    if len(rest):
        rows.append(_row(material, "other", rest, label=text["other"]))
    return [*rows, _row(material, "total", found, label=text["total"])]


def _labels(material: Material, found: pd.DataFrame) -> list[str]:
    if material.is_root:
        return [material.organisation.unit(code).name(material.language) for code in found["unit"]]
    return [procedure_name(row, material.language) for row in rows_of(found)]


def _row(
    material: Material, identity: str, rows: pd.DataFrame, label: str = ""
) -> tuple[Inline, ...]:
    by_band = rows.groupby("band")["dossiers"].sum()
    counts = [int(by_band.get(band, 0)) for band in range(len(AGE_BANDS) + 1)]
    values = {f"band_{band}": count for band, count in enumerate(counts)}
    values |= {"total": sum(counts), "oldest_days": int(rows["oldest_days"].max())}
    figures = (
        count_figure(
            f"overdue.{name}:{identity}",
            value,
            period=material.month_window.name,
            unit=material.unit.code,
            language=material.language,
            of="days" if name == "oldest_days" else "dossiers",
        )
        for name, value in values.items()
    )
    return (label or rows["label"].iloc[0], *figures)
