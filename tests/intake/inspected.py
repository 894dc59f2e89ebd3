"""Files inspected, with the rows that `briefings intake FILE… --out` would write."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from briefings.intake import inspection
from briefings.intake.inspection import Inspection, Terms
from briefings.intake.profiles import TableProfile


@dataclass(frozen=True)
class Inspected(Inspection):
    """An inspection, the used rows of each table, and all faults."""

    used: Mapping[str, pd.DataFrame]
    quarantine: pd.DataFrame


def inspect(
    files: Sequence[Path],
    profile: Mapping[str, TableProfile],
    table: str = "",
    units: Collection[str] | None = None,
) -> Inspected:
    """Inspect files and read what was kept of them."""
    with TemporaryDirectory() as folder:
        found = inspection.inspect(files, Terms(profile, units), table, Path(folder))
        kept = sorted(Path(folder).glob("*.parquet"))
        used = {file.stem: pd.read_parquet(file) for file in kept}
        quarantine = pd.read_csv(Path(folder, "quarantine.csv"), keep_default_na=False)
    return Inspected(**vars(found), used=used, quarantine=quarantine)
