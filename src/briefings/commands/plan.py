"""`briefings plan`: what would be made again and why."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from rich.console import Console
from rich.table import Table

from briefings.commands.form import form_as_planned
from briefings.commands.interrupt import nothing_begun
from briefings.commands.prepare import prepare
from briefings.commands.request import Request
from briefings.commands.screen import say
from briefings.escaping import clean
from briefings.facts.gate import GateResult
from briefings.periods import Month
from briefings.press.plan import plan
from briefings.press.step import Action, Step

TO_DO = {Action.EXECUTE: "to execute", Action.RENDER: "to render", Action.NOTHING: "unchanged"}
MOST_NAMES = 6
MOST_REASONS = 8

# What is done and why → the names of the reports.
Groups: TypeAlias = dict[tuple[Action, tuple[str, ...]], list[str]]


def show_plan(request: Request, workers: int, *, as_json: bool = False) -> None:
    """Print what a run would do; takes the data in, and leaves every report as it is."""
    with nothing_begun():
        prepared = prepare(request, workers)
    steps = plan(prepared.jobs, cache=request.project.executed)
    if as_json:
        sys.stdout.write(plan_as_json(steps))
    else:
        _print(steps, form_as_planned(request.project, request.month, prepared.form))
        _print_gates(prepared.gates, request.month)


def plan_as_json(steps: Iterable[Step]) -> str:
    """A list with report, action and reasons of each step."""
    rows = [
        {"report": step.job.name, "action": step.action, "reasons": step.reasons} for step in steps
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def totals(steps: Iterable[Step]) -> str:
    """How many briefings there are and what happens to them."""
    counts = Counter(step.action for step in steps)
    parts = (f"{counts[action]} {word}" for action, word in TO_DO.items())
    return f"{counts.total()} briefings: {', '.join(parts)}."


def grouped(steps: Iterable[Step]) -> Groups:
    """The reports that share action and reasons, the most work first."""
    groups: Groups = {}
    for step in steps:
        groups.setdefault((step.action, step.reasons), []).append(step.job.name)
    order = list(Action)
    return dict(sorted(groups.items(), key=lambda item: order.index(item[0][0])))


def _print(steps: Sequence[Step], form: str) -> None:
    table = Table("briefings", "action", "reasons")
    for (action, reasons), names in grouped(steps).items():
        cells = (_shortened(names, MOST_NAMES), action, _shortened(reasons, MOST_REASONS))
        table.add_row(*map(clean, cells), end_section=True)
    console = Console(highlight=False, markup=False, emoji=False)
    console.print(table)
    console.print(totals(steps))
    console.print(clean(form))


def _print_gates(gates: Iterable[GateResult], month: Month) -> None:
    held = sum(each.holds_back for each in gates)
    if held:
        say(f"{held} gates are not passed: `report` would refuse.")
        say(f"See: briefings gates --month {month}")


def _shortened(lines: Sequence[str], most: int) -> str:
    rest = len(lines) - most
    return "\n".join([*lines[:most], *([f"and {rest} more"] if rest > 0 else [])])
