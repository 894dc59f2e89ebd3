"""`briefings intake FILE… --profile P`: what a profile makes of some files, without a project."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from briefings.engine import engine_of
from briefings.errors import ParameterError
from briefings.escaping import clean
from briefings.files import new_folder
from briefings.intake.inspection import Inspection, Terms, inspect
from briefings.intake.profiles import by_calendar, load_profile
from briefings.intake.spool import Room
from briefings.intake.subtotals import EQUAL, NO_SUBTOTAL
from briefings.project import REPOSITORY, Project
from briefings.reference import load_unit_codes

PROFILES = Path("data/profiles")
SUBTOTALS, REPORT = "subtotals.csv", "report.json"
MOST_SHOWN = 20


@dataclass(frozen=True)
class FilesRequest:
    """What a person asked for: files, profile, table, and where used rows go if anywhere."""

    files: tuple[Path, ...]
    profile: str
    table: str = ""
    out: Path | None = None


def inspect_files(request: FilesRequest, project: Project | None, *, as_json: bool) -> None:
    """Show what becomes of the rows of some files, and write the used ones where asked to.

    ParameterError for a profile that is not there, or a folder that is there already.
    """
    profile = load_profile(find_profile(request.profile))
    if project is not None:
        profile = by_calendar(profile, project.calendar)
    if request.out is not None and request.out.exists():
        raise ParameterError(
            f"{request.out} is there already.", "Name a new folder for the rows with --out."
        )
    units = load_unit_codes(project.units) if project else None
    # A variable says what the engine may take also where there is no project.
    engine = project.engine if project else engine_of({}, os.environ, "")
    terms = Terms(profile, units, Room.of(engine))
    if request.out is None:
        found = inspect(request.files, terms, request.table)
    else:
        with new_folder(request.out) as aside:
            found = inspect(request.files, terms, request.table, aside)
            _write(found, aside)
    if as_json:
        print(json.dumps(as_record(found), ensure_ascii=False, indent=1))
    else:
        _show(found)


def find_profile(name: str) -> Path:
    """A profile by its path, or by its name in data/profiles; ParameterError lists the names."""
    if Path(name).is_file():
        return Path(name)
    folders = list(dict.fromkeys([PROFILES.resolve(), REPOSITORY / PROFILES]))
    shipped = {file.stem: file for folder in reversed(folders) for file in folder.glob("*.yaml")}
    if name in shipped:
        return shipped[name]
    raise ParameterError(
        f"There is no profile {name!r}.",
        f"Give the path of a YAML file, or one of {', '.join(sorted(shipped))}.",
    )


def as_record(found: Inspection) -> dict[str, Any]:
    """The report for a program to read."""
    return {
        "read": found.read,
        "used": found.rows_used,
        "quarantined": dict(found.quarantined),
        "idle_rules": list(found.idle_rules),
        "ignored_columns": list(found.ignored_columns),
        "dropped_personal_columns": list(found.dropped_personal_columns),
        "files": [asdict(each) for each in found.files],
        "subtotals": found.subtotals["verdict"].value_counts().to_dict(),
    }


def _write(found: Inspection, folder: Path) -> None:
    """Subtotals and the report, beside the rows."""
    if len(found.subtotals):
        found.subtotals.to_csv(folder / SUBTOTALS, index=False, lineterminator="\n")
    report = json.dumps(as_record(found), ensure_ascii=False, indent=1)
    (folder / REPORT).write_text(report + "\n", encoding="utf-8")


def _show(found: Inspection) -> None:
    console = Console(highlight=False, markup=False, emoji=False)
    table = Table("file", "table", "read", "used", "quarantined")
    for each in found.files:
        counts = (f"{count:,}" for count in (each.read, each.used, each.quarantined))
        table.add_row(clean(Path(each.file).name), each.table, *counts)
    console.print(table)
    _list(console, "Quarantined", [f"{name}: {n:,}" for name, n in found.quarantined.items()])
    if found.idle_rules:
        _list(console, "Rules that left no row out; mistyped?", found.idle_rules)
    _list(console, "Columns ignored", found.ignored_columns)
    _list(console, "Columns that look personal, dropped", found.dropped_personal_columns)
    if len(found.subtotals):
        _list(console, "Subtotals against the sums of their rows", _verdicts(found))


def _list(console: Console, title: str, lines: Sequence[str]) -> None:
    console.print(f"{title}:" if lines else f"{title}: none")
    for line in lines:
        console.print(clean(f"  {line}"), soft_wrap=True)


def _verdicts(found: Inspection) -> list[str]:
    """How many subtotals are equal, and each one that is not."""
    counts = found.subtotals["verdict"].value_counts()
    lines = [f"{verdict}: {count:,}" for verdict, count in counts.items()]
    others = found.subtotals[~found.subtotals["verdict"].isin([EQUAL, NO_SUBTOTAL])]
    for row in others.head(MOST_SHOWN).itertuples():
        place = f"{row.period}, {row.group}, {row.column}"
        lines.append(f"{place}: stated {row.stated}, summed {row.summed}: {row.verdict}")
    return lines
