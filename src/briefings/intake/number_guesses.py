"""How the numbers of a column seem to be written; every guess is for a person."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from briefings.intake.cells import as_text
from briefings.intake.looked_at import differ, sample
from briefings.intake.written_numbers import NumberReading, read_numbers

NUMBERS = {
    "": NumberReading(),
    'decimal: ",", thousands: "."': NumberReading(",", "."),
    'decimal: ".", thousands: ","': NumberReading(".", ","),
    'decimal: ",", thousands: " "': NumberReading(",", " "),
}
IN_THOUSANDS = r"[-+]?[0-9]{1,3}(?:[.,][0-9]{3})+"


@dataclass(frozen=True)
class NumberGuess:
    """How numbers are written, as a profile says it, and the ways that read as many otherwise."""

    way: str
    rivals: tuple[str, ...]


def guess_numbers(cells: pd.Series, *, of_average: bool = False) -> NumberGuess:
    """How numbers are written; no way where they need nothing said.

    A sign with three digits behind it in every cell that is read is rather one of thousands, but
    for an average.
    """
    looked_at = sample(cells)
    read = {text: read_numbers(looked_at, way) for text, way in NUMBERS.items()}
    counts = {text: int(numbers.notna().sum()) for text, numbers in read.items()}
    if not any(counts.values()):
        return NumberGuess("", ())
    numbers = pd.concat([each.notna() for each in read.values()], axis=1).any(axis=1)
    written = as_text(looked_at[numbers])
    grouped = written[written.str.contains("[.,]", na=False)].str.fullmatch(IN_THOUSANDS, na=False)
    most = max(counts.values())
    best = [text for text, count in counts.items() if count == most]
    if len(best) > 1 and len(grouped) and grouped.all() and not of_average:
        best.sort(key=lambda text: -float(read[text].abs().sum()))  # 90,000 is not 90.000
    rivals = (text for text in best[1:] if differ(read[best[0]], read[text]))
    return NumberGuess(best[0], tuple(rivals))


def reads_as(cells: pd.Series, guess: NumberGuess) -> pd.Series:
    """The numbers that a guess reads."""
    return read_numbers(cells, NUMBERS[guess.way])
