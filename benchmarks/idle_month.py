"""A month in which nothing changed, or one row."""

from __future__ import annotations

from pathlib import Path

from benchmarks.cost import cost_of
from benchmarks.office import MONTH, Office, environment
from benchmarks.results import table, write_section

TITLE = "3. A month in which nothing changed"
RAW = "data/raw/2025-02/ho_so.csv"
DONE, DAY = "Ngày hoàn thành", "13/02/2025 10:00"
OPEN, SETTLED = "Đang xử lý", "Đã trả kết quả"


def run(office: Office) -> None:
    asked = ("report", "--month", MONTH)
    first = cost_of(office.command(*asked), folder=office.folder, environment=environment())
    idle = [
        cost_of(office.command(*asked), folder=office.folder, environment=environment())
        for _ in range(5)
    ]
    changed = _settle_one_dossier(office)
    before = _pages(office)
    again = cost_of(office.command(*asked), folder=office.folder, environment=environment())
    made = len(_pages(office) - before)
    walls = sorted(cost.wall for cost in idle)
    rows = [
        ["everything, first time (HTML and PDF, two languages)", f"{first.wall:.1f}", ""],
        ["nothing changed (median of 5)", f"{walls[2]:.2f}", "≤ 1.5"],
        ["one dossier settled: intake, counting and what shows it", f"{again.wall:.1f}", ""],
    ]
    text = f"""
The default briefings of {MONTH}: 31 units, two languages. An idle run reads and hashes every raw
file, every table of the snapshot and every output.

{table(["run", "wall s", "goal"], rows)}

The dossier was one of {changed}; {made} of {len(before)} pages were made anew.
"""
    write_section(TITLE, "make bench BENCH=idle", text)


def _pages(office: Office) -> set[tuple[Path, int]]:
    """The pages, and when each was written."""
    return {(page, page.stat().st_mtime_ns) for page in office.pages}


def _settle_one_dossier(office: Office) -> str:
    """Give the first open dossier of a department its result, on a day of the month; its unit."""
    file = office.folder / RAW
    lines = file.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    unit, done = (lines[0].rstrip().split(",").index(name) for name in ("Mã đơn vị", DONE))
    for number, line in enumerate(lines):
        cells = line.split(",")
        if OPEN in cells and cells[unit].startswith("X-"):
            cells[done] = DAY
            lines[number] = ",".join(cells).replace(OPEN, SETTLED)
            file.write_text("".join(lines), encoding="utf-8")
            return cells[unit]
    raise LookupError("no dossier of a department is open")
