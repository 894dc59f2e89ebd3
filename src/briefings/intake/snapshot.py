"""Validated deliveries as immutable Parquet, named by the content of everything they came from."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Collection
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pandas as pd

from briefings.errors import InputError
from briefings.files import digest, file_digest, new_folder, write_file
from briefings.intake.contracts import CONTRACTS
from briefings.intake.deliveries import ALL_MONTHS, Delivery, find_deliveries
from briefings.intake.mapping import map_table
from briefings.intake.profiles import TableProfile, load_profile
from briefings.intake.quarantine import sort_out
from briefings.intake.readers import read_raw
from briefings.periods import Month, months_between
from briefings.project import MONTH_PLACEHOLDER, Project
from briefings.reference import load_unit_codes

POINTER = "current.json"
MANIFEST = "manifest.json"
QUARANTINE = "quarantine.csv"


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


def take_in(project: Project, workers: int = 1) -> Snapshot:
    """Validate every delivery that is new or changed and point the project at the result.

    Unchanged deliveries are recognised by content and not read again. Raises InputError where a
    file breaks its contract as a whole; single bad rows go to the quarantine instead.
    """
    profile = load_profile(project.profile)
    units = load_unit_codes(project.units)
    folders, missing = {}, []
    for delivery in find_deliveries(project):
        key = _key(delivery, project, units)
        folders[delivery.name] = project.snapshots / delivery.name / key
        if not (folders[delivery.name] / MANIFEST).exists():
            shutil.rmtree(folders[delivery.name], ignore_errors=True)  # half deleted
            missing.append((delivery, folders[delivery.name], profile, units, project.file.parent))
    _run(missing, workers)
    pointer = {name: folder.name for name, folder in folders.items()}
    write_file(project.snapshots / POINTER, _json(pointer))
    return open_snapshot(project)


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


def _key(delivery: Delivery, project: Project, units: frozenset[str]) -> str:
    code = [path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py"))]
    raw = []
    for table, file in sorted(delivery.files.items()):
        if not file.is_file():
            raise InputError(f"{file}: there is no such file.", "Deliver it, or correct its path.")
        raw += [table.encode(), file.read_bytes()]
    return digest(*raw, project.profile.read_bytes(), " ".join(sorted(units)).encode(), *code)


def _run(missing: list[tuple[Any, ...]], workers: int) -> None:
    if workers == 1 or len(missing) < 2:
        for arguments in missing:
            _take_in_delivery(*arguments)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        for done in [pool.submit(_take_in_delivery, *arguments) for arguments in missing]:
            done.result()


def _take_in_delivery(
    delivery: Delivery,
    folder: Path,
    profile: dict[str, TableProfile],
    units: Collection[str],
    base: Path,
) -> None:
    rows, faults, months = [], [], set[str]()
    with new_folder(folder) as aside:
        for table, file in delivery.files.items():
            used, found, row = _take_in_table(delivery.name, table, file, profile, units)
            used.to_parquet(aside / f"{table}.parquet", index=False, compression="zstd")
            name = file.relative_to(base).as_posix() if file.is_relative_to(base) else file.name
            rows.append({**asdict(row), "file": name})
            faults.append(found.assign(table=table, file=name))
            if table == "dossiers":
                months = _active_months(used)
        quarantine = pd.concat(faults)[["table", "file", "row", "column", "value", "reason"]]
        quarantine.to_csv(aside / QUARANTINE, index=False, lineterminator="\n")
        (aside / MANIFEST).write_bytes(_json({"intake": rows, "months": sorted(months)}))


def _take_in_table(
    delivery: str,
    table: str,
    file: Path,
    profile: dict[str, TableProfile],
    units: Collection[str],
) -> tuple[pd.DataFrame, pd.DataFrame, TableIntake]:
    contract = CONTRACTS.get(table)
    if contract is None or table not in profile:
        raise InputError(
            f"The profile maps no table {table!r}.", f"Contracts are {', '.join(CONTRACTS)}."
        )
    raw = read_raw(file)
    mapped, unreadable = map_table(file, raw, contract, profile[table])
    used, faults = sort_out(mapped, unreadable, contract, units)
    first_faults = faults.drop_duplicates("row")
    headings = {h for source in profile[table].columns.values() for h in source.headings}
    intake = TableIntake(
        delivery=delivery,
        table=table,
        file=str(file),
        sha256=file_digest(file),
        read=len(raw),
        used=len(used),
        quarantined=len(first_faults),
        reasons=dict(sorted(Counter(first_faults["reason"]).items())),
        ignored_columns=tuple(name for name in raw.columns if name not in headings),
    )
    if intake.read != intake.used + intake.quarantined:
        raise InputError(f"{file}: {intake.read} rows read, but not all are accounted for.")
    return used.sort_values(list(contract.key)), faults, intake


def _active_months(dossiers: pd.DataFrame) -> set[str]:
    moments = pd.concat([dossiers["received_at"], dossiers["finished_at"].dropna()])
    return set(moments.dt.strftime("%Y-%m").unique())


def _json(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True).encode()
