"""`make bench-scale`: a nation's dossiers, all measures × 240 units × 12 months.

SIZES=1,10,100 are millions of dossiers; PLACE is a folder for them, kept if it is named.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from benchmarks.cost import Cost, cost_of
from benchmarks.nation import BYTES, UNIT_COUNT, make_nation
from benchmarks.office import ROOT, environment, open_office
from benchmarks.results import table, write_section

TITLE = "9. A nation's dossiers"
INTAKE_TITLE = "10. One new day"
MILLION = 1_000_000
MEMORY = "3GB"
# Ways by the millions that they are asked for at most; plain pandas has no bound of memory.
MOST_MILLIONS = {"sql": 100, "ours": 100, "pandas": 10, "spark": 10}
NAMES = {
    "sql": "DuckDB SQL by hand",
    "ours": "**ours** (Ibis on DuckDB)",
    "pandas": "plain pandas",
    "spark": "ours on Spark (local[2])",
}
REPEATS = 2
ONCE = 100 * MILLION  # so many are counted once
GOAL_RATIO = 1.3


@dataclass(frozen=True)
class Run:
    """What one way cost; of that counting alone, in seconds and CPU seconds of its process.

    That is without imports and without making measures, but with the start of an engine. What
    Spark uses in a process of its own is in `cost` only.
    """

    way: str
    cost: Cost
    seconds: float
    cpu: float


def main(sizes: Sequence[int], place: Path | None) -> None:
    rows = []
    with _scratch(place) as scratch:
        for millions in sizes:
            rows += _measure(scratch, millions)
        write_section(TITLE, f"make bench-scale SIZES={','.join(map(str, sizes))}", _text(rows))
        _one_new_day(scratch / "office")


def _measure(scratch: Path, millions: int) -> list[list[object]]:
    dossiers, folder = millions * MILLION, scratch / f"{millions}-million"
    free = shutil.disk_usage(scratch).free
    if not folder.exists() and free < 3 * dossiers * BYTES:
        sys.exit(f"{millions} million dossiers need {3 * dossiers * BYTES / 1e9:.0f} GB on disk.")
    nation = make_nation(folder, dossiers)
    ways = [way for way, most in MOST_MILLIONS.items() if millions <= most]
    runs = [_best(way, folder, dossiers, scratch) for way in ways]
    results = {way: pd.read_parquet(scratch / f"{way}.parquet") for way in ways}
    for way, found in results.items():
        assert found.equals(results["sql"]), f"{way} counts otherwise"
    by_hand = next(run for run in runs if run.way == "sql")
    return [
        [
            NAMES[run.way],
            millions,
            f"{nation.bytes / 1e6:,.0f}",
            f"{run.seconds:.1f}",
            f"{run.cost.wall:.1f}",
            f"{run.cost.cpu:.1f}",
            f"{run.cost.cpu / by_hand.cost.cpu:.2f}",
            "–" if run.way == "spark" else f"{run.cpu:.1f}",
            "–" if run.way == "spark" else f"{run.cpu / by_hand.cpu:.2f}",
            f"{run.cost.megabytes:,.0f}",
        ]
        for run in runs
    ]


def _best(way: str, folder: Path, dossiers: int, scratch: Path) -> Run:
    repeats = 1 if way == "spark" or dossiers >= ONCE else REPEATS
    found = [_run(way, folder, dossiers, scratch) for _ in range(repeats)]
    return min(found, key=lambda run: run.cost.cpu)


def _run(way: str, folder: Path, dossiers: int, scratch: Path) -> Run:
    result = scratch / f"{way}.parquet"
    module = [sys.executable, "-W", "ignore", "-m", "benchmarks.count_once"]
    command = [*module, way, str(folder), str(dossiers), MEMORY, str(result)]
    print(way, dossiers, "…", flush=True)
    cost = cost_of(command, folder=ROOT, environment=environment(), memory=True)
    seconds, cpu = map(float, result.with_suffix(".seconds").read_text().split())
    return Run(way, cost, seconds, cpu)


def _text(rows: Sequence[Sequence[object]]) -> str:
    headings = [
        "way", "million dossiers", "MB of Parquet", "counting s", "wall s", "CPU s", "of by hand",
        "counting CPU s", "of by hand", "peak MB",
    ]  # fmt: skip
    return f"""
Every measure of {UNIT_COUNT} units in twelve months and the year to date, from a snapshot of
monthly deliveries: dossiers, their rows on the national portal (94 %), payments (35 %). DuckDB
has {MEMORY} and two threads, Spark as much for its driver. Every way gives the same table, which
is checked. The better of {REPEATS} runs by CPU seconds (Spark, and 100 million: one). Wall and CPU
seconds are from the start of the process to its end; on two idle cores half of the CPU seconds is
the least that a run can take. Counting is without imports, and without making the measures from
what was counted, which is the same code in every way. The query by hand looks up all portal rows
at once, and all payments; ours looks them up together, delivery by delivery. Goals at 100 million:
at most 60 s, 4 GB, and {GOAL_RATIO} times the query by hand.

{table(headings, rows)}

Whoever knows that portal rows and payments lie in the delivery of their dossier, as they do here,
can cut a query by hand as well, and then comes near ours, which may not rely on it.
"""


def _one_new_day(folder: Path) -> None:
    """The demonstration, taken in; then a day's dossiers are added to one month of it."""
    shutil.rmtree(folder, ignore_errors=True)  # of an earlier run in a folder that is kept
    folder.mkdir(parents=True)
    office = open_office(folder)
    snapshots, file = folder / "data/snapshots/hai_duong", folder / "data/raw/2025-02/ho_so.csv"
    before = _folders(snapshots)
    text = file.read_bytes().rstrip(b"\r\n")
    last = text.rpartition(b"\n")[2]
    code = last.split(b",")[0]
    file.write_bytes(text + b"".join(b"\n" + last.replace(code, code + b"-%d" % n)
                                     for n in range(1000)) + b"\n")  # fmt: skip
    again = cost_of(office.command("intake"), folder=folder, environment=environment())
    idle = cost_of(office.command("intake"), folder=folder, environment=environment())
    changed = sorted(month for month, key in _folders(snapshots).items() if before[month] != key)
    text = f"""
The demonstration of {len(before) - 1} months is taken in; then a thousand dossiers of one day are
added to one month's export. Folders of the snapshot that changed: {", ".join(changed)}.

{
        table(
            ["run", "wall s", "CPU s"],
            [
                ["that month taken in again", f"{again.wall:.1f}", f"{again.cpu:.1f}"],
                ["nothing new", f"{idle.wall:.1f}", f"{idle.cpu:.1f}"],
            ],
        )
    }
"""
    write_section(INTAKE_TITLE, "make bench-scale", text)


def _folders(snapshots: Path) -> dict[str, str]:
    """Month → the folders that are there for it."""
    return {each.name: " ".join(sorted(inner.name for inner in each.iterdir()))
            for each in snapshots.iterdir() if each.is_dir()}  # fmt: skip


@contextmanager
def _scratch(place: Path | None) -> Iterator[Path]:
    if place:
        place.mkdir(parents=True, exist_ok=True)
        yield place
        return
    with tempfile.TemporaryDirectory(prefix="bench-scale-") as folder:
        yield Path(folder)


if __name__ == "__main__":
    asked = [int(text) for text in os.environ.get("SIZES", "1,10,100").split(",")]
    main(asked, Path(os.environ["PLACE"]) if os.environ.get("PLACE") else None)
