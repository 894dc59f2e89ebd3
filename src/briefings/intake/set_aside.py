"""Quarantined rows kept whole, so that a person can see what is to be corrected."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from briefings.intake.correcting import AsShown, names_of_rows
from briefings.intake.set_aside_rows import FAULT, FOLDER, KEY, ROW
from briefings.intake.shown import cell_text, shown


def set_aside(  # noqa: PLR0913  # one file, from all that is known of its rows
    folder: Path,
    table: str,
    raw: pd.DataFrame,
    faults: pd.DataFrame,
    *,
    key: Sequence[str],
    mapped: Sequence[str],
    as_shown: AsShown,
) -> None:
    """Write the faulty rows as far as they may be kept; nothing where there is none.

    Grain: one quarantined row. Columns: its number, what it is found by, its faults, and every
    heading that is taken in. A heading that is not taken in never gets here, and of a cell what
    `as_shown` leaves.
    """
    if faults.empty:
        return
    texts = faults["column"] + ": " + faults["reason"]
    of_row = texts.groupby(faults["row"]).agg("; ".join)
    rows = raw.loc[of_row.index, list(mapped)].map(cell_text)
    rows = rows.apply(lambda cells: [as_shown(str(cells.name), text) for text in cells])
    names = names_of_rows(raw, key=key, mapped=mapped).loc[of_row.index]
    about = pd.DataFrame({ROW: of_row.index.astype("str"), KEY: names, FAULT: of_row}, rows.index)
    file = folder / FOLDER / f"{table}.csv"
    file.parent.mkdir(exist_ok=True)
    # With a mark of its encoding, without which a spreadsheet garbles Vietnamese.
    pd.concat([about, rows], axis="columns").map(shown).to_csv(
        file, index=False, lineterminator="\n", encoding="utf-8-sig"
    )
