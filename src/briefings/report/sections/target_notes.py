"""Which targets held on which days, where none held throughout."""

from __future__ import annotations

from collections.abc import Iterator

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
    for row in facts.scorecard():
        score, name = facts.score(row.kpi.id, window), row.kpi.names[language]
        for each in score.earlier:
            yield _earlier(row, each, language)
        if score.since is not None:
            yield text["since"].format(measure=name, since=format_day(score.since, language))
        if score.until is not None and score.until < year_end:
            yield text["until"].format(measure=name, until=format_day(score.until, language))


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
