"""Notices of what happened to the units in the months shown."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from briefings.facts.reorganisation import EndOfUnits, Reorganisation
from briefings.language import format_day, words
from briefings.organisation import Unit
from briefings.report.blocks import Notice
from briefings.report.figures import Figure
from briefings.report.material import Material
from briefings.report.narrative import Term, sentences
from briefings.report.printing import count_figure


def reorganisation_notices(material: Material) -> tuple[Notice, ...]:
    """One notice for each change; a warning where figures are estimates or not comparable."""
    found = material.facts.reorganisations
    return (
        *(_of_unit(material, change) for change in found.changes),
        *(_of_root(material, end) for end in found.ends),
    )


def _of_unit(material: Material, change: Reorganisation) -> Notice:
    language, as_now = material.language, _is_as_now(material)
    values = {
        "as_now": as_now,
        "kind": change.kind,
        "verified": change.verified,
        "several": len(change.old) > 1,
        "on": Term(format_day(change.on, language)),
        "old": _names(change.old, language, codes=change.kind == "unknown"),
        "new": _names(change.new, language),
        "unit": Term(material.facts.unit.name(language)),
    }
    (sentence,) = sentences("reorganisation", language, values)
    sound = change.verified and (change.kind == "renamed" or (as_now and change.kind == "merged"))
    return Notice("info" if sound else "warning", sentence)


def change_in_short(change: Reorganisation, language: str) -> str:
    """The day and what happened on it, without what it means for figures."""
    text = words(language)["same_office"]
    codes = {unit.code for unit in change.new}
    gone = [unit for unit in change.old if unit.code not in codes]
    happened: str = text[_in_short(change, goes_on=len(gone) < len(change.old))].format(
        on=format_day(change.on, language),
        old=_names(gone or change.old, language),
        new=_names(change.new, language),
    )
    return happened if change.verified else f"{happened} {text['unverified']}"


def _in_short(change: Reorganisation, *, goes_on: bool) -> str:
    """The name of the words: of a merger they depend on who was there before."""
    if change.kind != "merged":
        return change.kind
    if goes_on:
        return "joined"
    return "taken_over" if len(change.old) == 1 else "merged"


def _of_root(material: Material, end: EndOfUnits) -> Notice:
    values = {
        "as_now": _is_as_now(material),
        "on": Term(format_day(end.on, material.language)),
        "ended": _units(material, "units_ended", end.on, end.ended),
        "unknown": _units(material, "units_without_successor", end.on, end.unknown),
    }
    (sentence,) = sentences("end_of_units", material.language, values)
    return Notice("info", sentence)


def _is_as_now(material: Material) -> bool:
    return material.facts.reorganisations.series == "as_now"


def _names(units: Iterable[Unit], language: str, *, codes: bool = False) -> Term:
    """The names in a row, with their codes where a name may come twice."""
    text = words(language)["reorganisations"]["code"]
    return Term(
        "; ".join(
            text.format(name=unit.name(language), code=unit.code) if codes else unit.name(language)
            for unit in units
        )
    )


def _units(material: Material, kpi: str, on: date, count: int) -> Figure:
    return count_figure(
        f"{kpi}:{on.isoformat()}",
        count,
        period=str(material.facts.month),
        unit=material.facts.unit.code,
        language=material.language,
        of="units",
    )
