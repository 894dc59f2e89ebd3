"""The first use of everything a briefing uses, so that those that follow find it ready."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from briefings.facts.files import prepare
from briefings.language import format_day, format_percent, words
from briefings.report import briefing
from briefings.report.drawing import Line, draw_lines
from briefings.report.narrative import prepare_sentences

LANGUAGES = ("vi", "en")
POINTS = ("01/25", "02/25")
LINES = (Line("a", [1.0, 2.0]), Line("b", [2.0, 2.0], is_target=True))


def rehearse() -> None:
    """Read words, sentences and font, and draw; leaves nothing but what is cached anyway.

    With `briefing` comes the code of every section.
    """
    assert briefing.__name__
    prepare()
    for language in LANGUAGES:
        words(language)
        prepare_sentences(language)
        format_day(date(2025, 2, 28), language)
        format_percent(Fraction(1, 3), language)
    draw_lines(POINTS, LINES, str)
