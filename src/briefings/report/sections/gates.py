"""What a page says of gates: that it is a draft, and what an office accepted knowingly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from string import Formatter

from briefings.facts.gate import GateResult
from briefings.language import format_day, format_limit, format_month, format_number, words
from briefings.periods import Month
from briefings.report.blocks import Inline, Notice
from briefings.report.material import Material
from briefings.report.printing import count_figure

ALL_MONTHS = "all"
SHOWN = 6


def draft_notices(material: Material) -> Iterator[Notice]:
    """One warning with every gate that holds the month back; none where none does."""
    held = [each for each in material.facts.gates if each.holds_back]
    if not held:
        return
    text, language = words(material.language)["gates"], material.language
    found = [_found(material, each) for each in held[:SHOWN]]
    if len(held) > SHOWN:
        found.append(text["more"].format(count=format_number(len(held) - SHOWN, language)))
    listed = tuple(part for each in found for part in (each, "; "))[:-1]
    yield Notice("draft", (text["not_passed"], *listed, "."))


def acceptance_notices(material: Material) -> Iterator[Notice]:
    """One notice for each gate that an office went beyond."""
    text, language = words(material.language)["gates"], material.language
    for each in material.facts.gates:
        if each.acceptance is not None:
            accepted = {
                "found": _found(material, each),
                "on": format_day(each.acceptance.accepted_on, language),
                "office": each.acceptance.office,
                "reason": each.acceptance.reasons[language],
            }
            yield Notice("warning", _filled(text["accepted"], accepted))


def _found(material: Material, result: GateResult) -> Inline:
    text, language = words(material.language), material.language
    table = text["tables"].get(result.place, result.place)
    figures = {"count": result.count, "of": result.of}
    return _filled(
        text["gates"]["found"][result.gate],
        {
            "place": result.names.get(language, table),
            "month": _month(result, language),
            "limit": "" if result.limit is None else format_limit(result.limit, language),
            **{name: _count(material, result, name, value) for name, value in figures.items()},
        },
    )


def _month(result: GateResult, language: str) -> str:
    if result.month == ALL_MONTHS:
        return str(words(language)["gates"]["all_months"])
    return format_month(Month.parse(result.month), language)


def _count(material: Material, result: GateResult, name: str, value: int | None) -> Inline:
    month = str(material.facts.month)
    return count_figure(
        f"gate.{result.gate}.{name}:{result.place or result.month}",
        value,
        period=month if result.month == ALL_MONTHS else result.month,
        unit=material.facts.unit.code,
        language=material.language,
        of="rows",
    )


def _filled(pattern: str, values: Mapping[str, Inline]) -> Inline:
    """A pattern of words with runs of text and figures in its places."""
    return tuple(
        part
        for text, name, _, _ in Formatter().parse(pattern)
        for part in (text, values[name] if name else "")
        if part
    )
