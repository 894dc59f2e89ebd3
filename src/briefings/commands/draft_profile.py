"""`briefings profile FILE`: a first profile for a file, for a person to correct."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

from briefings.commands.screen import say
from briefings.errors import ParameterError
from briefings.files import write_file
from briefings.intake.contracts import CONTRACTS
from briefings.intake.draft_text import written
from briefings.intake.drafting import draft
from briefings.intake.layout import Layout
from briefings.intake.readers.kinds import ODS, XLSX, kind_of


def draft_profile(
    file: Path,
    out: Path | None,
    *,
    table: str = "",
    sheet: str | None = None,
    encoding: str | None = None,
    header_rows: str = "",
) -> None:
    """Write the draft to a new file, or to the screen, and say what must not be overlooked.

    ParameterError for an unknown table, rows that are none, or a file that is there already:
    somebody may have corrected it. SettingsError for what no layout allows.
    """
    if table and table not in CONTRACTS:
        raise ParameterError(f"There is no table {table!r}.", f"Tables are {', '.join(CONTRACTS)}.")
    if out is not None and os.path.lexists(out):
        raise ParameterError(f"{out} is there already.", "Name a new file with --out.")
    if sheet is not None and kind_of(file) not in (XLSX, ODS):
        raise ParameterError(f"{file} has no sheets.", "Leave out --sheet.")
    rows = row_numbers(header_rows)
    given = Layout(sheet=sheet, encoding=encoding, header_rows=rows or (1,))
    found = draft(file, table, given, seek_headings=not rows)
    text = written(found)
    if out is None:
        print(text.profile, end="")
    else:
        _write(out, text.profile)
        names = map(shlex.quote, (str(file), str(out)))
        say("Wrote {1}. Correct it, then: briefings intake {0} --profile {1}".format(*names))
    for remark in text.remarks:
        say(f"Attention: {remark}")


def _write(file: Path, text: str) -> None:
    try:
        write_file(file, text.encode())
    except OSError as error:
        raise ParameterError(
            f"Cannot write {file}: {error.strerror}.", "Name another file with --out."
        ) from error


def row_numbers(written: str) -> tuple[int, ...]:
    """The rows of `--header-rows`, as 3 or 5,6,7; ParameterError for anything else."""
    parts = [part.strip() for part in written.split(",")] if written.strip() else []
    if not all(part.isascii() and part.isdecimal() for part in parts):
        raise ParameterError(
            f"--header-rows is {written!r}.", "Write row numbers as a spreadsheet shows them: 5,6,7"
        )
    return tuple(map(int, parts))
