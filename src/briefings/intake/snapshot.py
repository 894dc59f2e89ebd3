"""Validated deliveries as immutable Parquet, named by the content of everything they came from."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefings.errors import InputError
from briefings.files import digest
from briefings.intake.deliveries import ALL_MONTHS
from briefings.periods import Month, months_between
from briefings.project import MONTH_PLACEHOLDER, Project

POINTER = "current.json"
MANIFEST = "manifest.json"


@dataclass(frozen=True)
class TableIntake:
    """What became of one raw file: rows read = used + quarantined, and the content it left.

    `reasons` counts every quarantined row once, under the first of its faults.
    """

    delivery: str
    table: str
    file: str
    sha256: str
    read: int
    used: int
    quarantined: int
    reasons: dict[str, int]
    ignored_columns: tuple[str, ...]


@dataclass(frozen=True)
class Snapshot:
    """The current content of a project: folders by delivery, what was taken in, months covered."""

    folders: dict[str, Path]
    intake: tuple[TableIntake, ...]
    months: tuple[Month, ...]

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
        )

    @property
    def identity(self) -> str:
        """One hash over every delivery: equal identities mean equal rows."""
        return digest(*(folder.name.encode() for _, folder in sorted(self.folders.items())))

    def files(self, table: str) -> list[str]:
        """The Parquet files of one table."""
        paths = (folder / f"{table}.parquet" for folder in self.folders.values())
        return [str(path) for path in paths if path.exists()]


def open_snapshot(project: Project) -> Snapshot:
    """The snapshot that the last intake left; InputError when there was none."""
    pointer = project.snapshots / POINTER
    if not pointer.exists():
        raise InputError("The data have not been taken in yet.", "Run: make intake")
    folders = {
        name: project.snapshots / name / key
        for name, key in json.loads(pointer.read_text(encoding="utf-8")).items()
    }
    if not all((folder / MANIFEST).exists() for folder in folders.values()):
        raise InputError("Part of the data that were taken in is gone.", "Run: make intake")
    manifests = [json.loads((f / MANIFEST).read_text(encoding="utf-8")) for f in folders.values()]
    intake = tuple(
        TableIntake(**{**row, "ignored_columns": tuple(row["ignored_columns"])})
        for manifest in manifests
        for row in manifest["intake"]
    )
    return Snapshot(folders, intake, _months(project, folders, manifests))


def _months(
    project: Project, folders: dict[str, Path], manifests: list[dict[str, Any]]
) -> tuple[Month, ...]:
    if MONTH_PLACEHOLDER in str(project.tables["dossiers"]):
        named = [name for name in folders if name != ALL_MONTHS]
    else:
        named = [month for manifest in manifests for month in manifest["months"]]
    months = sorted(Month.parse(name) for name in named)
    return months_between(months[0], months[-1]) if months else ()
