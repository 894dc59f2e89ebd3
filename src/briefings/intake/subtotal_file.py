"""What the intake of a project found of subtotals, kept beside the rows of their delivery."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pandas as pd

from briefings.intake.shown import shown

FOLDER = "subtotals"


def write_subtotals(folder: Path, table: str, found: pd.DataFrame) -> dict[str, int]:
    """Write the verdicts on the subtotals of a table, and say how many there are of each.

    Grain: one cell of a subtotal; columns as `subtotals.reconcile` has them. Nothing is written
    where the profile compares none.
    """
    if found.empty:
        return {}
    file = folder / FOLDER / f"{table}.csv"
    file.parent.mkdir(exist_ok=True)
    names = {name: found[name].map(shown) for name in ("period", "group", "column")}
    found.assign(**names).to_csv(file, index=False, lineterminator="\n", encoding="utf-8-sig")
    return dict(sorted(Counter(found["verdict"]).items()))
