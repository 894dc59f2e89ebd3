"""A month in which nothing changed, or one row."""

from __future__ import annotations

from benchmarks.cost import cost_of
from benchmarks.office import MONTH, Office, environment
from benchmarks.results import table, write_section

TITLE = "3. A month in which nothing changed"
RAW = "data/raw/2025-02/ho_so.csv"
OPEN = "Đang xử lý"


def run(office: Office) -> None:
    asked = ("report", "--month", MONTH)
    first = cost_of(office.command(*asked), folder=office.folder, environment=environment())
    idle = [
        cost_of(office.command(*asked), folder=office.folder, environment=environment())
        for _ in range(5)
    ]
    changed = _change_one_row(office)
    plan = office.run("plan", "--month", MONTH).strip().splitlines()[-1]
    again = cost_of(office.command(*asked), folder=office.folder, environment=environment())
    walls = sorted(cost.wall for cost in idle)
    rows = [
        ["everything, first time (HTML and PDF, two languages)", f"{first.wall:.1f}", ""],
        ["nothing changed (median of 5)", f"{walls[2]:.2f}", "≤ 1.5"],
        ["one dossier row changed", f"{again.wall:.1f}", ""],
    ]
    text = f"""
The default briefings of {MONTH}: 31 units, two languages. An idle run reads and hashes every raw
file, every table of the snapshot and every output.

{table(["run", "wall s", "goal"], rows)}

One dossier of {changed} got another receipt day; the plan said: {plan}
"""
    write_section(TITLE, "make bench BENCH=idle", text)


def _change_one_row(office: Office) -> str:
    """Move the receipt of one open dossier of a department to another day; the unit's code."""
    file = office.folder / RAW
    lines = file.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    heading = lines[0].rstrip().split(",")
    unit, received = heading.index("Mã đơn vị"), heading.index("Ngày tiếp nhận")
    for number, line in enumerate(lines):
        cells = line.rstrip("\n").split(",")
        if cells[unit].startswith("X-") and OPEN in line and cells[received][:2] in ("10", "11"):
            cells[received] = f"12{cells[received][2:]}"
            lines[number] = ",".join(cells) + "\n"
            file.write_text("".join(lines), encoding="utf-8")
            return cells[unit]
    raise LookupError("no open dossier of a department was received on the 10th or 11th")
