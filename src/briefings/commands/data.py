"""`briefings data` and `briefings intake`: demonstration exports, and raw files into a snapshot."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from briefings.code.state import watched_code
from briefings.commands.changes import lines_of
from briefings.commands.interrupt import nothing_begun
from briefings.commands.screen import say, show_intake
from briefings.errors import InputError, SettingsError
from briefings.intake.changes import read_changes
from briefings.intake.deliveries import find_deliveries
from briefings.intake.snapshot import Snapshot
from briefings.intake.take_in import take_in
from briefings.lock import locked
from briefings.project import Project


def make_demonstration(project: Project) -> tuple[Path, ...]:
    """Write the synthetic exports; SettingsError for a project that holds real data."""
    if not project.is_synthetic:
        raise SettingsError(
            f"{project.file} is not marked synthetic: no demonstration data were written.",
            "Demonstration data are only made for a project with [project.synthetic].",
        )
    with nothing_begun(), locked(project.workplace):  # an intake may be reading what this replaces
        return _generate(project)


def prepare_raw(project: Project) -> None:
    """Make the demonstration data where a synthetic project has none."""
    if not project.is_synthetic or _has_data(project):
        return
    with locked(project.workplace):
        if not _has_data(project):  # another run may have made them meanwhile
            _generate(project)


def intake(project: Project, workers: int) -> None:
    """Take in the raw files and show what became of their rows."""
    with nothing_begun():
        watched_code()
        prepare_raw(project)
        snapshot = take_in(project, workers)
    show_intake(snapshot)
    for line in _changes(project, snapshot):
        say(line)


def _changes(project: Project, snapshot: Snapshot) -> Iterable[str]:
    """How the data differ from those before; nothing where there were none."""
    try:
        changes = read_changes(project.workplace)
    except InputError:
        return ()
    return lines_of(changes) if changes.identity == snapshot.identity else ()


def _generate(project: Project) -> tuple[Path, ...]:
    from briefings.demo import generate

    say("Making the synthetic demonstration exports …")
    return generate(project.file.parent)


def _has_data(project: Project) -> bool:
    try:
        find_deliveries(project)
    except InputError:
        return any(file.exists() for file in project.tables.values())
    return True
