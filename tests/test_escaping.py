"""No text of the data can become markup, hide itself or turn its digits around."""

from __future__ import annotations

import pytest

from briefings.escaping import clean, html_text, typst_text

CLEANED = {
    "a\tb": "a b",
    "\u202e123\u202c": "123",
    "\x00x\x9f": "x",
    "tie\u0302\u0301ng": "ti\u1ebfng",
    "a\nb": "a\nb",
}


@pytest.mark.parametrize(("text", "expected"), CLEANED.items())
def test_control_and_direction_marks_are_dropped_and_letters_composed(text, expected):
    assert clean(text) == expected


def test_markup_stays_text_in_html():
    assert html_text('<b a="1">&') == "&lt;b a=&quot;1&quot;&gt;&amp;"


@pytest.mark.parametrize("text", ['say "x"', "back\\slash", '\\"; #panic("x")', "#let x = 1"])
def test_no_character_leaves_a_typst_literal(text):
    literal = typst_text(text)
    assert literal[0] == literal[-1] == '"'
    inner = literal[1:-1].replace("\\\\", "").replace('\\"', "")
    assert '"' not in inner
