"""What a raw row is found by when its file is delivered again, in whatever order.

Its key; where that is empty, not its own, or not to be shown as it is, the content of all that
is taken in of it, with what it takes from rows above. The number of a row names nothing: another
row has it as soon as one is delivered above.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

import pandas as pd

from briefings.files import digest
from briefings.intake.cells import matching
from briefings.intake.detectors import is_personal_code, worth_a_look
from briefings.intake.layout import FILE_HEADING, ROW_HEADING
from briefings.intake.shown import raw_texts, shown

# Heading and text of a raw cell to what of it may be kept.
AsShown: TypeAlias = Callable[[str, str], str]
FINGERPRINT = "#"  # before the digest of a row's content
FINGERPRINT_LENGTH = 16
# What a reader knows of a row is nothing that the row says.
OF_PLACE = (ROW_HEADING, FILE_HEADING)
ABOVE = ""
# Names that a spreadsheet or a person could not be shown as they are. It finds too many, never
# too few: of printable ASCII only what may begin a formula is ever shown otherwise.
WORTH_SHOWING = r"[^ -~]|(?:^|;)[=+\-@']"


def keys_of(raw: pd.DataFrame, key: Sequence[str]) -> pd.DataFrame:
    """The key of each raw row as text: columns name, and whether a part of it is `empty`."""
    said = [heading for heading in key if heading not in OF_PLACE]
    if not said:
        return pd.DataFrame({"name": "", "empty": True}, index=raw.index)
    first, *rest = (raw_texts(raw[heading]) for heading in said)
    name, empty = first, first == ""
    for part in rest:
        name, empty = name + " " + part, empty | (part == "")
    return pd.DataFrame({"name": name, "empty": empty}, index=raw.index)


def are_unclear(keys: pd.DataFrame) -> pd.Series:
    """Whether a key can not stand for its row, of keys with the columns name, empty and shared."""
    names = keys["name"]
    unclear: pd.Series = keys["empty"] | keys["shared"]
    odd = names[matching(names, WORTH_SHOWING)].unique()
    looked_at = worth_a_look(names).unique()
    return unclear | names.isin(
        [*(name for name in odd if shown(name) != name), *filter(is_personal_code, looked_at)]
    )


def fingerprint(cells: Iterable[tuple[str, str]]) -> str:
    """The name of a row by heading and text of its filled cells, in whatever order they stand."""
    filled = sorted((heading, text) for heading, text in cells if text and heading not in OF_PLACE)
    said = digest(*(part.encode() for cell in filled for part in cell))
    return FINGERPRINT + said[:FINGERPRINT_LENGTH]


def said_by(cells: pd.Series, above: str) -> dict[str, str]:
    """All that a row says, by heading: its cells, and what it takes from above."""
    own = {str(heading): str(text) for heading, text in cells.items() if heading not in OF_PLACE}
    return {ABOVE: above} | own


def names_of(keys: pd.DataFrame, texts: pd.DataFrame, as_shown: AsShown) -> pd.Series:
    """What each row is found by; `texts` are its cells that are taken in.

    Keys have besides name, empty and shared the text `above`, which no heading has. Of a cell only
    what `as_shown` leaves makes the name: a number of a person could be found out by trying all.
    """
    unclear = are_unclear(keys)
    said = texts[unclear].assign(**{ABOVE: keys.loc[unclear, "above"]})
    rows = said.itertuples(index=False, name=None)
    prints = [
        fingerprint(
            (head, as_shown(head, text)) for head, text in zip(said.columns, row, strict=True)
        )
        for row in rows
    ]
    return keys["name"].mask(unclear, pd.Series(prints, keys.index[unclear], dtype="str"))
