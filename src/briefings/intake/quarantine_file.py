"""The faults of all tables of a delivery, in one file for a person to read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import pandas as pd

from briefings.intake.quarantine import QUARANTINE_COLUMNS
from briefings.intake.shown import shown

QUARANTINE = "quarantine.csv"


class QuarantineFile:
    """Writes faults as they come. Grain: one fault; columns QUARANTINE_COLUMNS."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        pd.DataFrame(columns=QUARANTINE_COLUMNS).to_csv(stream, index=False, lineterminator="\n")

    def write(self, table: str, file: str, faults: Iterable[pd.DataFrame]) -> None:
        """The faults of one table of a file."""
        for found in faults:
            lines = found.assign(table=table, file=file, value=found["value"].map(shown))
            lines[QUARANTINE_COLUMNS].to_csv(
                self._stream, index=False, header=False, lineterminator="\n"
            )


@contextmanager
def quarantine_file(folder: Path) -> Iterator[QuarantineFile]:
    """A new one in a folder."""
    with (folder / QUARANTINE).open("w", encoding="utf-8", newline="") as stream:
        yield QuarantineFile(stream)
