"""Months as other languages name them: février, Mär., maio."""

from __future__ import annotations

import re
from calendar import month_abbr, month_name
from collections import Counter
from collections.abc import Iterator, Set
from functools import cache
from typing import Any

import pandas as pd
from babel import Locale, UnknownLocaleError

from briefings.errors import SettingsError
from briefings.intake import stated
from briefings.intake.labels import IGNORED, fold

WORD, WITH_DOT = re.compile(r"[^\W\d_]+"), re.compile(r"[^\W\d_]+\.?")
DOT_OF_FORMAT = re.compile(r"%[bB]\.")
SHORTEST = 3  # letters: "jui" may be two French months, "ju" is no month of anybody
MONTHS = range(1, 13)
ENGLISH = {(names[n].lower(), n) for names in (month_name, month_abbr) for n in MONTHS}


def parse_language(where: str, value: Any) -> str:
    """The code of a language, such as fr; SettingsError where its months are no words."""
    code = stated.text(where, value)
    try:
        Locale.parse(code)
    except (ValueError, TypeError, UnknownLocaleError) as error:
        raise SettingsError(
            f"{where}: {stated.shown(code)} is no language.", "Write its code, such as fr or pt."
        ) from error
    if {number for _, number in _names(code)} != {*MONTHS}:
        raise SettingsError(
            f"{where}: the months of {stated.shown(code)} cannot be read as words.",
            'Where they are numbers, the format says so: "%d tháng %m %Y".',
        )
    return code


def in_english(text: pd.Series, language: str, form: str) -> pd.Series:
    """The texts with each month of a language as the English one that a format reads.

    Names count with and without accents, in capitals, declined as after a day, as the usual
    abbreviation, and as any beginning of three letters that only one month has. The dot of an
    abbreviation is part of it, unless the format has one there.
    """
    english = [*(month_name if "%B" in form else month_abbr)]
    numbers = _numbers(language)
    words = WORD if DOT_OF_FORMAT.search(form) else WITH_DOT

    def in_its_place(found: re.Match[str]) -> str:
        number = numbers.get(_folded(found[0]))
        return found[0] if number is None else english[number]

    def translated(cell: str) -> str:
        return words.sub(in_its_place, cell)

    written = {cell: translated(cell) for cell in text.dropna().unique()}
    found: pd.Series = text.map(written).astype("str")
    return found


@cache
def _numbers(language: str) -> dict[str, int]:
    """Every name and every beginning with its month, 0 where nobody knows which.

    A beginning that is another month in English would be: mar is no November of Finland.
    """
    names = set(_names(language))
    starts = {
        (name[:size], number) for name, number in names for size in range(SHORTEST, len(name))
    }
    cut = {word for word, _ in starts}
    return _meant(starts | {month for month in ENGLISH if month[0] in cut}) | _meant(names)


def _meant(months: Set[tuple[str, int]]) -> dict[str, int]:
    """The number of each word, 0 where it may be two months."""
    counts = Counter(word for word, _ in months)
    return {word: number if counts[word] == 1 else 0 for word, number in months}


def _names(language: str) -> Iterator[tuple[str, int]]:
    months = Locale.parse(language).months
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in months[context][width].items():
                if WITH_DOT.fullmatch(name):
                    yield _folded(name), number


def _folded(word: str) -> str:
    # In capitals the Turkish ı is an I like any other.
    return fold(word.removesuffix("."), IGNORED).replace("ı", "i")
