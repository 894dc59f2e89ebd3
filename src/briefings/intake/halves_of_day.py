"""The halves of a day beside a clock of twelve hours: AM and PM, p. m., SA and CH."""

from __future__ import annotations

import re

import pandas as pd

HALF = r"[AaPp](?:\.?\s?[Mm]\.?)?|[Ss][Aa]|[Cc][Hh]"
# Spanish with the dots, as people and their programs write it: a. m., p.m., PM.
DOTTED = r"(?i)(?<![^\W\d_])([ap])\.?\s?m\b"
DOT_OF_FORMAT = re.compile(r"%p\.")


def in_24_hours(hours: pd.Series, half: pd.Series) -> pd.Series:
    """Hours of two digits; 12 AM is midnight, 12 PM noon, and 13 PM no hour at all.

    SA and CH (sáng, chiều) are the Vietnamese halves. Without a half the hour stays.
    """
    numbers = pd.to_numeric(hours, errors="coerce").fillna(0)
    letter = half.str[0].str.lower()
    halved = letter.notna()
    in_half = numbers % 12 + 12 * letter.isin(["p", "c"])
    numbers = numbers.mask(halved, in_half).mask(halved & ~numbers.between(1, 12), 99)
    return numbers.astype("int64").astype("str").str.zfill(2)


def without_dots(text: pd.Series, form: str) -> pd.Series:
    """The texts with am or pm as a format reads it; a dot that the format has stays."""
    dotted = DOTTED if DOT_OF_FORMAT.search(form) else rf"{DOTTED}\.?"
    return text.str.replace(re.compile(dotted), r"\1m", regex=True)
