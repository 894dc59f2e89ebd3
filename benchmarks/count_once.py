"""One way of counting a nation, in a process of its own: `python -m benchmarks.count_once …`.

Arguments: the way, the folder of the nation, its dossiers, the memory, and the file to write the
components to; beside it go the seconds and CPU seconds that counting alone took. The measures are
made of the components by the same code whatever the way.
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
from briefings.facts.kpi import Kpi
from briefings.periods import Regime
from briefings.statistics.components import count_components, totals_of
from briefings.statistics.kpis import load_kpis
from briefings.statistics.observations import Observations
from briefings.statistics.tables import open_tables

REGIME = Regime()
WINDOWS = [*map(REGIME.month, MONTHS), REGIME.year_to_date(LAST)]
THREADS = 2


def ours(nation: Nation, memory: str, place: Path, engine: str = "duckdb") -> pd.DataFrame:
    """Every component of every unit and window."""
    variables = dict(os.environ) | {"ENGINE": engine}
    settings = engine_of({"memory": memory, "threads": THREADS}, variables, "benchmarks")
    tables = open_tables(nation.snapshot, settings, place)
    counted = count_components(tables, WINDOWS, nation.organisation, None)
    return counted.drop(index=nation.organisation.root.code, level="unit")


def measure(counted: pd.DataFrame, nation: Nation) -> None:
    """Every measure of every unit and window, and of the root, as a report would ask for it."""
    root = nation.organisation.root.code
    grid = pd.MultiIndex.from_product(
        [[window.name for window in WINDOWS], nation.organisation.codes],
        names=counted.index.names,
    )
    names = sorted({part for kpi in load_kpis().values() for part in parts_of(kpi)})
    rows = counted.reindex(index=grid, columns=names).fillna(0).astype("int64")
    whole = pd.concat([totals_of(rows, root), rows.drop(index=root, level="unit")])
    Observations(whole, load_kpis().values(), nation.snapshot.supplied, root).table()


def parts_of(kpi: Kpi) -> tuple[str, ...]:
    """The components that a measure is made of or judged by."""
    return (*kpi.numerator, *kpi.denominator, *kpi.known, *kpi.known_of)


WAYS: dict[str, Callable[[Nation, str, Path], pd.DataFrame]] = {
    "ours": ours,
    "spark": lambda nation, memory, place: ours(nation, memory, place, "spark"),
    "sql": lambda nation, memory, place: in_sql(nation.snapshot, WINDOWS, memory, place),
    "pandas": lambda nation, *_: in_pandas(nation.snapshot, WINDOWS),
}


def main(way: str, folder: Path, dossiers: int, memory: str, result: Path) -> None:
    nation = make_nation(folder, dossiers)
    start, used = time.perf_counter(), time.process_time()
    counted = WAYS[way](nation, memory, result.parent / "overflow")
    seconds, cpu = time.perf_counter() - start, time.process_time() - used
    result.with_suffix(".seconds").write_text(f"{seconds} {cpu}")
    measure(counted, nation)
    counted = counted.sort_index()[list(COMPONENTS)]
    counted[(counted != 0).any(axis="columns")].to_parquet(result)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4], Path(sys.argv[5]))
