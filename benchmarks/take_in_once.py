"""`python -m benchmarks.take_in_once PROJECT ROWS`: intake in chunks of so many rows, 0: of all."""

from __future__ import annotations

import sys
from pathlib import Path

from briefings.intake.readers import limits, read, records
from briefings.intake.take_in import take_in
from briefings.project import load_project

ALL = 10**12


def main(file: Path, rows: int) -> None:
    read.CHUNK_ROWS = rows or ALL
    if not rows:
        limits.CHUNK_CELLS = limits.CHUNK_CHARACTERS = ALL
        records.CHUNK_CHARACTERS = ALL
    take_in(load_project(file))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
