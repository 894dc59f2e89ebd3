"""Raw files into the snapshot: each delivery validated once, and again only when it changes.

Nothing that reads a table is imported before there is one to read: to find that all is as it
was takes half a second.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from briefings.code.state import code_state, watched_code
from briefings.code.watch import Watch
from briefings.errors import InputError, ReportError
from briefings.files import Place, digest, file_digests, holds, remove_folder, write_file
from briefings.intake.changes import note_changes
from briefings.intake.corrections import Correction, corrections_digest, load_corrections
from briefings.intake.deliveries import Delivery, find_deliveries
from briefings.intake.elsewhere import open_elsewhere, private_folder
from briefings.intake.snapshot import (
    POINTER,
    Snapshot,
    as_json,
    current_folders,
    damaged,
    knows_superseded,
    pointer_bytes,
    read_snapshot,
)
from briefings.lock import locked
from briefings.project import Project
from briefings.reference import load_unit_codes
from briefings.store import explained_at

CHECKED = "checked.json"
# A profile that says neither counts no working days: YAML can write any letter behind a stroke.
MAY_COUNT_WORKING_DAYS = (b"working_days", b"\\")
CODE = (
    "briefings.intake.fill",
    "briefings.intake.row_keys",
    "briefings.intake.consistency",
    "briefings.intake.superseded",
    "briefings.intake.postgres.tables",
    "briefings.intake.stored",
)


def take_in(project: Project, workers: int = 1) -> Snapshot:
    """Validate every delivery that is new or changed and point the project at the result.

    Unchanged deliveries are recognised by content and not read again. Raises InputError where a
    file breaks its contract as a whole, and where the deliveries contradict each other;
    ReportError where a file or our code is touched meanwhile. Of two at once one waits, and
    then finds done what the other did.
    """
    with locked(project.workplace), explained_at(project.snapshots):
        return _take_in(project, workers)


def _take_in(project: Project, workers: int) -> Snapshot:
    watch = Watch(watched_code())
    watch.note(project.profile)
    pointer = pointer_bytes(project.snapshots)
    with private_folder(project) as aside:
        with open_elsewhere(project, aside) as elsewhere:
            deliveries = find_deliveries(project, elsewhere.parts)
            corrections = load_corrections(project.corrections, deliveries, watch)
            found = _folders(project, deliveries, corrections, watch)
            harmed = damaged(folder for _, folder in found)
            missing = [(each, folder) for each, folder in found if folder in harmed]
            elsewhere.bring(part for each, _ in missing for part in each.parts.values())
        if missing:
            from briefings.intake.fill import fill

            fill(project, missing, workers, watch, corrections, aside)
    snapshot = read_snapshot(project, {each.name: folder for each, folder in found})
    _check(project, snapshot)
    _point(project, snapshot, pointer)
    return snapshot


def _point(project: Project, snapshot: Snapshot, seen: bytes | None) -> None:
    """Make a snapshot the current one, once it is noted what it changes.

    ReportError where another machine has made one the current one since `seen` was: of a store
    nobody here holds the lock of all. Between the last look and the writing lies a moment in
    which two can still meet; who looks again afterwards finds out.
    """
    try:
        before = current_folders(project.snapshots)
    except InputError:  # the first one: nothing to compare with
        before = snapshot.folders
    if before != snapshot.folders:
        note_changes(project.workplace, before, snapshot)
    pointer = {name: folder.name for name, folder in snapshot.folders.items()}
    content = as_json(pointer)
    _refuse_other(project, seen)
    write_file(project.snapshots / POINTER, content)
    _refuse_other(project, content)


def _refuse_other(project: Project, expected: bytes | None) -> None:
    if pointer_bytes(project.snapshots) != expected:
        raise ReportError(
            f"Another machine has taken data into {project.snapshots} meanwhile.",
            "Nothing of either is lost. Let one machine take in, and run the same command again.",
        )


def _check(project: Project, snapshot: Snapshot) -> None:
    """Check the deliveries against each other, unless just these were found sound before."""
    note = as_json({"consistent": snapshot.identity, "repeated": project.repeated})
    file = project.snapshots / CHECKED
    if not holds(file, note):
        from briefings.intake.consistency import check_consistency
        from briefings.intake.profiles import load_profile
        from briefings.intake.row_keys import keyed_by_rows

        check_consistency(snapshot, keyed_by_rows(load_profile(project.profile)))
        write_file(file, note)
    if snapshot.superseded is not None and not knows_superseded(snapshot.superseded):
        from briefings.intake.superseded import note_superseded

        remove_folder(snapshot.superseded)
        note_superseded(snapshot, snapshot.superseded)


def _folders(
    project: Project,
    deliveries: Sequence[Delivery],
    corrections: Mapping[str, tuple[Correction, ...]],
    watch: Watch,
) -> list[tuple[Delivery, Place]]:
    """Deliveries and their places, named by the content of all that their tables depend on."""
    files = _raw_files(deliveries)
    for file in (project.units, *files):
        watch.note(file)
    units = " ".join(sorted(load_unit_codes(project.units))).encode()
    profile = watch.read(project.profile)
    rules = digest(profile, units, _calendar(project, profile, watch), code_state(*CODE).encode())
    raw = file_digests(files)
    raw |= {part.file: part.digest for each in deliveries for part in each.parts.values()}
    keys = {
        each.name: digest(
            rules.encode(),
            *_parts(each, raw),
            corrections_digest(corrections.get(each.name, ())),
        )
        for each in deliveries
    }
    return [(each, project.snapshots / each.name / keys[each.name]) for each in deliveries]


def _calendar(project: Project, profile: bytes, watch: Watch) -> bytes:
    """The calendar, where a profile counts working days by it; else another day off is no news."""
    if project.calendar is None or not any(each in profile for each in MAY_COUNT_WORKING_DAYS):
        return b""
    return watch.read(project.calendar)


def _raw_files(deliveries: Sequence[Delivery]) -> list[Path]:
    files = [
        file
        for delivery in deliveries
        for table, file in delivery.files.items()
        if table not in delivery.parts
    ]
    for file in files:
        if not file.is_file():
            raise InputError(f"{file}: there is no such file.", "Deliver it, or correct its path.")
    return files


def _parts(delivery: Delivery, raw: dict[Path, str]) -> list[bytes]:
    """Tables with their files; their names as well, which a profile may read."""
    names = {
        table: delivery.parts[table].name if table in delivery.parts else file.name
        for table, file in delivery.files.items()
    }
    tables = sorted(delivery.files.items())
    return [part.encode() for table, file in tables for part in (table, names[table], raw[file])]
