"""What the press adds to the cells of the notebooks."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.cost import Cost, cost_of
from benchmarks.inputs import laid_inputs
from benchmarks.office import ROOT, Office, environment
from benchmarks.results import table, write_section

TITLE = "2. Over the limit of the cells alone"


def run(office: Office, count: int) -> None:
    units = office.units(count)
    with tempfile.TemporaryDirectory() as folder:
        laid_inputs(office, units, Path(folder))
        command = [sys.executable, "-m", "benchmarks.cells", folder]
        cells = float(
            subprocess.run(
                command,
                cwd=ROOT,
                env=environment(),
                check=True,
                capture_output=True,
                text=True,
            ).stdout
        )
    office.run("report", "--month", "2025-02", "--unit", units[0])
    half, whole = _cost(office, units[: count // 2]), _cost(office, units)
    more = (whole.wall - half.wall) / (count - count // 2)
    rows = [
        [
            "cells alone, one warm process per core",
            f"{cells / count:.3f}",
            "1.00",
            "",
        ],
        [
            "press, each further briefing",
            f"{more:.3f}",
            f"{more * count / cells:.2f}",
            "≤ 1.25",
        ],
        [
            "press, everything from process start to last file",
            f"{whole.wall / count:.3f}",
            f"{whole.wall / cells:.2f}",
            "≤ 1.25",
        ],
    ]
    text = f"""
{count} briefings in HTML, one language, facts counted beforehand for the cells alone. The press
also executes in a process of its own for each notebook, renders, checks, writes and records.

{table(["what", "wall s per briefing", "times the cells", "goal"], rows)}
"""
    write_section(TITLE, "make bench BENCH=overhead", text)


def _cost(office: Office, units: list[str]) -> Cost:
    office.forget()
    return cost_of(office.report(units), folder=office.folder, environment=environment())
