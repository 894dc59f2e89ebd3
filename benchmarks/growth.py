"""More reports take in proportion more time, and no more memory."""

from __future__ import annotations

from benchmarks.cost import cost_of
from benchmarks.office import Office, environment
from benchmarks.results import table, write_section

TITLE = "5. Growth"
SIZES = (30, 60, 120, 240, 480)


def run(office: Office) -> None:
    rows, before = [], None
    for size in SIZES:
        office.forget()
        units = office.units(min(size, 240))
        language = "both" if size > len(units) else "vi"
        if language == "both":
            units = units[: size // 2]
        command = office.report(units, language=language)
        cost = cost_of(command, folder=office.folder, environment=environment(), memory=True)
        made = len(units) * (2 if language == "both" else 1)
        assert len(office.pages) == made
        slope = (cost.wall - before[1]) / (made - before[0]) if before else None
        rows.append(
            [
                made,
                f"{cost.wall:.1f}",
                f"{cost.wall / made:.3f}",
                "" if slope is None else f"{slope:.3f}",
                f"{cost.megabytes:.0f}",
            ]
        )
        before = (made, cost.wall)
    text = f"""
HTML. Memory is the highest sum over all processes, shared pages counted once.

{table(["reports", "wall s", "wall s per report", "s per further report", "peak MB"], rows)}
"""
    write_section(TITLE, "make bench BENCH=growth", text)
