"""The first use of everything a briefing uses, so that those that follow find it ready."""

from __future__ import annotations

from briefings.facts.files import prepare
from briefings.language import words
from briefings.report import briefing
from briefings.report.drawing import Line, draw_lines

LANGUAGES = ("vi", "en")
POINTS = ("01/25", "02/25")


def rehearse() -> None:
    """Read the words, the sentences and the font, and draw; leaves nothing but what is cached."""
    assert briefing  # with it comes all that a notebook calls
    prepare()
    for language in LANGUAGES:
        words(language)
    draw_lines(POINTS, [Line("a", [1.0, 2.0]), Line("b", [2.0, 2.0], is_target=True)], str)
