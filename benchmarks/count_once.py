"""One way of counting a nation, in a process of its own: `python -m benchmarks.count_once …`.

Arguments: the way, the folder of the nation, its dossiers, the memory, and the file to write the
components to; beside it go the seconds that counting alone took.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from benchmarks.by_hand import COMPONENTS, in_pandas, in_sql
from benchmarks.nation import LAST, MONTHS, Nation, make_nation
from briefings.engine import engine_of
from briefings.periods import Regime
from briefings.statistics.components import count_components
from briefings.statistics.kpis import load_kpis
from briefings.statistics.observations import Observations
from briefings.statistics.tables import open_tables

REGIME = Regime()
WINDOWS = [*map(REGIME.month, MONTHS), REGIME.year_to_date(LAST)]
THREADS = 2


def ours(nation: Nation, memory: str, place: Path, engine: str = "duckdb") -> pd.DataFrame:
    """Every component, and every measure of every unit and window as a report would ask for it."""
    variables = dict(os.environ) | {"ENGINE": engine}
    settings = engine_of({"memory": memory, "threads": THREADS}, variables, "benchmarks")
    tables = open_tables(nation.snapshot, settings, place)
    counted = count_components(tables, WINDOWS, nation.organisation, None)
    root = nation.organisation.root.code
    Observations(counted, load_kpis().values(), nation.snapshot.supplied, root).table()
    own = counted.drop(index=root, level="unit").sort_index()[list(COMPONENTS)]
    return own[(own != 0).any(axis="columns")]


WAYS: dict[str, Callable[[Nation, str, Path], pd.DataFrame]] = {
    "ours": ours,
    "spark": lambda nation, memory, place: ours(nation, memory, place, "spark"),
    "sql": lambda nation, memory, place: in_sql(nation.snapshot, WINDOWS, memory, place),
    "pandas": lambda nation, *_: in_pandas(nation.snapshot, WINDOWS),
}


def main(way: str, folder: Path, dossiers: int, memory: str, result: Path) -> None:
    nation = make_nation(folder, dossiers)
    start = time.perf_counter()
    counted = WAYS[way](nation, memory, result.parent / "overflow")
    result.with_suffix(".seconds").write_text(str(time.perf_counter() - start))
    counted.to_parquet(result)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4], Path(sys.argv[5]))
