"""What looks like personal data in a text, and the text without it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from briefings.escaping import UNSEEN
from briefings.intake.person_names import is_name, name_spans, resembles_name

# What stands where something personal stood; the row in the raw file still tells.
MARK = "[…]"

EMAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
# Not a part of a word, of an amount or of a decimal.
ALONE, ENDS = r"(?<![\w+])(?<!\d[.,])", r"(?!\w|[.,]\d)"
# Mobile prefixes since 2018, with or without +84; groups divided by spaces, dots or hyphens.
PREFIXES = r"(?:3[2-9]|5[25689]|7[06-9]|8[1-9]|9\d)"
MOBILE_DIGITS = rf"(?:\(?\+?84\)?[ .-]?|0){PREFIXES}(?:[ .-]?\d){{7}}"
MOBILE = re.compile(rf"{ALONE}{MOBILE_DIGITS}{ENDS}")
# Fixed lines 02x and 02xx; other countries with a plus sign; North America as it writes its own.
FIXED = re.compile(
    rf"{ALONE}(?:\(?(?:\+84[ .-]?|0)2\d{{1,2}}\)?(?:[ .-]?\d){{7,8}}"
    rf"|\+\d{{1,3}}(?:[ .()-]{{0,2}}\d){{7,12}}"
    rf"|(?:\(\d{{3}}\) ?|\d{{3}}-)\d{{3}}-\d{{4}}){ENDS}"
)
# The province codes of personal identification numbers (Circular 59/2021/TT-BCA as listed by
# third parties; the text itself was not read), then century and sex, then the year of birth.
PROVINCES = (
    "001|002|004|006|008|010|011|012|014|015|017|019|020|022|024|025|026|027|030|031|033|034|035|"
    "036|037|038|040|042|044|045|046|048|049|051|052|054|056|058|060|062|064|066|067|068|070|072|"
    "074|075|077|079|080|082|083|084|086|087|089|091|092|093|094|095|096"
)
CITIZEN_DIGITS = rf"(?:{PROVINCES})[ .]?[0-3][ .]?\d\d[ .]?\d{{3}}[ .]?\d{{3}}"
CITIZEN_ID = re.compile(rf"{ALONE}{CITIZEN_DIGITS}{ENDS}")
# In running text any lone number of 9 or 12 digits; as a key such numbers are common.
LONE_DIGITS = r"(?:\d{12}|\d{9}|\d{3} \d{3} \d{3}(?: \d{3})?)"
LONE_NUMBER = re.compile(rf"(?<![/-]){ALONE}{LONE_DIGITS}{ENDS}(?![/-])")

NUMBERS_IN_CODES = (EMAIL, MOBILE, CITIZEN_ID)
# In the syntax of Arrow, which can not look behind: codes that may hold one of these, a name or
# an invisible character. It finds too many, never too few.
WORTH_A_LOOK = "|".join(
    (
        "@",
        rf"(?:^|[^\pL\pN_])(?:{MOBILE_DIGITS}|{CITIZEN_DIGITS})",
        r"\pL[ \x{a0}]+\pL",
        f"[{UNSEEN}]",
    )
)
NUMBERS = (*NUMBERS_IN_CODES, FIXED)
NUMBERS_IN_TEXT = (*NUMBERS, LONE_NUMBER)


def mask(text: str, known: Collection[str] = ()) -> str:
    """`text` with MARK for every name, phone number, ID number and e-mail address in it.

    `known` are names of places in small letters, which are left alone.
    """
    if is_name(text) and text.lower() not in known:
        return MARK
    found = [span for pattern in NUMBERS_IN_TEXT for span in _found(pattern, text)]
    return _without(text, [*found, *name_spans(text, known)])


def mask_strictly(text: str, known: Collection[str] = ()) -> str:
    """The same for a cell that may be in the wrong column, where a name too many does no harm."""
    return MARK if resembles_name(text) and text.lower() not in known else mask(text, known)


def is_personal_code(text: str) -> bool:
    """Whether a code holds what identifies a person: a name, a mobile, an ID number, an e-mail.

    A lone number of 9 digits, or of 12 that is no valid identification number, is none: many
    systems number their dossiers so.
    """
    return (
        is_name(text)
        or any(pattern.search(text) for pattern in NUMBERS_IN_CODES)
        or any(True for _ in name_spans(text))
    )


def worth_a_look(cells: pd.Series) -> pd.Series:
    """The few codes that Python must look at; Arrow passes over the others."""
    held = pa.array(cells, type=pa.large_string(), from_pandas=True)
    chosen = pc.match_substring_regex(held, WORTH_A_LOOK).fill_null(False)
    few: pd.Series = cells[chosen.to_numpy(zero_copy_only=False)]
    return few


def _found(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in pattern.finditer(text))


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    parts, position = [], 0
    for start, end in sorted(spans):
        if start >= position:
            parts += [text[position:start], MARK]
        position = max(position, end)
    return "".join([*parts, text[position:]])
