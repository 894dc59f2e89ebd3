"""Tables with a column for each period: every period becomes rows of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from briefings.errors import InputError
from briefings.intake.cells import matched
from briefings.intake.detectors import mask_strictly
from briefings.intake.readers.headings import SHOWN_CHARACTERS, refuse_unusable

TURNED_HEADING, TURNED_VALUE = "(heading)", "(value)"
# Added to row numbers once per period, so that row 7 of the third one is 20000000007.
TURN_STEP = 10_000_000_000
JOINTS = " /-–|:,;._"


def turned(file: Path, tables: Iterable[pd.DataFrame], pattern: str) -> Iterator[pd.DataFrame]:
    """Tables in which the columns whose headings match a pattern stand below each other.

    What the pattern finds goes to the column `(heading)`. The rest of a heading names the column
    of its cells, which is `(value)` where nothing is left. InputError where no heading matches, or
    two of one period leave the same.
    """
    numbers: dict[str, int] = {}
    for table in tables:
        periods, named = _periods(file, list(table.columns), pattern)
        for period in periods:
            numbers.setdefault(period, len(numbers))
        kept = [heading for heading in table.columns if heading not in named]
        values = list(dict.fromkeys(named.values()))
        refuse_unusable(file, [*kept, *values, TURNED_HEADING], ours=True)
        yield pd.concat(
            [
                table[[*kept, *headings]]
                .rename(columns=named)
                .reindex(columns=[*kept, *values])
                .assign(**{TURNED_HEADING: pd.Series(period, table.index, dtype=object)})
                .set_axis(table.index + numbers[period] * TURN_STEP)
                for period, headings in periods.items()
            ]
        )


def _periods(
    file: Path, headings: list[str], pattern: str
) -> tuple[dict[str, list[str]], dict[str, str]]:
    """The headings of each period, and what is left of each of them."""
    names = pd.Series(headings, dtype="str")
    found = matched(names, pattern)
    rest = pc.replace_substring_regex(pa.array(headings), pattern, "", max_replacements=1)
    periods: dict[str, list[str]] = {}
    named: dict[str, str] = {}
    for heading, period, left in zip(headings, found, rest.to_pylist(), strict=True):
        if pd.notna(period):
            periods.setdefault(period, []).append(heading)
            named[heading] = " ".join(left.split()).strip(JOINTS) or TURNED_VALUE
    if not periods:
        raise InputError(
            f"{file}: no heading matches `turn`: {pattern}.",
            "Correct the layout of the profile, or the file.",
        )
    for together in periods.values():
        _refuse_alike(file, together, named)
    return periods, named


def _refuse_alike(file: Path, headings: list[str], named: dict[str, str]) -> None:
    """Raise InputError where two headings of one period leave the same."""
    first: dict[str, str] = {}
    for heading in headings:
        other = first.setdefault(named[heading], heading)
        if other != heading:
            shown = (mask_strictly(name)[:SHOWN_CHARACTERS] for name in (other, heading))
            raise InputError(
                f"{file}: `turn` makes the same of two headings: {', '.join(shown)}.",
                "Let its pattern find all that tells periods apart, or correct the headings.",
            )
