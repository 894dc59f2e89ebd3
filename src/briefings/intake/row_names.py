"""What a raw row is found by when its file is delivered again, in whatever order.

Its key; where that is empty, not its own, or not to be shown as it is, the content of all that
is taken in of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from briefings.files import digest
from briefings.intake.cells import matching
from briefings.intake.detectors import is_personal_code, worth_a_look
from briefings.intake.shown import raw_texts, shown

FINGERPRINT = "#"  # before the digest of a row's content
FINGERPRINT_LENGTH = 16
# Names that a spreadsheet or a person could not be shown as they are. It finds too many, never
# too few: of printable ASCII only what may begin a formula is ever shown otherwise.
WORTH_SHOWING = r"[^ -~]|(?:^|;)[=+\-@']"


def keys_of(raw: pd.DataFrame, key: Sequence[str]) -> pd.DataFrame:
    """The key of each raw row as text: columns name, and whether a part of it is `empty`."""
    if not key:
        return pd.DataFrame({"name": "", "empty": True}, index=raw.index)
    first, *rest = (raw_texts(raw[heading]) for heading in key)
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


def fingerprint(texts: Iterable[str]) -> str:
    """The name of a row by the texts of all its cells that are taken in."""
    return FINGERPRINT + digest(*(text.encode() for text in texts))[:FINGERPRINT_LENGTH]


def names_of(keys: pd.DataFrame, texts: pd.DataFrame) -> pd.Series:
    """What each row is found by; `texts` are its cells that are taken in."""
    unclear = are_unclear(keys)
    prints = map(fingerprint, texts[unclear].itertuples(index=False, name=None))
    return keys["name"].mask(unclear, pd.Series(list(prints), keys.index[unclear], dtype="str"))
