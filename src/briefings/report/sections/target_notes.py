"""Which targets held on which days, where none held throughout."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from briefings.facts.score import ScorecardRow
from briefings.facts.target import EarlierTarget
from briefings.language import format_day, words
from briefings.periods import Window
from briefings.report.material import Material
from briefings.report.printing import print_target


def target_notes(material: Material, window: Window) -> Iterator[str]:
    """A sentence for each target of a window that began in it, or ends before its year does."""
    facts, language = material.facts, material.language
    text, year_end = words(language)["truthful"], facts.about.regime.year_end(facts.month)
    days: dict[tuple[str, date], list[str]] = {}
    for row in facts.scorecard():
        score, name = facts.score(row.kpi.id, window), row.kpi.names[language]
        for each in score.earlier:
            yield _earlier(row, each, language)
        if score.since is not None:
            days.setdefault(("since", score.since), []).append(name)
        if score.until is not None and score.until < year_end:
            days.setdefault(("until", score.until), []).append(name)
    for (which, day), names in days.items():
        yield text[which].format(measures="; ".join(names), day=format_day(day, language))


def _earlier(row: ScorecardRow, earlier: EarlierTarget, language: str) -> str:
    texts, target = words(language), earlier.target
    sentence: str = texts["truthful"]["earlier"]
    return sentence.format(
        measure=row.kpi.names[language],
        value=print_target(target.value, row.kpi.unit_of_measure, language),
        since=format_day(earlier.since, language),
        until=format_day(earlier.until, language),
        verified=texts["provenance"]["verified" if target.verified else "not_verified"],
    )
