"""`briefings profile FILE`: a first profile for a file, for a person to correct."""

from __future__ import annotations

from pathlib import Path

from briefings.commands.screen import say
from briefings.errors import ParameterError
from briefings.files import write_file
from briefings.intake.contracts import CONTRACTS
from briefings.intake.draft_text import as_yaml
from briefings.intake.drafting import draft


def draft_profile(file: Path, table: str, sheet: str | None, out: Path | None) -> None:
    """Write the draft to a new file, or to the screen.

    ParameterError for an unknown table, or a file that is there already: somebody may have
    corrected it.
    """
    if table and table not in CONTRACTS:
        raise ParameterError(f"There is no table {table!r}.", f"Tables are {', '.join(CONTRACTS)}.")
    if out is not None and out.exists():
        raise ParameterError(f"{out} is there already.", "Name a new file with --out.")
    text = as_yaml(draft(file, table, sheet))
    if out is None:
        print(text, end="")
    else:
        write_file(out, text.encode())
        say(f"Wrote {out}. Correct it, then: briefings intake {file} --profile {out}")
