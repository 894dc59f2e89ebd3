"""One delivery read, checked and written: every table of it, or none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from multiprocessing import get_context
from pathlib import Path
from types import MappingProxyType

import pandas as pd

from briefings.code.watch import Watch
from briefings.errors import InputError
from briefings.files import Place, file_digest, new_folder, remove_folder, remove_partial
from briefings.intake.contract import Contract
from briefings.intake.correcting import correct
from briefings.intake.corrections import Correction
from briefings.intake.deliveries import Delivery
from briefings.intake.detectors import mask_strictly
from briefings.intake.future import count_future
from briefings.intake.mapping import LEFT_OUT, map_table
from briefings.intake.parts import Part
from briefings.intake.personal import personal_columns
from briefings.intake.profiles import TableProfile, by_calendar, load_profile, mapping_of
from briefings.intake.quarantine import QUARANTINE_COLUMNS
from briefings.intake.readers import read_raw
from briefings.intake.screening import Screen
from briefings.intake.set_aside import set_aside
from briefings.intake.shown import shown
from briefings.intake.snapshot import MANIFEST, TableIntake, as_json, damaged
from briefings.intake.subtotal_file import write_subtotals
from briefings.intake.subtotals import verdicts_of
from briefings.project import Project
from briefings.reference import load_unit_codes

QUARANTINE = "quarantine.csv"
# A reader passes over the groups of rows whose days it does not ask for.
ROWS_PER_GROUP = 100_000
NO_CORRECTIONS: Mapping[str, tuple[Correction, ...]] = MappingProxyType({})


@dataclass(frozen=True)
class Task:
    """One delivery to take in: its files, the rules for them, and the folder to fill.

    File names are written relative to `base`, the project's folder.
    """

    delivery: Delivery
    folder: Place
    profile: dict[str, TableProfile]
    units: frozenset[str]
    base: Path
    watch: Watch
    corrections: tuple[Correction, ...] = ()


def fill(
    project: Project,
    folders: Sequence[tuple[Delivery, Place]],
    workers: int,
    watch: Watch,
    corrections: Mapping[str, tuple[Correction, ...]] = NO_CORRECTIONS,
) -> None:
    """Fill a folder for each delivery.

    InputError where a file breaks its contract as a whole; single bad rows go to the quarantine
    instead. ReportError where something was touched that `watch` has seen.
    """
    profile = by_calendar(load_profile(project.profile), project.calendar)
    units = load_unit_codes(project.units)
    base = project.file.parent
    tasks = [
        Task(each, folder, profile, units, base, watch, corrections.get(each.name, ()))
        for each, folder in folders
    ]
    if workers == 1 or len(tasks) < 2:
        for task in tasks:
            _fill(task)
    else:
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            for done in [pool.submit(_fill, task) for task in tasks]:
                done.result()


def _fill(task: Task) -> None:
    """Read, check and write every table of a delivery; the folder appears when all is done."""
    if not damaged([task.folder]):  # another run has filled it since, and may be reading it
        return
    remove_folder(task.folder)
    remove_partial(task.folder.parent)
    intakes, faults, months = [], [], set[str]()
    with new_folder(task.folder, last=MANIFEST) as aside:
        for table, file in task.delivery.files.items():
            with _named(task.delivery.parts.get(table)):
                used, found, intake = _take_in_table(task, table, file, aside)
            intakes.append(asdict(intake))
            faults.append(found.assign(table=table, file=intake.file))
            if table == "dossiers":
                months = _active_months(used)
        quarantine = pd.concat(faults)[QUARANTINE_COLUMNS]
        quarantine["value"] = quarantine["value"].map(shown)
        quarantine.to_csv(aside / QUARANTINE, index=False, lineterminator="\n")
        manifest = {"intake": intakes, "months": sorted(months)}
        (aside / MANIFEST).write_bytes(as_json(manifest))
        # The folder is named by what lay there before it was read.
        task.watch.refuse_disturbed("it was taken in")


def _take_in_table(
    task: Task, table: str, file: Path, folder: Path
) -> tuple[pd.DataFrame, pd.DataFrame, TableIntake]:
    contract, profile = mapping_of(task.profile, table)
    part = task.delivery.parts.get(table)
    kept, raw = folder / f"{table}.parquet", read_raw(file, profile.layout)
    headings = _mapped(raw.columns, profile)
    key = [heading for heading in _key_headings(contract, profile) if heading in headings]
    own = [each for each in task.corrections if each.row.table == table]
    screen = Screen(contract, profile)
    corrected = correct(raw, own, key=key, mapped=headings, as_shown=screen.cell)
    mapped, unreadable = map_table(file, corrected.raw, contract, profile)
    screen.refuse_columns_of_persons(file, mapped)
    used, faults = screen.sort_out(mapped, unreadable, task.units)
    used = used.sort_values(list(contract.order))
    used.to_parquet(kept, index=False, compression="zstd", row_group_size=ROWS_PER_GROUP)
    set_aside(folder, table, raw, faults, key=key, mapped=headings, as_shown=screen.cell)
    first_faults = faults.drop_duplicates("row")
    personal = personal_columns(raw, headings)
    unused = first_faults.set_index("row")["reason"].reindex(raw.index)
    subtotals = write_subtotals(folder, table, verdicts_of(raw, unused, profile.rules))
    intake = TableIntake(
        delivery=task.delivery.name,
        table=table,
        file=part.name if part else _name(file, task.base),
        sha256=part.digest if part and not part.is_file else file_digest(file),
        parquet_sha256=file_digest(kept),
        read=len(raw),
        used=len(used),
        quarantined=len(first_faults),
        reasons=dict(sorted(Counter(first_faults["reason"]).items())),
        ignored_columns=_masked(name for name in raw.columns if name not in (*headings, *personal)),
        dropped_personal_columns=_masked(personal),
        corrected=len(corrected.rows),
        unfit_corrections=corrected.unfit,
        future=count_future(used, table, task.delivery.name),
        left_out=int((first_faults["column"] == LEFT_OUT).sum()),
        subtotals=subtotals,
    )
    if intake.read != intake.used + intake.quarantined:
        raise InputError(f"{file}: {intake.read} rows read, but not all are accounted for.")
    return used, faults, intake


@contextmanager
def _named(part: Part | None) -> Iterator[None]:
    """Name what came from elsewhere as the person knows it, not by its place here."""
    try:
        yield
    except InputError as error:
        if part is None:
            raise
        said = error.message.replace(str(part.file), part.name)
        raise InputError(said, error.advice) from error


def _name(file: Path, base: Path) -> str:
    return file.relative_to(base).as_posix() if file.is_relative_to(base) else file.name


def _mapped(headings: Iterable[str], profile: TableProfile) -> list[str]:
    """The headings that are read, in the order of the file."""
    known = list(headings)
    used = profile.used_headings(known)
    return [heading for heading in known if heading in used]


def _key_headings(contract: Contract, profile: TableProfile) -> list[str]:
    sources = (profile.columns.get(name) for name in contract.key)
    return [heading for source in sources if source for heading in source.mentioned]


def _masked(headings: Iterable[str]) -> tuple[str, ...]:
    """Headings as they may be kept: a file without headings has persons in their place."""
    return tuple(map(mask_strictly, headings))


def _active_months(dossiers: pd.DataFrame) -> set[str]:
    moments = pd.concat([dossiers["received_at"], dossiers["finished_at"].dropna()])
    return set(moments.dt.strftime("%Y-%m").unique())
