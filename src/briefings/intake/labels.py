"""Labels as they are compared: NFC and trimmed, and less exactly only where a profile says so."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Mapping

IGNORED = ("accents", "case")


def fold(text: str, ignore: Collection[str] = ()) -> str:
    """A label without what is ignored: `case`, `accents` (of which the stroke of đ is one)."""
    label = unicodedata.normalize("NFC", text).strip()
    if "accents" in ignore:
        bare = unicodedata.normalize("NFD", label.replace("đ", "d").replace("Đ", "D"))
        label = "".join(sign for sign in bare if not unicodedata.combining(sign))
    return label.casefold() if "case" in ignore else label


def lookup(
    codes: Mapping[str, str], labels: Iterable[str], ignore: Collection[str]
) -> dict[str, str]:
    """The code of each label that has one."""
    folded = {fold(label, ignore): code for label, code in codes.items()}
    found = {label: folded.get(fold(label, ignore)) for label in labels}
    return {label: code for label, code in found.items() if code is not None}


def contradictions(codes: Mapping[str, str], ignore: Collection[str]) -> list[str]:
    """Labels that are the same once compared, but have different codes."""
    seen: dict[str, str] = {}
    found = []
    for label, code in codes.items():
        if seen.setdefault(fold(label, ignore), code) != code:
            found.append(label)
    return found
