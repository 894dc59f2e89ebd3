"""Keys that are made of row numbers, and what cannot be told of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from briefings.errors import InputError
from briefings.intake.contracts import CONTRACTS
from briefings.intake.layout import FILE_HEADING, ROW_HEADING
from briefings.intake.profiles import TableProfile

ADVICE = (
    "Take a number of the case. If it has none and each file holds cases of its own, join "
    f"`{FILE_HEADING}` to the number and give the files different names."
)


def keyed_by_rows(profile: Mapping[str, TableProfile]) -> frozenset[str]:
    """The tables whose key is made of row numbers.

    Of such a key nobody can tell whether the later of two rows is the same case, delivered again.
    """
    return frozenset(name for name, table in profile.items() if ROW_HEADING in _key(name, table))


def refuse_same_rows(table: str, profile: TableProfile, files: Iterable[Path]) -> None:
    """InputError where all rows of two files have the same keys, because they have one number."""
    named = _key(table, profile)
    if ROW_HEADING not in named or named - {ROW_HEADING, FILE_HEADING}:
        return
    first: dict[str, Path] = {}
    for file in files:
        other = first.setdefault(file.name if FILE_HEADING in named else "", file)
        if other is not file:
            raise InputError(
                f"{file}: its rows have the keys of those of {other}, because the key of {table} "
                f"is made of `{ROW_HEADING}`.",
                ADVICE,
            )


def _key(table: str, profile: TableProfile) -> set[str]:
    """The headings of a table's key."""
    sources = [profile.columns[name] for name in CONTRACTS[table].key if name in profile.columns]
    return {heading for source in sources for heading in source.mentioned}
