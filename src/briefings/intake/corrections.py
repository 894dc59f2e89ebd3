"""Corrections on record: what a raw cell should hold, who says so, and since when.

They lie as CSV or XLSX files in one folder, in the form that `briefings quarantine` writes.
"""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from briefings.code.watch import Watch
from briefings.errors import SettingsError
from briefings.intake.deliveries import Delivery
from briefings.reference_file import MOST_FAULTS, OpenDay, checked_lines

SUFFIXES = (".csv", ".xlsx")
DELIMITERS = ",;\t"
FILLED_IN = ("key", "column", "reason", "corrected_on", "office")


@dataclass(frozen=True)
class CorrectionRow:
    """One cell of one raw row. Whatever has neither value nor reason is not filled in yet.

    The row is found by `key`: the cells of the key's headings, or a digest of the row where they
    do not do. `column` is a heading of the file, `found` what stood there, `value` what should.
    `row` (its number in the file) and `fault` are for the reader; nothing else reads them.
    """

    delivery: str
    table: str
    row: str | None
    key: str | None
    fault: str | None
    column: str | None
    found: str | None
    value: str | None
    reason: str | None
    corrected_on: OpenDay
    office: str | None

    @property
    def is_filled_in(self) -> bool:
        """Whether a person has said anything."""
        return bool(self.value or self.reason)


@dataclass(frozen=True)
class Correction:
    """A correction with its place: file and row, for whoever has to look it up."""

    place: str
    row: CorrectionRow

    @property
    def cell(self) -> tuple[str | None, ...]:
        """The cell that it is about."""
        row = self.row
        return row.delivery, row.table, row.key, row.column


def load_corrections(
    folder: Path | None, deliveries: Iterable[Delivery], watch: Watch
) -> dict[str, tuple[Correction, ...]]:
    """The corrections by delivery; none where the project names no folder or it is not there.

    SettingsError for a row that is filled in by half, names what is not delivered, or corrects a
    cell that another row corrects.
    """
    if folder is None or not folder.is_dir():
        return {}
    files = sorted(file for file in folder.iterdir() if file.suffix.lower() in SUFFIXES)
    found = [each for file in files for each in _read(file, watch)]
    tables = {each.name: set(each.files) for each in deliveries}
    if faults := [*_faults(found, tables), *_twice(found)]:
        raise SettingsError(
            f"Corrections in {folder} can not be applied:\n" + "\n".join(faults[:MOST_FAULTS]),
            "Correct these rows, or take them out.",
        )
    return {name: tuple(c for c in found if c.row.delivery == name) for name in tables}


def corrections_digest(corrections: Iterable[Correction]) -> bytes:
    """Equal corrections from equal places give equal bytes."""
    content = [(each.place, asdict(each.row)) for each in corrections]
    return json.dumps(content, default=str).encode()


def _read(file: Path, watch: Watch) -> Iterator[Correction]:
    content = watch.read(file)
    lines = (
        _of_workbook(file, content) if file.suffix.lower() == ".xlsx" else _of_csv(file, content)
    )
    plain = [[unicodedata.normalize("NFC", cell).strip() for cell in line] for line in lines]
    for number, row in checked_lines(file, plain, CorrectionRow).items():
        if row.is_filled_in:
            yield Correction(f"{file.name}, row {number}", row)


def _of_csv(file: Path, content: bytes) -> list[list[str]]:
    """The lines, whichever delimiter the spreadsheet of the office has chosen."""
    try:
        text = content.decode("utf-8-sig")
        heading = text.partition("\n")[0]
        delimiter = max(DELIMITERS, key=heading.count)
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise SettingsError(f"Cannot read {file}: {error}.", "Save it as CSV UTF-8.") from error


def _of_workbook(file: Path, content: bytes) -> list[list[str]]:
    # Imported here: few projects correct in workbooks, and it takes a while to load.
    from briefings.intake.correction_book import read_lines

    return read_lines(file, content)


def _faults(corrections: Iterable[Correction], tables: Mapping[str, set[str]]) -> Iterator[str]:
    for each in corrections:
        row = each.row
        if row.delivery not in tables:
            yield f"  {each.place}: there is no delivery {row.delivery!r}"
        elif row.table not in tables[row.delivery]:
            yield f"  {each.place}: {row.delivery} has no table {row.table!r}"
        if empty := [name for name in FILLED_IN if getattr(row, name) is None]:
            yield f"  {each.place}: {', '.join(empty)} must be filled in"


def _twice(corrections: Sequence[Correction]) -> Iterator[str]:
    """Of rows that are the same the list has every one; whoever fills in all says it twice."""
    first: dict[tuple[str | None, ...], Correction] = {}
    for each in corrections:
        other = first.setdefault(each.cell, each)
        if other.row.value != each.row.value:
            yield f"  {each.place}: corrects the cell that {other.place} corrects"
