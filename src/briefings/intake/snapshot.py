"""Validated deliveries as immutable Parquet, named by the content of everything they came from."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from briefings.errors import InputError
from briefings.files import Place, digest, file_digest, file_digests
from briefings.intake.deliveries import ALL_MONTHS
from briefings.periods import Month, months_between
from briefings.project import Project
from briefings.store import explained_at

POINTER = "current.json"
MANIFEST = "manifest.json"
SUPERSEDED = "superseded"
DIGESTS = "digests.json"
LISTS = ("ignored_columns", "dropped_personal_columns", "unfit_corrections")


@dataclass(frozen=True)
class TableIntake:
    """What became of one raw table: rows read = used + quarantined, and the content it left.

    `sha256` is of the raw file, or the digest of its rows that the database worked out;
    `parquet_sha256` is of the table kept. `reasons` counts every quarantined row once, under the
    first of its faults. Of the headings that no contract column comes from,
    `dropped_personal_columns` are those that look personal, `ignored_columns` all others.
    `corrected` rows were changed by hand, wherever they went then; `unfit_corrections` are those
    that could not be applied, each with its place and why. `future` counts the used rows that are
    dated later than can be, `left_out` the quarantined rows that the profile leaves out on purpose.
    `subtotals` counts the verdicts on subtotals that the profile compares with their rows.
    """

    delivery: str
    table: str
    file: str
    sha256: str
    parquet_sha256: str
    read: int
    used: int
    quarantined: int
    reasons: dict[str, int]
    ignored_columns: tuple[str, ...]
    dropped_personal_columns: tuple[str, ...]
    corrected: int
    unfit_corrections: tuple[str, ...]
    future: int
    left_out: int
    subtotals: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Snapshot:
    """The current content of a project: folders by delivery, what was taken in, months covered.

    `superseded` is where the rows are named that later deliveries replace; None where none may.
    """

    folders: dict[str, Place]
    intake: tuple[TableIntake, ...]
    months: tuple[Month, ...]
    superseded: Place | None = None

    @property
    def supplied(self) -> frozenset[str]:
        """The tables that the project delivers at all."""
        return frozenset(row.table for row in self.intake)

    def as_of(self, month: Month) -> Snapshot:
        """The deliveries up to a month: what a briefing of that month may read."""
        names = [name for name in self.folders if name == ALL_MONTHS or name <= str(month)]
        return Snapshot(
            folders={name: self.folders[name] for name in names},
            intake=tuple(row for row in self.intake if row.delivery in names),
            months=tuple(m for m in self.months if m <= month),
            superseded=self.superseded,
        )

    @property
    def identity(self) -> str:
        """One hash over every delivery: equal identities mean equal rows."""
        return digest(*(folder.name.encode() for _, folder in sorted(self.folders.items())))

    def files(self, table: str) -> list[str]:
        """The Parquet files of one table: paths, or addresses in an object store."""
        return [str(file) for file in self.files_by_delivery(table).values()]

    def files_by_delivery(self, table: str) -> dict[str, Place]:
        """The same by delivery, the oldest first."""
        rows = (row for row in self.intake if row.table == table)
        return {row.delivery: self.folders[row.delivery] / f"{table}.parquet" for row in rows}

    def superseded_file(self, table: str) -> Place | None:
        """The rows of a table that later deliveries replace; None where there are none."""
        file = self.superseded / f"{table}.parquet" if self.superseded else None
        return file if file and file.exists() else None


def as_json(content: object) -> bytes:
    """Equal contents give equal bytes."""
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True).encode()


def open_snapshot(project: Project) -> Snapshot:
    """The snapshot that the last intake left.

    InputError when there was none, or when a file of it is gone or is not what was written.
    """
    with explained_at(project.snapshots):
        return _open(project)


def _open(project: Project) -> Snapshot:
    folders = current_folders(project.snapshots)
    harmed = damaged(folders.values())
    if harmed:
        names = (name for name, folder in folders.items() if folder in harmed)
        raise InputError(
            f"Data that were taken in are gone or were altered: {', '.join(names)}.",
            "Run: make intake",
        )
    snapshot = read_snapshot(project, folders)
    if snapshot.superseded is not None and not knows_superseded(snapshot.superseded):
        raise InputError("It is not noted which rows were replaced.", "Run: make intake")
    return snapshot


def read_snapshot(project: Project, folders: dict[str, Place]) -> Snapshot:
    """The snapshot of some folders by delivery, whose content has been verified."""
    folders = dict(sorted(folders.items()))
    manifests = {name: _manifest(folder) for name, folder in folders.items()}
    intake = tuple(row for manifest in manifests.values() for row in _intake(manifest))
    snapshot = Snapshot(folders, intake, _months(project, manifests))
    if project.repeated == "refuse":
        return snapshot
    return replace(snapshot, superseded=project.snapshots / SUPERSEDED / snapshot.identity)


def taken_in(folder: Place) -> list[TableIntake]:
    """What became of the raw files of a delivery; nothing without a sound manifest."""
    try:
        return _intake(_manifest(folder))
    except (OSError, ValueError, TypeError, KeyError):
        return []


def damaged(folders: Iterable[Place]) -> set[Place]:
    """The deliveries of which a table is missing or has not the content it was given."""
    tables = {folder: _tables(folder) for folder in folders}
    found = file_digests(file for files in tables.values() for file in files or () if file.exists())
    return {
        folder
        for folder, files in tables.items()
        if files is None or any(found.get(file) != expected for file, expected in files.items())
    }


def knows_superseded(folder: Place) -> bool:
    """Whether all that was noted of replaced rows is there, and is what was written."""
    try:
        digests = json.loads((folder / DIGESTS).read_text(encoding="utf-8"))
        return all(file_digest(folder / name) == digest for name, digest in digests.items())
    except (OSError, ValueError):
        return False


def _tables(folder: Place) -> dict[Place, str] | None:
    """The tables of a delivery and the digest each must have; None without a sound manifest."""
    rows = taken_in(folder)
    return {folder / f"{row.table}.parquet": row.parquet_sha256 for row in rows} or None


def current_folders(snapshots: Place) -> dict[str, Place]:
    """The folder of each delivery that the last intake left; InputError when there was none."""
    try:
        pointer = json.loads((snapshots / POINTER).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:
        raise InputError("The data have not been taken in yet.", "Run: make intake") from error
    return {name: snapshots / name / key for name, key in pointer.items()}


def pointer_bytes(snapshots: Place) -> bytes | None:
    """What now says which deliveries are current; None where nothing does."""
    if not isinstance(snapshots, Path):
        snapshots.fs.invalidate_cache()
    try:
        return (snapshots / POINTER).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None


def _manifest(folder: Place) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    return content


def _intake(manifest: dict[str, Any]) -> list[TableIntake]:
    return [
        TableIntake(**{**row, **{name: tuple(row[name]) for name in LISTS}})
        for row in manifest["intake"]
    ]


def _months(project: Project, manifests: dict[str, dict[str, Any]]) -> tuple[Month, ...]:
    if project.has_monthly_files:
        named = [name for name in manifests if name != ALL_MONTHS]
    else:
        named = [month for manifest in manifests.values() for month in manifest["months"]]
    months = sorted(Month.parse(name) for name in named)
    return months_between(months[0], months[-1]) if months else ()
