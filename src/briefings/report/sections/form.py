"""Form II.06a as a table, in the form's own columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from briefings.language import NO_VALUE, format_number, format_window, words
from briefings.organisation import LEVELS
from briefings.periods import Window
from briefings.report.blocks import HeaderCell, Inline, Table
from briefings.report.blocks.table import Align
from briefings.report.material import Material
from briefings.report.printing import count_figure
from briefings.statistics.form import COLUMNS, form_row


def form_table(material: Material, window: Window) -> Table:
    """The form for a window: one row for a unit, or a row per level and the total."""
    text = words(material.language)["form"]
    groups = _groups(material)
    numbers: list[Align] = ["right"] * len(COLUMNS)
    return Table(
        f"form-{'month' if window == material.month_window else 'to-date'}",
        caption=text["caption"].format(window=format_window(window, material.language)),
        header=_header(text),
        rows=tuple(_row(material, window, *group) for group in groups),
        align=("left", *numbers),
        emphasis=(len(groups) - 1,) if len(groups) > 1 else (),
        note=_note(material, window, text),
    )


def _groups(material: Material) -> list[tuple[str, str, Sequence[str]]]:
    """Label, identity and unit codes of each row."""
    language, unit = material.language, material.unit
    if not material.is_root:
        return [(unit.name(language), unit.code, (unit.code,))]
    levels = [
        (
            words(language)["levels"][level],
            f"level:{level}",
            material.organisation.codes_at_level(level),
        )
        for level in LEVELS[1:]
    ]
    total = (words(language)["form"]["all_units"], unit.code, (unit.code,))
    return [*(level for level in levels if level[2]), total]


def _header(text: dict[str, str]) -> tuple[tuple[HeaderCell, ...], ...]:
    def column(number: int, name: str, rowspan: int = 1) -> HeaderCell:
        return HeaderCell(f"{text[name]} ({number})", rowspan=rowspan)

    return (
        (
            HeaderCell(f"{text['unit']} (2)", rowspan=3),
            HeaderCell(text["received"], colspan=4),
            HeaderCell(text["processed"], colspan=4),
            HeaderCell(text["pending"], colspan=3),
        ),
        (
            column(3, "total", 2),
            HeaderCell(text["in_period"], colspan=2),
            column(6, "carried_over", 2),
            column(7, "total", 2),
            column(8, "early", 2),
            column(9, "on_time", 2),
            column(10, "late", 2),
            column(11, "total", 2),
            column(12, "in_time", 2),
            column(13, "overdue", 2),
        ),
        (column(4, "online"), column(5, "other")),
    )


def _row(
    material: Material, window: Window, label: str, identity: str, units: Sequence[str]
) -> tuple[Inline, ...]:
    row = form_row(material.observations, window.name, units)
    broken = row.broken_identities()
    if broken:
        raise ArithmeticError(f"Form II.06a, {label}, {window.name}: broken {'; '.join(broken)}")
    cells = (
        count_figure(
            f"II.06a({number})",
            value,
            period=window.name,
            unit=identity,
            language=material.language,
        )
        for number, value in row.cells.items()
    )
    return (
        label,
        *(replace(cell, text=NO_VALUE) if cell.value is None else cell for cell in cells),
    )


def _note(material: Material, window: Window, text: dict[str, str]) -> str:
    row = form_row(material.observations, window.name, [material.unit.code])
    undated = row.processed_undated + row.pending_undated
    count = format_number(undated, material.language)
    parts = [
        text["note"],
        text["undated"].format(count=count) if undated else "",
        text["dash"] if None in row.cells.values() else "",
    ]
    return " ".join(filter(None, parts))
