"""The names of age classes, which stand over the columns of a table."""

from __future__ import annotations

from collections.abc import Sequence

from briefings.language import format_number


def age_names(last_days: Sequence[int], between: str, over: str, language: str) -> list[str]:
    """A name for each class that ends with one of these days, and one for what is older."""
    firsts = [0, *(last + 1 for last in last_days[:-1])]
    classes = [
        between.format(first=format_number(first, language), last=format_number(last, language))
        for first, last in zip(firsts, last_days, strict=True)
    ]
    return [*classes, over.format(last=format_number(last_days[-1], language))]
