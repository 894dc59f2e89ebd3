"""Months as other languages name them: février, Mär., maio."""

from __future__ import annotations

import re
from calendar import month_abbr, month_name
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

import pandas as pd
from babel import Locale, UnknownLocaleError

from briefings.errors import SettingsError
from briefings.intake import stated
from briefings.intake.labels import IGNORED, fold

WORD = re.compile(r"[^\W\d_]+\.?")
SHORTEST = 3  # letters: "jui" may be two French months, "ju" is no month of anybody


def parse_language(where: str, value: Any) -> str:
    """The code of a language, such as fr; SettingsError where no months of it are known."""
    code = stated.text(where, value)
    try:
        Locale.parse(code)
    except (ValueError, TypeError, UnknownLocaleError) as error:
        raise SettingsError(
            f"{where}: {stated.shown(code)} is no language.", "Write its code, such as fr or pt."
        ) from error
    return code


def in_english(text: pd.Series, language: str, *, whole: bool) -> pd.Series:
    """The texts with each month of a language as the English one, `whole` or as three letters.

    Names count with and without accents, in capitals, declined as after a day, as the usual
    abbreviation, and as any beginning of three letters that only one month has.
    """
    english = [*(month_name if whole else month_abbr)]
    numbers = _numbers(language)

    def translated(cell: str) -> str:
        return WORD.sub(lambda found: english[numbers.get(_folded(found[0]), 0)] or found[0], cell)

    written = {cell: translated(cell) for cell in text.dropna().unique()}
    found: pd.Series = text.map(written).astype("str")
    return found


@cache
def _numbers(language: str) -> dict[str, int]:
    """Every name and every beginning that means one month only, with its number."""
    names = set(_names(language))
    starts = {
        (name[:size], number) for name, number in names for size in range(SHORTEST, len(name))
    }
    meanings = Counter(word for word, _ in starts)
    return {word: number for word, number in starts if meanings[word] == 1} | dict(names)


def _names(language: str) -> Iterator[tuple[str, int]]:
    months = Locale.parse(language).months
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in months[context][width].items():
                if WORD.fullmatch(name):
                    yield _folded(name), number


def _folded(word: str) -> str:
    # In capitals the Turkish ı is an I like any other.
    return fold(word.removesuffix("."), IGNORED).replace("ı", "i")
