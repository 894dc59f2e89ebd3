"""Form II.06a as a table, in the form's own columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from briefings.facts.form import COLUMNS, FormLine
from briefings.language import NO_VALUE, format_window, words
from briefings.periods import Window
from briefings.report.blocks import HeaderCell, Inline, Prose, Table
from briefings.report.blocks.table import Align
from briefings.report.material import Material
from briefings.report.printing import count_figure, marked


def period_form(material: Material) -> Table:
    """The form for the period: one row for a unit, or a row per level and the total."""
    facts = material.facts
    return _table(material, "form-period", facts.period, facts.form.period)


def to_date_form(material: Material) -> Table | Prose:
    """The same for the year to date, or a sentence where that is the period."""
    facts = material.facts
    if facts.about.regime.is_to_date(facts.month):
        return Prose((words(material.language)["truthful"]["form_is_to_date"],))
    return _table(material, "form-to-date", facts.year_to_date, facts.form.to_date)


def _table(material: Material, identifier: str, window: Window, lines: Sequence[FormLine]) -> Table:
    text = words(material.language)["form"]
    numbers: list[Align] = ["right"] * len(COLUMNS)
    return Table(
        identifier,
        caption=text["caption"].format(window=format_window(window, material.language)),
        header=_header(text),
        rows=tuple(_row(material, window, line) for line in lines),
        align=("left", *numbers),
        emphasis=(len(lines) - 1,) if len(lines) > 1 else (),
        note=_note(material, window, lines[-1]),
    )


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


def _row(material: Material, window: Window, line: FormLine) -> tuple[Inline, ...]:
    cells = (
        marked(
            count_figure(
                f"II.06a({number})",
                value,
                period=window.name,
                unit=line.identity,
                language=material.language,
            ),
            estimate=line.row.estimate,
        )
        for number, value in line.row.cells.items()
    )
    return (
        _label(material, line),
        *(replace(cell, text=NO_VALUE) if cell.value is None else cell for cell in cells),
    )


def _label(material: Material, line: FormLine) -> str:
    text, facts = words(material.language), material.facts
    if line.level is not None:
        return str(text["levels"][line.level])
    return str(text["form"]["all_units"]) if facts.is_root else facts.unit.name(material.language)


def _note(material: Material, window: Window, line: FormLine) -> Inline:
    text, row = words(material.language), line.row
    undated = count_figure(
        "II.06a(undated)",
        row.processed_undated + row.pending_undated,
        period=window.name,
        unit=line.identity,
        language=material.language,
    )
    before, _, after = text["form"]["undated"].partition("{count}")
    return (
        text["form"]["note"],
        *((" ", before, undated, after) if undated.value else ()),
        f" {text['form']['dash']}" if None in row.cells.values() else "",
        f" {text['reorganisations']['estimate']}" if row.estimate else "",
    )
