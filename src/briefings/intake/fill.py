"""One delivery read, checked and written: every table of it, or none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from multiprocessing import get_context
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pandas as pd

from briefings.code.watch import Watch
from briefings.errors import InputError
from briefings.files import Place, file_digest, new_folder, remove_folder, remove_partial
from briefings.intake.chunks import chunks_of
from briefings.intake.correcting import NOTHING_TO_CORRECT, Fitted, fit
from briefings.intake.corrections import Correction
from briefings.intake.deliveries import Delivery
from briefings.intake.detectors import mask_strictly
from briefings.intake.future import count_future
from briefings.intake.mapping import Mapper
from briefings.intake.parts import Part
from briefings.intake.profiles import TableProfile, by_calendar, load_profile, mapping_of
from briefings.intake.quarantine_file import QuarantineFile, quarantine_file
from briefings.intake.raw_rows import RawRows
from briefings.intake.screening import Screen
from briefings.intake.set_aside import set_aside
from briefings.intake.snapshot import MANIFEST, TableIntake, as_json, damaged
from briefings.intake.spool import USUAL_ROOM, Room, Spool
from briefings.intake.subtotal_file import write_subtotals
from briefings.intake.taking import TakenFile, Taking
from briefings.intake.used_rows import write_used
from briefings.project import Project
from briefings.reference import load_unit_codes

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
    room: Room = USUAL_ROOM


def fill(
    project: Project,
    folders: Sequence[tuple[Delivery, Place]],
    workers: int,
    watch: Watch,
    corrections: Mapping[str, tuple[Correction, ...]] = NO_CORRECTIONS,
    spill: Path | None = None,
) -> None:
    """Fill a folder for each delivery.

    `spill` is where rows lie meanwhile that do not fit into memory; of which the project's
    engine says how much there is for all workers together.
    InputError where a file breaks its contract as a whole; single bad rows go to the quarantine
    instead. ReportError where something was touched that `watch` has seen.
    """
    profile = by_calendar(load_profile(project.profile), project.calendar)
    units = load_unit_codes(project.units)
    base, workers = project.file.parent, min(workers, len(folders))
    room = Room.of(project.engine, workers, spill)
    tasks = [
        Task(each, folder, profile, units, base, watch, corrections.get(each.name, ()), room)
        for each, folder in folders
    ]
    if workers < 2:
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
    intakes, months = [], set[str]()
    with new_folder(task.folder, last=MANIFEST) as aside:
        with quarantine_file(aside) as quarantine:
            for table, file in task.delivery.files.items():
                with _named(task.delivery.parts.get(table)):
                    intake, active = _take_in_table(task, table, file, aside, quarantine)
                intakes.append(asdict(intake))
                months |= active
        manifest = {"intake": intakes, "months": sorted(months)}
        (aside / MANIFEST).write_bytes(as_json(manifest))
        # The folder is named by what lay there before it was read.
        task.watch.refuse_disturbed("it was taken in")


def _take_in_table(
    task: Task, table: str, file: Path, folder: Path, quarantine: QuarantineFile
) -> tuple[TableIntake, set[str]]:
    """One table written to a folder; what became of it, and the months in which dossiers moved."""
    contract, profile = mapping_of(task.profile, table)
    part = task.delivery.parts.get(table)
    name = part.name if part else _name(file, task.base)
    screen = Screen(contract, profile)
    with Spool(task.room) as spool:
        taking = Taking(screen, task.units, spool)
        corrected, taken, rows = _read(task, taking, file)
        taking.settle()
        kept, about = folder / f"{table}.parquet", _About(table, task.delivery.name)
        write_used(kept, about.noted(taking.used(contract.order)))
        quarantine.write(table, name, taking.faults())
        reasons = taking.reasons()
        if reasons:
            set_aside(folder, table, rows, screen.cell)
        left_out = taking.left_out()
        subtotals = write_subtotals(folder, table, taken.verdicts())
    intake = TableIntake(
        delivery=task.delivery.name,
        table=table,
        file=name,
        sha256=part.digest if part and not part.is_file else file_digest(file),
        parquet_sha256=file_digest(kept),
        read=taken.read,
        used=about.used,
        quarantined=sum(reasons.values()),
        reasons=reasons,
        ignored_columns=_masked(taken.headings.ignored),
        dropped_personal_columns=_masked(taken.headings.personal),
        corrected=len(corrected.cells),
        unfit_corrections=corrected.unfit,
        future=about.future,
        left_out=left_out,
        subtotals=subtotals,
    )
    if intake.read != intake.used + intake.quarantined:
        raise InputError(f"{file}: {intake.read} rows read, but not all are accounted for.")
    return intake, about.months


def _read(task: Task, taking: Taking, file: Path) -> tuple[Fitted, TakenFile, RawRows]:
    """All rows of a file, mapped with their corrections and as they were delivered."""
    profile, table = taking.screen.profile, taking.screen.contract.name
    own = [each for each in task.corrections if each.row.table == table]
    corrected = _fitted(task, taking.screen, own, file) if own else NOTHING_TO_CORRECT
    taken, rows = taking.file(file), _raw_rows(taking.spool, taking.screen, file)
    taken.look_ahead(corrected.put)
    for raw in chunks_of(file, profile):
        rows.add(raw)
        taken.add(corrected.put(raw), delivered=raw)
    taken.close()
    return corrected, taken, rows


def _fitted(task: Task, screen: Screen, own: Sequence[Correction], file: Path) -> Fitted:
    """The corrections that fit; the file is read once for them, as a name may come twice."""
    with Spool(task.room) as spool:
        rows = _raw_rows(spool, screen, file)
        for raw in chunks_of(file, screen.profile):
            rows.add(raw)
        return fit(own, rows, screen.cell)


def _raw_rows(spool: Spool, screen: Screen, file: Path) -> RawRows:
    contract, profile, columns = screen.contract, screen.profile, screen.profile.columns
    key = [head for name in contract.key if name in columns for head in columns[name].mentioned]
    mapper = Mapper(file, contract, profile)
    return RawRows(spool, key=key, used=profile.used_headings, above=mapper.filled_down)


class _About:
    """What is to be said of the used rows of a table, noted while they pass."""

    def __init__(self, table: str, delivery: str) -> None:
        self._table, self._delivery = table, delivery
        self.used, self.future, self.months = 0, 0, set[str]()

    def noted(self, tables: Iterable[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        for used in tables:
            self.used += len(used)
            self.future += count_future(used, self._table, self._delivery)
            if self._table == "dossiers":
                self.months |= _active_months(used)
            yield used


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


def _masked(headings: Iterable[str]) -> tuple[str, ...]:
    """Headings as they may be kept: a file without headings has persons in their place."""
    return tuple(map(mask_strictly, headings))


def _active_months(dossiers: pd.DataFrame) -> set[str]:
    moments = pd.concat([dossiers["received_at"], dossiers["finished_at"].dropna()])
    return set(np.unique(moments.to_numpy("datetime64[M]")).astype("str"))
