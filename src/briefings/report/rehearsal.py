"""The first use of everything a briefing uses, so that those that follow find it ready."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from briefings.facts.files import prepare
from briefings.language import WORDS, format_day, format_percent, words
from briefings.report import briefing  # noqa: F401  # with it comes the code of every section
from briefings.report.drawing import Band, Line, draw_lines
from briefings.report.narrative import prepare_sentences

POINTS = ("01/25", "02/25")
LINES = (Line("a", [1.0, 2.0]), Line("b", [2.0, 2.0], is_target=True))
BAND = Band("c", centre=1.5, limits={0: (1.0, 2.0), 1: (1.0, 2.0)})


def rehearse() -> None:
    """Read words, sentences and font, and draw; leaves nothing but what is cached anyway."""
    prepare()
    for language in sorted(folder.name for folder in WORDS.iterdir()):
        words(language)
        prepare_sentences(language)
        format_day(date(2025, 2, 28), language)
        format_percent(Fraction(1, 3), language)
    draw_lines(POINTS, LINES, str, BAND)
