"""The tags of an OpenDocument spreadsheet, and which of its tables are sheets."""

from __future__ import annotations

from briefings.intake.readers.markup import BETWEEN

NAMESPACE = "urn:oasis:names:tc:opendocument:xmlns:"
TABLE, OFFICE, STYLE, TEXT, DRAWING, META = (
    f"{NAMESPACE}{name}:1.0{BETWEEN}"
    for name in ("table", "office", "style", "text", "drawing", "meta")
)
CONTAINERS = (f"{OFFICE}spreadsheet", f"{TABLE}table", f"{TABLE}dde-links")
CELLS = (f"{TABLE}table-cell", f"{TABLE}covered-table-cell")


class Tables:
    """Counts the sheets of a document: tables that stand directly in its spreadsheet."""

    def __init__(self) -> None:
        self.number = -1
        self._path: list[str] = []

    @property
    def in_sheet(self) -> bool:
        """Whether a sheet is open, and in it no table within a table."""
        return self._path == [f"{OFFICE}spreadsheet", f"{TABLE}table"]

    def start(self, name: str) -> bool:
        """Whether a sheet begins."""
        if name not in CONTAINERS:
            return False
        self._path.append(name)
        begins = name == f"{TABLE}table" and self.in_sheet
        self.number += begins
        return begins

    def end(self, name: str) -> None:
        """A container closes."""
        if name in CONTAINERS:
            self._path.pop()
