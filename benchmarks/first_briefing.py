"""How long a person waits for the first page."""

from __future__ import annotations

from benchmarks.cost import cost_of
from benchmarks.office import Office, environment
from benchmarks.results import table, write_section

TITLE = "4. The first finished briefing"


def run(office: Office) -> None:
    unit = office.units(2)[1]
    office.run("report", "--month", "2025-02", "--unit", unit)
    walls = []
    for _ in range(5):
        office.forget()
        cost = cost_of(office.report([unit]), folder=office.folder, environment=environment())
        walls.append(cost.wall)
    again = []
    for _ in range(5):
        command = office.report([unit], "--force")
        again.append(cost_of(command, folder=office.folder, environment=environment()).wall)
    rows = [
        [
            "nothing kept but the snapshot: counting too",
            _median(walls),
            "≤ 4",
        ],
        ["facts kept", _median(again), "≤ 4"],
    ]
    text = f"""
One department, one language, HTML, from the start of the command to its end (median of 5).

{table(["from", "wall s", "goal"], rows)}
"""
    write_section(TITLE, "make bench BENCH=first", text)


def _median(values: list[float]) -> str:
    return f"{sorted(values)[len(values) // 2]:.2f}"
