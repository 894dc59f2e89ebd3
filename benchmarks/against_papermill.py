"""Sixty unit briefings in HTML: ours against the usual ways, over the same notebooks."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from benchmarks.cost import Cost, cost_of
from benchmarks.inputs import laid_inputs
from benchmarks.office import ROOT, Office, environment
from benchmarks.results import table, write_section

NAMES = {
    "shell_loop": "(a) shell loop: papermill, then nbconvert",
    "one_process": "(b) one process: papermill + HTMLExporter",
    "pool": "(c) the same in a pool of 2",
    "ploomber": "(d) ploomber-engine, one process, state shared",
}
GOALS = {"shell_loop": "≥ 18", "pool": "≥ 6"}
TITLE = "1. Against the usual ways"


def run(office: Office, count: int, rivals: list[str]) -> None:
    units = office.units(count)
    ours = _ours(office, units)
    rows = [["**ours**", *_cells(ours, count), "1.0", ""]]
    for rival in rivals:
        cost = _rival(office, rival, units)
        ratio = f"{cost.wall / ours.wall:.1f}"
        rows.append([NAMES[rival], *_cells(cost, count), ratio, GOALS.get(rival, "")])
    text = f"""
{count} briefings, one language. Ours counts everything from the start of the command to the last
file: looking for changed raw files, counting the facts of all units, loading the libraries once,
executing, rendering, records, index. Nothing is kept from an earlier run but the snapshot. The
others run the same notebooks in ordinary kernels, with nbconvert's own template; each of their
notebooks counts its unit's facts itself, as in JupyterLab.

{table(["way", "wall s", "CPU s", "wall s per briefing", "ours is faster by", "goal"], rows)}
"""
    write_section(TITLE, "make bench BENCH=papermill", text)


def run_with_facts(office: Office, count: int, rivals: list[str]) -> None:
    """The same where the others are given the facts that ours has counted for them."""
    units = office.units(count)
    ours = _ours(office, units)
    with tempfile.TemporaryDirectory() as folder:
        laid_inputs(office, units, Path(folder))
        rows = [["**ours**", *_cells(ours, count), "1.0", ""]]
        for rival in rivals:
            cost = _rival(office, rival, units, facts=folder)
            ratio = f"{cost.wall / ours.wall:.1f}"
            rows.append([NAMES[rival], *_cells(cost, count), ratio, GOALS.get(rival, "")])
    text = f"""
As above, but the facts are counted beforehand and lie ready for the others, which is a thing that
their users would have to build. So this compares the press alone; ours still counts them.

{table(["way", "wall s", "CPU s", "wall s per briefing", "ours is faster by", "goal"], rows)}
"""
    write_section("1b. The same with facts laid ready", "make bench BENCH=facts", text)


def _ours(office: Office, units: list[str]) -> Cost:
    office.run("report", "--month", "2025-02", "--unit", units[0])  # compiled Python, disk cache
    office.forget()
    cost = cost_of(office.report(units), folder=office.folder, environment=environment())
    assert len(office.pages) == len(units)
    return cost


def _rival(office: Office, rival: str, units: list[str], facts: str = "") -> Cost:
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "benchmarks.rivals", rival, folder, *units]
        surroundings = environment(
            PYTHONPATH=str(ROOT), BRIEFINGS_PROJECT=str(office.folder / "briefings.toml")
        )
        if facts:
            surroundings["BENCH_FACTS"] = facts
        cost = cost_of(command, folder=office.folder, environment=surroundings)
        assert len(list(Path(folder).glob("*.html"))) == len(units)
        return cost


def _cells(cost: Cost, count: int) -> list[str]:
    return [f"{cost.wall:.1f}", f"{cost.cpu:.1f}", f"{cost.wall / count:.2f}"]
