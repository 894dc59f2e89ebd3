"""Files read by a profile alone, without a project: what would be used of them, and what not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from briefings.errors import InputError, ParameterError
from briefings.intake.contracts import CONTRACTS
from briefings.intake.detectors import mask_strictly
from briefings.intake.mapping import map_table, missing_headings
from briefings.intake.personal import personal_columns
from briefings.intake.profiles import TableProfile
from briefings.intake.quarantine import QUARANTINE_COLUMNS
from briefings.intake.readers import read_raw
from briefings.intake.screening import Screen
from briefings.intake.subtotals import RESULT_COLUMNS, verdicts_of


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
    in `ignored_columns`, or in `dropped_personal_columns` if it looks personal. `quarantine` has
    a row per fault, `subtotals` one per subtotal that was compared, `used` the tables.
    """

    files: tuple[FileRows, ...]
    quarantined: Mapping[str, int]
    ignored_columns: tuple[str, ...]
    dropped_personal_columns: tuple[str, ...]
    used: Mapping[str, pd.DataFrame]
    quarantine: pd.DataFrame
    subtotals: pd.DataFrame

    @property
    def read(self) -> int:
        """Rows in all files."""
        return sum(each.read for each in self.files)

    @property
    def rows_used(self) -> int:
        """Rows that obey their contract."""
        return sum(each.used for each in self.files)


@dataclass(frozen=True)
class _File:
    """One file that was read, with the rules that fit it; its rows are numbered from `offset`."""

    file: Path
    table: str
    raw: pd.DataFrame
    offset: int


def inspect(
    files: Sequence[Path],
    profile: Mapping[str, TableProfile],
    table: str = "",
    units: Collection[str] | None = None,
) -> Inspection:
    """Read files, map them and sort out their rows; nothing is written.

    `units` are the codes that a project knows; without them those of the profile are, and if it
    lists none, codes are taken as they stand. ParameterError for a table that the profile does
    not map or that has to be named; InputError where a file breaks its contract as a whole.
    """
    read = _read(files, profile, table)
    used: dict[str, pd.DataFrame] = {}
    faults = []
    for name in dict.fromkeys(each.table for each in read):
        own = [each for each in read if each.table == name]
        used[name], found = _sorted_out(own, profile[name], units)
        faults.append(found.assign(table=name))
    quarantine = pd.concat(faults, ignore_index=True)
    first = quarantine.drop_duplicates(["file", "row"])
    dropped = _dropped(read, profile)
    ignored = _ignored(read, profile)
    inspection = Inspection(
        files=tuple(_rows(each, first) for each in read),
        quarantined=dict(sorted(Counter(first["reason"]).items())),
        ignored_columns=tuple(mask_strictly(name) for name in ignored if name not in dropped),
        dropped_personal_columns=tuple(map(mask_strictly, dropped)),
        used=used,
        quarantine=quarantine[QUARANTINE_COLUMNS],
        subtotals=_subtotals(read, profile, first),
    )
    rows = sum(map(len, used.values()))
    if inspection.rows_used != rows:
        raise InputError(f"{inspection.read} rows read, but not all are accounted for.")
    return inspection


def _read(files: Sequence[Path], profile: Mapping[str, TableProfile], table: str) -> list[_File]:
    if table and table not in profile:
        raise ParameterError(
            f"The profile maps no table {table!r}.", f"It maps {', '.join(profile)}."
        )
    names = [table] if table else list(profile)
    read, offset = [], 0
    for file in dict.fromkeys(files):
        found, raw = _fitting(file, profile, names)
        read.append(_File(file, found, raw, offset))
        offset += int(raw.index.max()) + 1 if len(raw) else 0
    return read


def _fitting(
    file: Path, profile: Mapping[str, TableProfile], names: list[str]
) -> tuple[str, pd.DataFrame]:
    """The table whose headings a file has, and its raw rows."""
    by_layout = {profile[name].layout: name for name in names}
    raws = {layout: read_raw(file, layout) for layout in by_layout}
    if len(names) == 1:
        return names[0], raws[profile[names[0]].layout]
    fits = {}
    for name in names:
        headings = list(raws[profile[name].layout].columns)
        if not missing_headings(headings, profile[name]):
            fits[name] = len(profile[name].used_headings(headings))
    best = [name for name, used in fits.items() if used == max(fits.values())]
    if len(best) == 1:
        return best[0], raws[profile[best[0]].layout]
    raise ParameterError(
        f"{file}: its headings fit {'several tables' if best else 'no table'} of the profile"
        f"{': ' + ', '.join(best) if best else ''}.",
        f"Name the table with --table: {', '.join(best or names)}.",
    )


def _sorted_out(
    files: Sequence[_File], profile: TableProfile, units: Collection[str] | None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The used rows of one table from all its files, and the faults with file and row."""
    contract = CONTRACTS[files[0].table]
    screen = Screen(contract, profile)
    tables, unreadable = [], []
    for each in files:
        mapped, lost = map_table(each.file, each.raw, contract, profile)
        screen.refuse_columns_of_persons(each.file, mapped)
        mapped.index = mapped.index + each.offset
        tables.append(mapped)
        unreadable.append(lost.assign(row=lost["row"] + each.offset))
    known = profile.units if units is None else units
    lost = pd.concat(unreadable, ignore_index=True)
    used, faults = screen.sort_out(pd.concat(tables), lost, known)
    return used.sort_values(list(contract.key)), _placed(faults, files)


def _placed(faults: pd.DataFrame, files: Sequence[_File]) -> pd.DataFrame:
    """Faults with the name of their file and the row in it."""
    placed = []
    for each in files:
        last = each.offset + int(each.raw.index.max()) if len(each.raw) else each.offset
        own = faults[faults["row"].between(each.offset, last)]
        placed.append(own.assign(file=str(each.file), row=own["row"] - each.offset))
    return pd.concat(placed, ignore_index=True)


def _rows(each: _File, first: pd.DataFrame) -> FileRows:
    quarantined = int((first["file"] == str(each.file)).sum())
    read = len(each.raw)
    return FileRows(str(each.file), each.table, read, read - quarantined, quarantined)


def _ignored(read: Iterable[_File], profile: Mapping[str, TableProfile]) -> tuple[str, ...]:
    names = []
    for each in read:
        used = profile[each.table].used_headings(list(each.raw.columns))
        names += [heading for heading in each.raw.columns if heading not in used]
    return tuple(dict.fromkeys(names))


def _dropped(read: Iterable[_File], profile: Mapping[str, TableProfile]) -> tuple[str, ...]:
    names: list[str] = []
    for each in read:
        used = profile[each.table].used_headings(list(each.raw.columns))
        names += personal_columns(each.raw, used)
    return tuple(dict.fromkeys(names))


def _subtotals(
    read: Iterable[_File], profile: Mapping[str, TableProfile], first: pd.DataFrame
) -> pd.DataFrame:
    """Each file's subtotals beside the sums of its used rows; `first` are the rows not used."""
    found = [pd.DataFrame(columns=RESULT_COLUMNS)]
    for each in read:
        own = first[first["file"] == str(each.file)].set_index("row")["reason"]
        reasons = own.reindex(each.raw.index)
        found.append(verdicts_of(each.raw, reasons, profile[each.table].rules))
    filled = [table for table in found if len(table)]
    return pd.concat(filled, ignore_index=True) if filled else found[0]
