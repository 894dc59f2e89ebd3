"""`make bench`, or `make bench BENCH=idle,first`; REPORTS=12 makes it quick."""

from __future__ import annotations

import importlib.util
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks import (
    against_papermill,
    fairness,
    first_briefing,
    growth,
    idle_month,
    intake,
    overhead,
    same_bytes,
    signals,
)
from benchmarks.office import Office, open_office

RIVALS = ["shell_loop", "one_process", "pool"]
USUAL = 60
MANY = 500


def main(asked: list[str], count: int) -> None:
    has_ploomber = importlib.util.find_spec("ploomber_engine") is not None
    rivals = [*RIVALS, *(["ploomber"] if has_ploomber else [])]
    benchmarks: dict[str, Callable[[Office], None]] = {
        "first": first_briefing.run,
        "idle": idle_month.run,
        "overhead": lambda office: overhead.run(office, count),
        "papermill": lambda office: against_papermill.run(office, count, rivals),
        "facts": lambda office: against_papermill.run_with_facts(office, count, rivals),
        "growth": growth.run,
        "intake": lambda _: intake.run(),
        "bytes": lambda office: same_bytes.run(office, MANY if count >= USUAL else count),
        "signals": lambda _: signals.run(),
        "fairness": lambda _: fairness.run(),
    }
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        office = open_office(Path(folder))
        for name in asked or benchmarks:
            print(name, "…", flush=True)
            benchmarks[name](office)


if __name__ == "__main__":
    chosen = [name for name in sys.argv[1:] if name]
    main(chosen, int(os.environ.get("REPORTS", str(USUAL))))
