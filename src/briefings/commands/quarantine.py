"""`briefings quarantine`: the rows set aside, and a file in which a person corrects them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path

from rich.console import Console
from rich.table import Table

from briefings.commands.screen import say
from briefings.errors import InputError, ParameterError
from briefings.escaping import clean
from briefings.files import write_file
from briefings.intake.corrections import SUFFIXES
from briefings.intake.set_aside_rows import rows_set_aside, template_headings
from briefings.intake.snapshot import Snapshot, open_snapshot
from briefings.project import Project

SHOWN = 50
# One more line, and a spreadsheet cuts the file off without a word.
MOST_LINES = 1_048_576


def show_quarantine(project: Project, month: str, table: str, out: Path | None) -> None:
    """List the rows that the last intake set aside; with `out`, write them to be corrected.

    ParameterError for a delivery or table that there is not, and for a file of another kind.
    """
    snapshot = open_snapshot(project)
    _refuse_unknown(snapshot, month, table)
    if out is None:
        _print(snapshot, month, table)
        return
    rows = rows_set_aside(snapshot, month, table)
    _write(out, [template_headings(), *(line for row in rows for line in row.template())])
    say(f"Written: {out}. Fill in value, reason, corrected_on (2025-03-05) and office of a cell.")
    folder = project.corrections or "the folder that [intake] corrections of the project file names"
    say(f"Then put the file into {folder} and run: make intake")


def _refuse_unknown(snapshot: Snapshot, month: str, table: str) -> None:
    if month and month not in snapshot.folders:
        raise ParameterError(
            f"MONTH={month} was not delivered.", f"Valid: {', '.join(snapshot.folders)}."
        )
    if table and table not in snapshot.supplied:
        raise ParameterError(
            f"TABLE={table} is not delivered.", f"Valid: {', '.join(sorted(snapshot.supplied))}."
        )


def _print(snapshot: Snapshot, month: str, table: str) -> None:
    grid = Table("delivery", "table", "row", "found by", "faults")
    for row in islice(rows_set_aside(snapshot, month, table), SHOWN):
        grid.add_row(*map(clean, (row.delivery, row.table, row.row, row.key, row.fault)))
    Console(highlight=False, markup=False, emoji=False).print(grid)
    taken = [each for each in snapshot.intake if month in ("", each.delivery)
             and table in ("", each.table)]  # fmt: skip
    total = sum(each.quarantined for each in taken)
    rest = f" The first {SHOWN} are shown; --out writes all." if total > SHOWN else ""
    say(f"{total} of {sum(each.read for each in taken)} rows are in quarantine.{rest}")
    for unfit in (text for each in taken for text in each.unfit_corrections):
        say(f"Correction not applied: {unfit}")


def _write(file: Path, lines: Sequence[Sequence[str]]) -> None:
    if file.suffix.lower() not in SUFFIXES:
        raise ParameterError(f"{file} is of no kind that can be written.", "Use .xlsx or .csv.")
    if len(lines) > MOST_LINES:
        raise ParameterError("These are more cells than a spreadsheet holds.", "Name a TABLE.")
    try:
        write_file(file, _content(file, lines))
    except OSError as error:
        raise InputError(f"{file} can not be written: {error.strerror}.") from error


def _content(file: Path, lines: Iterable[Sequence[str]]) -> bytes:
    if file.suffix.lower() == ".xlsx":
        from briefings.intake.correction_book import workbook

        return workbook(lines)
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\n").writerows(lines)
    return stream.getvalue().encode("utf-8-sig")
