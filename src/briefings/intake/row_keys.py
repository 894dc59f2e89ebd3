"""Keys that are made of row numbers, and what cannot be told of them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from briefings.errors import InputError
from briefings.intake.contracts import CONTRACTS
from briefings.intake.layout import FILE_HEADING, ROW_HEADING
from briefings.intake.profiles import TableProfile


def refuse_same_rows(table: str, profile: TableProfile, files: Iterable[Path]) -> None:
    """InputError where rows of two files have one key because they have one number.

    Whether the later one is the same case, delivered again, or another one nobody can tell.
    """
    sources = [profile.columns[name] for name in CONTRACTS[table].key if name in profile.columns]
    named = {heading for source in sources for heading in source.mentioned}
    first: dict[str, Path] = {}
    for file in files if ROW_HEADING in named else ():
        other = first.setdefault(file.name if FILE_HEADING in named else "", file)
        if other is not file:
            raise InputError(
                f"{file}: its rows have the keys of those of {other}, because the key of {table} "
                f"is made of `{ROW_HEADING}`.",
                "Take a number of the case. If it has none and each file holds cases of its own, "
                f"join `{FILE_HEADING}` and give the files different names.",
            )
