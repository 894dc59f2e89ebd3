"""Many reports side by side, again and again: no failure, and the same bytes each time."""

from __future__ import annotations

import hashlib
from itertools import chain

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


OUTPUTS = ("*.html", "*.pdf", "*.csv")
# The whole province in one month gives 476; some of the month before make up the number.
MONTHS = ("2025-02", "2025-01")


def run(office: Office, count: int) -> None:
    units = office.units(count // 2)
    more = units[: count // 2 - len(units)]
    rows, digests = [], set()
    for number, surroundings in enumerate(SURROUNDINGS[:REPEATS]):
        office.forget()
        for month, asked in zip(MONTHS, (units, more), strict=True):
            if asked:
                command = office.report(asked, month=month, language="both", form="both")
                cost_of(command, folder=office.folder, environment=environment(**surroundings))
        assert len(office.pages) == 2 * (len(units) + len(more))
        digests.add(digest := _digest(office))
        said = " ".join(f"{name}={value}" for name, value in surroundings.items()) or "as it is"
        rows.append([number + 1, said, len(office.pages), f"`{digest[:16]}`"])
    verdict = "equal" if len(digests) == 1 else "**NOT EQUAL**"
    text = f"""
{len(office.pages)} reports (HTML, PDF, figures, executed notebook) × {REPEATS} runs, each run from
nothing, with as many workers as cores. All bytes of all runs: {verdict}.

{table(["run", "surroundings", "reports", "digest of all files"], rows)}
"""
    write_section(TITLE, "make bench BENCH=bytes", text)
    assert len(digests) == 1


def _digest(office: Office) -> str:
    """Of every output with its place, and of what is kept: facts and executed notebooks."""
    total = hashlib.sha256()
    outputs = chain.from_iterable((office.folder / "reports").rglob(kind) for kind in OUTPUTS)
    kept = (file for file in (office.folder / "data/cache").rglob("*") if file.is_file())
    for file in sorted((*outputs, *kept)):
        total.update(str(file.relative_to(office.folder)).encode() + file.read_bytes())
    return total.hexdigest()
