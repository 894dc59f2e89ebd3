"""Method and provenance: how figures were counted, from which rows, by which code."""

from __future__ import annotations

import os
from collections.abc import Iterator
from fractions import Fraction
from importlib.metadata import version

from briefings.facts.intake import TableRows
from briefings.facts.observation import LEAST_KNOWN_SHARE, Observation
from briefings.facts.score import ScorecardRow
from briefings.facts.target import Target
from briefings.language import (
    NO_VALUE,
    format_day,
    format_percent,
    format_window,
    words,
)
from briefings.report.blocks import Inline, Prose, Table
from briefings.report.figures import Figure
from briefings.report.listing import listing
from briefings.report.material import Material
from briefings.report.narrative import Term, sentences
from briefings.report.printing import count_figure, marked, print_target

# The press names each report by everything it was made from and says the name here.
KEY_VARIABLE = "NOTEBOOK_KEY"
SHOWN_OF_KEY = 16


def method(material: Material) -> Prose:
    """How the figures were counted and what was assumed."""
    language, intake = material.language, material.facts.intake
    documents = words(language)["documents"]
    corrected = sum(rows.corrected for rows in intake.tables)
    superseded = sum(rows.superseded for rows in intake.tables)
    values = {
        "window": Term(format_window(material.facts.period, language)),
        "year_to_date": Term(format_window(material.facts.year_to_date, language)),
        "index": Term(documents["index"]),
        "form": Term(documents["form"]),
        "least_unknown": Term(format_percent(Fraction(1) - LEAST_KNOWN_SHARE, language, 0)),
        "corrected": _row_count(material, "rows.corrected", corrected),
        "superseded": _row_count(material, "rows.superseded", superseded),
        "portal_orphans": _row_count(material, "rows.portal_orphans", intake.portal_orphans),
        "payment_orphans": _row_count(material, "rows.payment_orphans", intake.payment_orphans),
    }
    return Prose(sentences("method", language, values))


def definitions_table(material: Material) -> Table:
    """Each measure of the scorecard: definition, both parts for the year to date, source."""
    text, language = words(material.language)["figures"], material.language
    rows: list[tuple[Inline, ...]] = []
    for row in material.facts.scorecard():
        definition = row.kpi.definitions[language]
        parts = _parts(row.year_to_date.observation, language)
        rows.append((row.kpi.names[language], definition, *parts, row.kpi.sources[language]))
    return listing(
        "definitions",
        caption=text["caption"],
        headings=[text[n] for n in ("measure", "definition", "numerator", "denominator", "source")],
        rows=rows,
        align=("left", "left", "right", "right", "left"),
    )


def intake_table(material: Material) -> Table:
    """Rows read, used and quarantined by table; read is always used plus quarantined."""
    text = words(material.language)["intake"]
    headings = ("table", "read", "used", "quarantined", "reasons", "ignored")
    return listing(
        "intake",
        caption=text["caption"],
        headings=[text[name] for name in headings],
        rows=[_table_row(material, rows) for rows in material.facts.intake.tables],
        align=("left", *("right",) * 3, "left", "left"),
    )


def provenance_table(material: Material) -> Table:
    """What the report was made from, the sources of its targets, and days without a source."""
    text, language = words(material.language)["provenance"], material.language
    facts = material.facts
    targets = [_source(row, each, material) for row in facts.scorecard() for each in _targets(row)]
    unverified = facts.about.unverified_days
    items = {
        "report": os.environ.get(KEY_VARIABLE, "")[:SHOWN_OF_KEY] or text["by_hand"],
        "code": text["package"].format(version=version("briefings")),
        "targets": "\n".join(targets) or NO_VALUE,
        "calendar": ", ".join(format_day(day, language) for day in unverified) or NO_VALUE,
    }
    return listing(
        "provenance",
        caption=text["caption"],
        headings=[text["item"], text["value"]],
        rows=[(text[name], value) for name, value in items.items()],
        align=("left", "left"),
    )


def _targets(row: ScorecardRow) -> Iterator[Target]:
    """The targets that held in the period or the year to date, each source and value once."""
    found: list[Target] = []
    for score in (row.year_to_date, row.period):
        in_force = [*(each.target for each in score.earlier), score.target]
        found += [each for each in in_force if each is not None and each not in found]
    yield from found


def _source(row: ScorecardRow, target: Target, material: Material) -> str:
    """The measure, the value of its target, and where that comes from."""
    text, language = words(material.language)["provenance"], material.language
    value = print_target(target.value, row.kpi.unit_of_measure, language)
    verified = text["verified" if target.verified else "not_verified"]
    return f"{row.kpi.names[language]}, {value}: {target.legal_source} ({verified})"


def _parts(observation: Observation, language: str) -> Iterator[Inline]:
    """Numerator and denominator; a dash for a part that there is not."""
    parts = {"numerator": observation.numerator, "denominator": observation.denominator}
    for name, part in parts.items():
        yield (
            NO_VALUE
            if part is None
            else marked(
                count_figure(
                    f"{observation.kpi}:{name}",
                    part,
                    period=observation.window,
                    unit=observation.unit,
                    language=language,
                    of="count",
                ),
                estimate=observation.estimate,
            )
        )


def _table_row(material: Material, rows: TableRows) -> tuple[Inline, ...]:
    text, table = words(material.language), rows.table
    counts = {"read": rows.read, "used": rows.used, "quarantined": rows.quarantined}
    return (
        text["tables"][table],
        *(_row_count(material, f"rows.{name}:{table}", value) for name, value in counts.items()),
        _reasons(material, rows),
        ", ".join(rows.not_taken_in) or text["intake"]["none"],
    )


def _reasons(material: Material, rows: TableRows) -> Inline:
    # A reason that a profile gives stands in the profile's own words.
    text = words(material.language)
    parts = tuple(
        (
            f"{'; ' if number else ''}{text['reasons'].get(reason, reason)}: ",
            _row_count(material, f"rows.quarantined.{reason}:{rows.table}", count),
        )
        for number, (reason, count) in enumerate(rows.reasons.items())
    )
    return parts or text["intake"]["none"]


def _row_count(material: Material, kpi: str, value: int) -> Figure:
    return count_figure(
        kpi,
        value,
        period=str(material.facts.month),
        unit=material.facts.unit.code,
        language=material.language,
        of="rows",
    )
