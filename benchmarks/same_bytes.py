"""Many reports side by side, again and again: no failure, and the same bytes each time."""

from __future__ import annotations

import hashlib

from benchmarks.cost import cost_of
from benchmarks.office import Office, environment
from benchmarks.results import table, write_section

TITLE = "6. The same bytes"
REPEATS = 5
SURROUNDINGS = (
    {},
    {"TZ": "Asia/Ho_Chi_Minh"},
    {"LC_ALL": "C"},
    {"PYTHONHASHSEED": "4711"},
    {"HOME": "/nonexistent"},
)


def run(office: Office, count: int) -> None:
    units = office.units(count // 2)
    rows, digests = [], set()
    for number, surroundings in enumerate(SURROUNDINGS[:REPEATS]):
        office.forget()
        command = office.report(units, language="both")
        cost_of(command, folder=office.folder, environment=environment(**surroundings))
        files = [*office.pages, *sorted((office.folder / "reports").glob("*/*/figures.csv"))]
        assert len(office.pages) == 2 * len(units)
        digests.add(digest := _digest(files))
        said = " ".join(f"{name}={value}" for name, value in surroundings.items()) or "as it is"
        rows.append([number + 1, said, len(office.pages), f"`{digest[:16]}`"])
    verdict = "equal" if len(digests) == 1 else "**NOT EQUAL**"
    text = f"""
{2 * len(units)} reports (HTML and figures) × {REPEATS} runs, each run from nothing, with as many
workers as cores. All bytes of all runs: {verdict}.

{table(["run", "surroundings", "reports", "digest of all files"], rows)}
"""
    write_section(TITLE, "make bench BENCH=bytes", text)
    assert len(digests) == 1


def _digest(files: list) -> str:
    total = hashlib.sha256()
    for file in files:
        total.update(file.name.encode() + file.parent.name.encode() + file.read_bytes())
    return total.hexdigest()
