"""Quarantined rows kept whole, so that a person can see what is to be corrected."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from briefings.intake.raw_rows import RawRows
from briefings.intake.row_names import AsShown, names_of
from briefings.intake.set_aside_rows import FAULT, FOLDER, KEY, ROW
from briefings.intake.shown import shown

FAULTS_OF_ROWS = """
    SELECT row, string_agg("column" || ': ' || reason, '; ' ORDER BY "column") AS fault
    FROM faults GROUP BY row
"""


def set_aside(folder: Path, table: str, rows: RawRows, as_shown: AsShown) -> None:
    """Write the rows of the spool that have faults, as far as they may be kept.

    Grain: one quarantined row. Columns: its number, what it is found by, its faults, and every
    heading that is taken in. A heading that is not taken in never gets here, and of a cell what
    `as_shown` leaves.
    """
    file = folder / FOLDER / f"{table}.csv"
    file.parent.mkdir(exist_ok=True)
    # With a mark of its encoding, without which a spreadsheet garbles Vietnamese.
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        for number, (known, cells) in enumerate(rows.of(FAULTS_OF_ROWS)):
            numbers = known.index.astype("str")
            about = {ROW: numbers, KEY: names_of(known, cells, as_shown), FAULT: known["fault"]}
            kept = cells.apply(lambda column: [as_shown(str(column.name), text) for text in column])
            lines = pd.concat([pd.DataFrame(about, cells.index), kept], axis="columns").map(shown)
            lines.to_csv(stream, index=False, header=number == 0, lineterminator="\n")
