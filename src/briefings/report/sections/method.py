"""Method and provenance: how figures were counted, from which rows, by which code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from importlib.metadata import version

from briefings.code.memo import Memo
from briefings.code.tree import CodeTree
from briefings.code.watch import Watch
from briefings.files import digest
from briefings.intake.contracts import CONTRACTS
from briefings.intake.deliveries import ALL_MONTHS
from briefings.intake.snapshot import TableIntake
from briefings.language import (
    NO_VALUE,
    format_day,
    format_number,
    format_percent,
    format_window,
    words,
)
from briefings.report.blocks import Inline, Prose, Table
from briefings.report.figures import Figure
from briefings.report.listing import listing
from briefings.report.material import Material
from briefings.report.narrative import Term, sentences
from briefings.report.printing import count_figure, print_value
from briefings.report.sections.scorecard import score_rows
from briefings.statistics.observations import LEAST_KNOWN_SHARE
from briefings.statistics.orphans import payment_orphans, portal_orphans

SHOWN_OF_DIGEST = 16
SHOWN_BY = "briefings.report"


def method(material: Material) -> Prose:
    """How the figures were counted and what was assumed."""
    language = material.language
    documents = words(language)["documents"]
    values = {
        "window": Term(format_window(material.month_window, language)),
        "year_to_date": Term(format_window(material.year_to_date, language)),
        "index": Term(documents["index"]),
        "form": Term(documents["form"]),
        "least_unknown": Term(format_percent(Fraction(1) - LEAST_KNOWN_SHARE, language, 0)),
        "portal_orphans": _row_count(
            material, "rows.portal_orphans", portal_orphans(material.tables)
        ),
        "payment_orphans": _row_count(
            material, "rows.payment_orphans", payment_orphans(material.tables)
        ),
    }
    return Prose(sentences("method", language, values))


def definitions_table(material: Material) -> Table:
    """Each measure of the scorecard: definition, both parts for the year to date, source."""
    text, language = words(material.language)["figures"], material.language
    rows: list[tuple[Inline, ...]] = []
    for row in score_rows(material):
        observation = row.year_to_date.observation
        parts = (
            NO_VALUE if part is None else print_value(Fraction(part), "", language)
            for part in (observation.numerator, observation.denominator)
        )
        definition = row.kpi.definitions[language]
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
    text, language = words(material.language)["intake"], material.language
    by_table = {
        table: [row for row in material.snapshot.intake if row.table == table]
        for table in CONTRACTS
        if table in material.snapshot.supplied
    }
    rows = [
        (
            words(language)["tables"][table],
            *_counts(material, table, found),
            _reasons(found, language),
            ", ".join(sorted({name for row in found for name in row.ignored_columns}))
            or text["none"],
        )
        for table, found in by_table.items()
    ]
    headings = ("table", "read", "used", "quarantined", "reasons", "ignored")
    return listing(
        "intake",
        caption=text["caption"],
        headings=[text[name] for name in headings],
        rows=rows,
        align=("left", *("right",) * 3, "left", "left"),
    )


def provenance_table(material: Material) -> Table:
    """Snapshot, input files of the month, code version and the legal sources of the targets."""
    text, language = words(material.language)["provenance"], material.language
    inputs = [
        f"{row.file} {row.sha256[:SHOWN_OF_DIGEST]}"
        for row in material.snapshot.intake
        if row.delivery in (ALL_MONTHS, str(material.month))
    ]
    targets = [
        f"{row.kpi.names[language]}: {target.legal_source} "
        f"({text['verified' if target.verified else 'not_verified']})"
        for row in score_rows(material)
        if (target := row.month.target)
    ]
    code = text["package"].format(
        version=version("briefings"), digest=code_digest()[:SHOWN_OF_DIGEST]
    )
    unverified = material.calendar.unverified if material.calendar else ()
    items = {
        "snapshot": material.snapshot.identity[:SHOWN_OF_DIGEST],
        "inputs": "\n".join(inputs),
        "code": code,
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


@cache
def code_digest() -> str:
    """One hash over the modules that count and show the figures; comments do not change it."""
    modules = CodeTree(memo=Memo(), watch=Watch()).closure([SHOWN_BY])
    return digest(*(part.encode() for item in modules.items() for part in item))


def _counts(material: Material, table: str, found: Sequence[TableIntake]) -> tuple[Figure, ...]:
    sums = {
        "read": sum(row.read for row in found),
        "used": sum(row.used for row in found),
        "quarantined": sum(row.quarantined for row in found),
    }
    return tuple(
        _row_count(material, f"rows.{name}:{table}", value) for name, value in sums.items()
    )


def _reasons(found: Sequence[TableIntake], language: str) -> str:
    total: Counter[str] = Counter()
    for row in found:
        total.update(row.reasons)
    names = words(language)["reasons"]
    parts = (
        f"{names[reason]}: {format_number(count, language)}"
        for reason, count in sorted(total.items())
    )
    return "; ".join(parts) or words(language)["intake"]["none"]


def _row_count(material: Material, kpi: str, value: int) -> Figure:
    return count_figure(
        kpi,
        value,
        period=str(material.month),
        unit=material.unit.code,
        language=material.language,
        of="rows",
    )
