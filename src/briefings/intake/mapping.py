"""Raw cells to contract columns: headings chosen, labels coded, values typed, faults noted."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from briefings.errors import InputError
from briefings.intake.cells import as_text, kept_where
from briefings.intake.conditions import comparison_faults, holds
from briefings.intake.contract import DTYPES, Column, Contract
from briefings.intake.detectors import mask_strictly
from briefings.intake.events import CaseMoments
from briefings.intake.filling import FillDown
from briefings.intake.profiles import TableProfile
from briefings.intake.read_values import Values, read_lengths, read_values
from briefings.intake.source import EXTREMES, Source, source_heading
from briefings.intake.stated import listed
from briefings.intake.taken_cells import taken_cells

FAULT_COLUMNS = ["row", "column", "value", "reason"]


class Mapper:
    """Maps the chunks of one file in their order; a cell may be filled down from an earlier one.

    `moments` are those of its cases, if the profile makes columns of them.
    """

    def __init__(
        self,
        file: Path,
        contract: Contract,
        profile: TableProfile,
        moments: CaseMoments | None = None,
    ) -> None:
        self._file, self._contract, self._profile = file, contract, profile
        self._moments = moments
        self._filling = FillDown()

    def refuse_missing(self, raw: pd.DataFrame) -> None:
        """InputError names headings that the profile expects and the file lacks."""
        refuse_missing_headings(self._file, raw.columns, self._contract, self._profile)

    def map(
        self, raw: pd.DataFrame, taken: pd.Series | None = None
    ) -> tuple[pd.DataFrame, pd.DataFrame]:
        """The typed contract columns of raw rows, or of those `taken`, and what is unreadable.

        Returns (table, faults): the table has the raw row numbers as index and exactly the
        contract's columns; faults has one row per unreadable cell: row, column, value, reason.
        InputError as in `refuse_missing`.
        """
        self.refuse_missing(raw)
        columns, faults = {}, [pd.DataFrame(columns=FAULT_COLUMNS)]
        rows = raw if taken is None else raw[taken]
        for column in self._contract.columns:
            stated = self._profile.columns.get(column.name) or _constant(column, self._profile)
            source = stated.as_found(raw.columns)
            cells, read = self._read(raw, rows, column, source)
            dtype: Any = DTYPES[column.kind]
            columns[column.name] = read.values.astype(dtype)
            if read.reasons.notna().any():
                faults.append(_faults(cells, read.reasons, column))
        return pd.DataFrame(columns), pd.concat(faults, ignore_index=True)

    def filled_down(self, raw: pd.DataFrame) -> pd.Series:
        """What raw rows say without writing it, because a row above does; one text for each row.

        InputError as in `refuse_missing`.
        """
        self.refuse_missing(raw)
        found = pd.Series("", raw.index, dtype="str")
        for name, stated in self._profile.columns.items():
            for part, source in ((name, stated), (f"{name} length", stated.length)):
                if source and source.fill_down:
                    cells = self._cells(raw, part, source.as_found(raw.columns))
                    found += f"{part}=" + as_text(cells).fillna("") + "\n"
        return found

    def _read(
        self, raw: pd.DataFrame, taken: pd.DataFrame, column: Column, source: Source
    ) -> tuple[pd.Series, Values]:
        """The cells of a column in those raw rows that are taken, and what is read out of them."""
        working, moments = self._profile.working, None
        if source.take in EXTREMES:
            assert self._moments is not None
            found = self._moments.of(column.name, taken.index)
            cells, moments = found["written"], found["moment"]
        else:
            # From all rows: an office's name may stand in a row that is left out.
            cells = self._cells(raw, column.name, source).reindex(taken.index)
        shift = source.shift
        if shift is None or isinstance(shift.by, int):
            return cells, read_values(cells, column, source, working, moments=moments)
        by = self._cells(raw, f"{column.name} length", shift.by).reindex(taken.index)
        lengths = read_lengths(by, shift.by, shift.kind, working)
        read = read_values(cells, column, source, working, moments=moments, lengths=lengths)
        is_length = lengths.reasons.notna() & read.reasons.eq(lengths.reasons)
        return as_text(cells).mask(is_length.fillna(False).astype(bool), as_text(by)), read

    def _cells(self, raw: pd.DataFrame, name: str, source: Source) -> pd.Series:
        """The raw cells of a column, before anything is read out of them."""
        cells = taken_cells(self._file, raw, source)
        if source.only_if:
            cells = kept_where(cells, holds(source.only_if, raw))
        if source.fill_down:
            self._refuse_unknown(raw, source)
            cells = self._filling.fill(name, cells, raw)
        if not source.if_empty:
            return cells
        # A column of real dates or numbers takes no text in.
        mixed = cells if isinstance(cells.dtype, pd.StringDtype) else cells.astype(object)
        return mixed.fillna(source.if_empty)

    def _refuse_unknown(self, raw: pd.DataFrame, source: Source) -> None:
        """InputError where nobody knows whether a cell is filled down to others."""
        for fault in comparison_faults([source.only_if], raw).head(1).itertuples():
            raise InputError(
                f"{self._file}: row {fault.row}: {mask_strictly(str(fault.column))} holds "
                f"{mask_strictly(str(fault.value))!r}, which is no number.",
                "Whether its cell is filled down depends on it. Correct the file, or the condition "
                "`only_if` of the profile.",
            )


def refuse_missing_headings(
    file: Path, headings: Sequence[str] | pd.Index, contract: Contract, profile: TableProfile
) -> None:
    """InputError where the file lacks what the profile names, or the profile what is required."""
    missing = missing_headings(headings, profile)
    if missing:
        raise InputError(
            f"{file}: missing column {listed(missing)}.",
            f"The file has: {listed([mask_strictly(heading) for heading in headings])}. "
            "Correct the file or the profile.",
        )
    mapped = {*profile.columns, *profile.constants}
    unmapped = [column.name for column in contract.columns
                if column.required and column.name not in mapped]  # fmt: skip
    if unmapped:
        raise InputError(
            f"{file}: the profile maps nothing to {', '.join(unmapped)} of {contract.name}.",
            "Add these columns to the profile: the contract needs them.",
        )


def missing_headings(headings: Sequence[str] | pd.Index, profile: TableProfile) -> list[str]:
    """What the profile names and a file lacks, each with what it is for."""
    there = set(headings)
    missing = []
    for name, source in profile.columns.items():
        lacking = [repr(heading) for heading in source.needed if heading not in there]
        if source.take == "one" and not source_heading(source, there):
            lacking.append(" or ".join(map(repr, source.headings)))
        if lacking and not source.optional:
            missing += [f"{heading} (for {name})" for heading in lacking]
    for rule in profile.rules:
        lacking = [repr(heading) for heading in rule.headings if heading not in there]
        missing += [f"{heading} (for rows: {rule.reason})" for heading in lacking]
    return list(dict.fromkeys(missing))


def _constant(column: Column, profile: TableProfile) -> Source:
    return Source(if_empty=profile.constants.get(column.name, ""))


def _faults(cells: pd.Series, reasons: pd.Series, column: Column) -> pd.DataFrame:
    lost = reasons.notna()
    faults = pd.DataFrame(
        {
            "row": cells.index[lost],
            "column": column.name,
            "value": as_text(cells[lost]).array,
            "reason": reasons[lost].array,
        }
    )
    return faults[FAULT_COLUMNS]
