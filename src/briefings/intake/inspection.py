"""Files read by a profile alone, without a project: what would be used of them, and what not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from briefings.errors import InputError, ParameterError
from briefings.intake.chunks import chunks_of
from briefings.intake.contracts import CONTRACTS
from briefings.intake.correcting import NOTHING_TO_CORRECT
from briefings.intake.detectors import mask_strictly
from briefings.intake.mapping import missing_headings
from briefings.intake.profiles import TableProfile
from briefings.intake.quarantine_file import QuarantineFile, quarantine_file
from briefings.intake.row_keys import refuse_same_rows
from briefings.intake.screening import Screen
from briefings.intake.spool import USUAL_ROOM, Room, Spool
from briefings.intake.subtotals import RESULT_COLUMNS
from briefings.intake.taking import TakenFile, Taking
from briefings.intake.used_rows import write_used


@dataclass(frozen=True)
class FileRows:
    """What became of the rows of one file: read = used + quarantined."""

    file: str
    table: str
    read: int
    used: int
    quarantined: int


@dataclass(frozen=True)
class Inspection:
    """What a profile makes of some files.

    `quarantined` counts every row that is not used once, by its first reason; rows that the
    profile leaves out on purpose are among them. Every heading that is read for nothing stands
    in `ignored_columns`, or in `dropped_personal_columns` if it looks personal. `subtotals` has
    one row per subtotal that was compared. `idle_rules` are the reasons of rules that left no row
    out, because they meet none or others came first.
    """

    files: tuple[FileRows, ...]
    quarantined: Mapping[str, int]
    ignored_columns: tuple[str, ...]
    dropped_personal_columns: tuple[str, ...]
    subtotals: pd.DataFrame
    idle_rules: tuple[str, ...]

    @property
    def read(self) -> int:
        """Rows in all files."""
        return sum(each.read for each in self.files)

    @property
    def rows_used(self) -> int:
        """Rows that obey their contract."""
        return sum(each.used for each in self.files)


@dataclass(frozen=True)
class _FileFound:
    """What was found in one file, whose headings are not masked yet."""

    rows: FileRows
    others: tuple[str, ...]
    personal: tuple[str, ...]
    subtotals: pd.DataFrame


@dataclass(frozen=True)
class Terms:
    """By what files are inspected.

    `units` are the codes that a project knows; without them those of the profile are, and if it
    lists none, codes are taken as they stand. `room` is for the rows meanwhile.
    """

    profile: Mapping[str, TableProfile]
    units: Collection[str] | None = None
    room: Room = USUAL_ROOM


def inspect(
    files: Sequence[Path], terms: Terms, table: str = "", keep: Path | None = None
) -> Inspection:
    """Read files, map them and sort out their rows.

    Into the folder `keep`, where it is named, go the used rows of each table (Parquet, by key)
    and the faults (CSV). ParameterError for a table that the profile does not map or that has to
    be named; InputError where a file breaks its contract as a whole.
    """
    fitting = _fitting_tables(list(dict.fromkeys(files)), terms.profile, table)
    found: dict[Path, _FileFound] = {}
    quarantined, used, reasons = Counter[str](), 0, list[str]()
    with ExitStack() as stack:
        faults = stack.enter_context(quarantine_file(keep)) if keep else None
        for name in dict.fromkeys(fitting.values()):
            own = [file for file, fits in fitting.items() if fits == name]
            with Spool(terms.room) as spool:
                taking, taken = _read(name, own, terms, spool)
                found |= {each.file: _found(taking, each) for each in taken}
                quarantined.update(taking.reasons())
                used += taking.used_count()
                reasons += [rule.reason for rule in terms.profile[name].rules]
                if keep and faults:
                    write_used(keep / f"{name}.parquet", taking.used(CONTRACTS[name].key))
                    _write_faults(faults, taking, taken)
    idle = dict.fromkeys(reason for reason in reasons if not quarantined[reason])
    inspection = _inspection([found[file] for file in fitting], quarantined, tuple(idle))
    if inspection.rows_used != used:
        raise InputError(f"{inspection.read} rows read, but not all are accounted for.")
    return inspection


def _fitting_tables(
    files: Sequence[Path], profile: Mapping[str, TableProfile], table: str
) -> dict[Path, str]:
    """The table of each file: the one that was named, or the one whose headings it has."""
    if table and table not in profile:
        raise ParameterError(
            f"The profile maps no table {table!r}.", f"It maps {', '.join(profile)}."
        )
    names = [table] if table else list(profile)
    return {file: _fitting(file, profile, names) for file in files}


def _fitting(file: Path, profile: Mapping[str, TableProfile], names: list[str]) -> str:
    if len(names) == 1:
        return names[0]
    fits = {}
    for name in names:
        with closing(chunks_of(file, profile[name])) as chunks:
            headings = list(next(chunks).columns)
        if not missing_headings(headings, profile[name]):
            fits[name] = len(profile[name].used_headings(headings))
    best = [name for name, used in fits.items() if used == max(fits.values())]
    if len(best) == 1:
        return best[0]
    raise ParameterError(
        f"{file}: its headings fit {'several tables' if best else 'no table'} of the profile"
        f"{': ' + ', '.join(best) if best else ''}.",
        f"Name the table with --table: {', '.join(best or names)}.",
    )


def _read(
    table: str, files: Sequence[Path], terms: Terms, spool: Spool
) -> tuple[Taking, list[TakenFile]]:
    """All files of one table as one delivery, settled."""
    profile = terms.profile[table]
    units = profile.units if terms.units is None else terms.units
    refuse_same_rows(table, profile, files)
    taking = Taking(Screen(CONTRACTS[table], profile), units, spool)
    taken, offset = list[TakenFile](), 0
    for file in files:
        each = taking.file(file, offset)
        each.look_ahead(NOTHING_TO_CORRECT.put)
        for raw in chunks_of(file, profile):
            each.add(raw)
        each.close()
        taken.append(each)
        offset = each.last + 1
    taking.settle()
    return taking, taken


def _found(taking: Taking, taken: TakenFile) -> _FileFound:
    unused, table = taking.unused(taken.offset, taken.last), taking.screen.contract.name
    rows = FileRows(str(taken.file), table, taken.read, taken.read - unused, unused)
    headings = taken.headings
    return _FileFound(rows, headings.others, headings.personal, taken.verdicts())


def _write_faults(faults: QuarantineFile, taking: Taking, taken: Sequence[TakenFile]) -> None:
    """The faults with the name of their file and the row in it."""
    table = taking.screen.contract.name
    for found in taking.faults():
        for each in taken:
            own = found[found["row"].between(each.offset, each.last)]
            faults.write(table, str(each.file), [own.assign(row=own["row"] - each.offset)])


def _inspection(
    files: Sequence[_FileFound], quarantined: Counter[str], idle_rules: tuple[str, ...]
) -> Inspection:
    dropped = dict.fromkeys(name for each in files for name in each.personal)
    ignored = dict.fromkeys(name for each in files for name in each.others if name not in dropped)
    filled = [each.subtotals for each in files if len(each.subtotals)]
    return Inspection(
        files=tuple(each.rows for each in files),
        quarantined=dict(sorted(quarantined.items())),
        ignored_columns=tuple(map(mask_strictly, ignored)),
        dropped_personal_columns=tuple(map(mask_strictly, dropped)),
        subtotals=pd.concat(filled, ignore_index=True)
        if filled
        else pd.DataFrame(columns=RESULT_COLUMNS),
        idle_rules=idle_rules,
    )
