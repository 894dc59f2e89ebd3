"""What stands on each sheet of the workbook, in one language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from briefings.facts.facts import About
from briefings.facts.form import FormRow
from briefings.facts.form_book import FormBook, FormEntry, FormTable
from briefings.language import (
    format_day,
    format_number,
    format_period,
    format_window,
    words,
)
from briefings.organisation import Unit

ROMAN = ("I", "II", "III", "IV")
ABOUT = "≈"
Kind = Literal["heading", "row", "subtotal", "total"]


@dataclass(frozen=True)
class Line:
    """One line of the form: columns 1 and 2, and columns 3 to 13; a heading has none of these."""

    kind: Kind
    number: int | str
    label: str
    cells: tuple[int | None, ...] = ()


@dataclass(frozen=True)
class Page:
    """One sheet: what stands above the table, its lines, and what stands below."""

    name: str
    number: str
    reporter: str
    title: str
    subtitles: tuple[str, ...]
    measure: str
    label: str
    headings: dict[str, str]
    lines: tuple[Line, ...]
    notes: tuple[str, ...]


def pages(book: FormBook, language: str) -> tuple[Page, ...]:
    """By unit and by field, each for the period and, if that is another, the year to date."""
    return tuple(
        _page(book, form, span, table, language)
        for form, tables in (("by_unit", book.by_unit), ("by_field", book.by_field))
        for span, table in zip(("period", "to_date"), tables, strict=False)
    )


def _page(book: FormBook, form: str, span: str, table: FormTable, language: str) -> Page:
    text, about = words(language)["form_book"], book.about
    return Page(
        name=text["sheets"][f"{form}_{span}"],
        number=text["numbers"][form],
        reporter=text["reporter"].format(name=about.project[language]),
        title=text["title"],
        subtitles=(text["rows"][form], _span(about, span, table, language)),
        measure=text["measure"],
        label=about.synthetic.get(language, ""),
        headings={**words(language)["form"], **text["headings"], "rows": text["headings"][form]},
        lines=tuple(_lines(table, text, language)),
        notes=tuple(_notes(book, form, table, language)),
    )


def _span(about: About, span: str, table: FormTable, language: str) -> str:
    text, periods = words(language)["masthead"], words(language)["periods"]
    days = periods[about.regime.cut].format(window=format_window(table.window, language))
    if span == "to_date":
        return f"{text['year_to_date']}: {days}"
    return f"{text['window']}: {format_period(about.regime, about.month, language)}, {days}"


def _lines(table: FormTable, text: dict[str, Any], language: str) -> Iterator[Line]:
    levels = words(language)["levels"]
    for roman, block in zip(ROMAN, table.blocks, strict=False):
        yield Line("heading", roman, levels[block.level])
        for number, entry in enumerate(block.entries, start=1):
            yield _line("row", number, _name(entry, text, language), entry.row)
        yield _line("subtotal", "", text["subtotal"].format(number=roman), block.subtotal)
    yield _line("total", "", text["total"], table.total)


def _line(kind: Kind, number: int | str, name: str, row: FormRow) -> Line:
    label = f"{name} {ABOUT}" if row.estimate else name
    return Line(kind, number, label, tuple(row.cells.values()))


def _name(entry: FormEntry, text: dict[str, Any], language: str) -> str:
    if not isinstance(entry.of, Unit):
        return entry.of or str(text["no_field"])
    name = entry.of.name(language)
    if entry.within is not None:
        name = str(text["within"]).format(name=name, parent=entry.within.name(language))
    return str(text["former"]).format(name=name) if entry.former else name


def _notes(book: FormBook, form: str, table: FormTable, language: str) -> Iterator[str]:
    text, shared, about = words(language)["form_book"], words(language)["form"], book.about
    undated = table.total.processed_undated + table.total.pending_undated
    if form == "by_field":
        yield text["fields"]
    yield shared["note"]
    yield text["identities"]
    if undated:
        yield shared["undated"].format(count=format_number(undated, language))
    if any(None in row.cells.values() for _, row in table.rows()):
        yield shared["dash"]
    if form == "by_unit" and book.taken_over:
        yield text["taken_over"].format(count=format_number(book.taken_over, language))
    if any(row.estimate for _, row in table.rows()):
        yield text["estimate"]
    if about.data_until is not None:
        yield text["data_until"].format(day=format_day(about.data_until, language))
    if about.notes:
        yield about.notes[language]
    yield text["unverified"]
