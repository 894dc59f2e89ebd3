"""What holds for an OpenDocument spreadsheet as a whole: its sheets, its day zero, its program."""

from __future__ import annotations

from briefings.intake.readers.markup import Listener, hear
from briefings.intake.readers.numbers import USUAL_DAY_ZERO, local_moment
from briefings.intake.readers.ods_tags import CELLS, META, OFFICE, STYLE, TABLE, Tables
from briefings.intake.readers.unpacking import Archive

ABOUT = "meta.xml"
GENERATOR = f"{META}generator"
# These calculate whatever they save. They write no type for a formula whose result is no text.
CALCULATING = ("LibreOffice", "Collabora", "OpenOffice")


class SheetNames(Listener):
    """The sheets in order with their styles, the styles that hide, the sheets with content.

    `day_zero` is the day from which numbers count, if they are taken for days.
    """

    def __init__(self) -> None:
        self.found: list[tuple[str, str]] = []
        self.hiding: set[str] = set()
        self.filled: set[int] = set()
        self.day_zero = USUAL_DAY_ZERO
        self._tables = Tables()
        self._style = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A sheet, a style or a cell begins."""
        if self._tables.start(name):
            style = attributes.get(f"{TABLE}style-name", "")
            self.found.append((attributes.get(f"{TABLE}name", ""), style))
        elif name == f"{STYLE}style":
            self._style = attributes.get(f"{STYLE}name", "")
        elif name == f"{STYLE}table-properties" and attributes.get(f"{TABLE}display") == "false":
            self.hiding.add(self._style)
        elif name == f"{TABLE}null-date":
            stated = local_moment(attributes.get(f"{TABLE}date-value", ""))
            self.day_zero = stated.date() if stated else self.day_zero
        elif name in CELLS and f"{OFFICE}value-type" in attributes and self._tables.in_sheet:
            self.filled.add(self._tables.number)

    def text(self, text: str) -> None:
        """Text fills a cell even if it has no type."""
        if self._tables.in_sheet and text.strip():
            self.filled.add(self._tables.number)

    def end(self, name: str) -> None:
        """A tag closes."""
        self._tables.end(name)


def always_calculates(archive: Archive) -> bool:
    """Whether the program that wrote the file leaves out the type of an empty text only."""
    listener = _Generator()
    if ABOUT in archive:
        hear(archive, ABOUT, listener)
    return "".join(listener.pieces[:1]).startswith(CALCULATING)


class _Generator(Listener):
    """The name of the program that wrote the file."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self._hears = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A tag opens."""
        self._hears = name == GENERATOR

    def text(self, text: str) -> None:
        """A piece of text."""
        if self._hears:
            self.pieces.append(text)

    def end(self, name: str) -> None:
        """A tag closes."""
        self._hears = False
