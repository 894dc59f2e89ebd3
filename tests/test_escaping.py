"""No text of the data can become markup or a formula, hide itself or turn its digits around."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata

import lxml.html
import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from briefings.escaping import MOST_MARKS, clean, html_text, spreadsheet_text, typst_text
from tests import hostile

CLEANED = {
    "a\tb": "a b",
    "\u202e123\u202c": "123",
    "\x00x\x9f": "x",
    "tie\u0302\u0301ng": "ti\u1ebfng",
    "a\nb": "a\nb",
    "a\r\nb\rc\u2028d": "a\nb\nc\nd",
    "1\u200b2\ufeff3\u00ad4\u200f": "1234",
    "x\ud800y\uffff": "xy",
    "\x1b[31mđỏ": "[31mđỏ",
    "z" + "\u0334" * 90: "z" + "\u0334" * MOST_MARKS,
    "\U0001f600 漢": "\U0001f600 漢",
}
ANY = st.text() | st.text(
    st.sampled_from("\"'\\<>&#$@*_`=+-{}%[]();,/~\n\r\tx\u202e\u0301\x00\ud800")
)
ANY |= st.sampled_from([*hostile.MARKUP, *hostile.FORMULAS, *hostile.INVISIBLE])


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


@given(ANY)
def test_what_was_cleaned_is_clean_and_a_letter_is_never_lost(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    cleaned.encode()
    kinds = {unicodedata.category(sign) for sign in cleaned if sign != "\n"}
    assert not kinds & {"Cc", "Cs"}
    letters = [sign for sign in unicodedata.normalize("NFC", text) if sign.isalnum()]
    kept = iter(cleaned)
    if not re.search(
        "[^\x00-\u024f\u1e00-\u1eff]", text
    ):  # else removing a sign may compose others
        assert all(sign in kept for sign in letters)


@given(ANY)
def test_a_parser_reads_the_text_back_from_html(text: str) -> None:
    page = lxml.html.fromstring(f'<p title="{html_text(text)}">{html_text(text)}</p>')
    assert page.text_content() == clean(text)
    assert len(page) == 0
    assert page.attrib.keys() == ["title"]


@pytest.mark.slow
@settings(max_examples=60)
@given(st.lists(ANY, min_size=1, max_size=8))
def test_typst_reads_the_text_back(texts: list[str]) -> None:
    source = "".join(f"#metadata({typst_text(text)})<held>\n" for text in texts)
    held = typst.query(source.encode(), "<held>", field="value")
    assert json.loads(held) == list(map(clean, texts))


@given(ANY)
def test_no_cell_of_a_csv_begins_a_formula_and_a_program_reads_it_back(text: str) -> None:
    written = spreadsheet_text(text)
    for part in re.split("[;\t\r\n]", written):
        assert not re.match("[=@\uff1d\uff0b\uff0d\uff20]", part)
        assert not re.match(r"[+-](?!\d+([.,]\d+)*\Z)", part)
    assert re.sub("(^|[;\t\r\n])'", r"\1", written) == text
    buffer = io.StringIO()
    csv.writer(buffer).writerow([written, "x"])
    if "\x00" not in text:
        assert next(csv.reader(io.StringIO(buffer.getvalue(), newline=""))) == [written, "x"]


@pytest.mark.parametrize("number", ["-1", "+84", "-1.5", "1,5", "-2025", "12"])
def test_a_plain_number_stays_a_number(number: str) -> None:
    assert spreadsheet_text(number) == number
