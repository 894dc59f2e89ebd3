"""The parts of an Excel workbook that its sheets refer to: names, shared texts, date formats."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from openpyxl.styles.numbers import (
    BUILTIN_FORMATS,
    is_date_format,
    is_timedelta_format,
)
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

from briefings.intake.readers.limits import SHARED_TEXT_BYTES
from briefings.intake.readers.markup import Listener, hear, local
from briefings.intake.readers.sheets import Sheet
from briefings.intake.readers.unpacking import Archive

# Excel writes a control character of a text as _x000D_, because XML has none.
WRITTEN_CONTROL = re.compile(r"_x00([01][0-9A-Fa-f])_")
BYTES_PER_TEXT = 64  # what Python needs for a text besides its characters, roughly
TRUE = ("1", "true", "on")


@dataclass(frozen=True)
class Book:
    """A workbook without its cells; `dates` and `durations` are numbers of cell styles."""

    sheets: tuple[Sheet, ...]
    texts: tuple[str, ...]
    dates: frozenset[int]
    durations: frozenset[int]
    epoch: datetime


def read_book(archive: Archive) -> Book:
    """The workbook's own parts; InputError where they are missing or damaged."""
    top = _related(archive, "", "officeDocument")
    book = next(iter(top.values()), "xl/workbook.xml")
    names = _Names()
    hear(archive, book, names)
    places = _related(archive, book, "worksheet")
    sheets = tuple(
        Sheet(name, places[key], state != "visible")
        for name, key, state in names.sheets
        if places.get(key, "") in archive
    )
    formats = _Formats()
    for part in _related(archive, book, "styles").values():
        hear(archive, part, formats)
    texts = _SharedTexts(archive)
    for part in _related(archive, book, "sharedStrings").values():
        hear(archive, part, texts)
    return Book(
        sheets=sheets,
        texts=tuple(texts.found),
        dates=frozenset(formats.styles_where(is_date_format)),
        durations=frozenset(formats.styles_where(is_timedelta_format)),
        epoch=CALENDAR_MAC_1904 if names.since_1904 else CALENDAR_WINDOWS_1900,
    )


def unescaped(text: str) -> str:
    """A text of a cell with its control characters as themselves."""
    if "_x00" not in text:
        return text
    return WRITTEN_CONTROL.sub(lambda match: chr(int(match[1], 16)), text)


def _related(archive: Archive, part: str, kind: str) -> dict[str, str]:
    """The parts of a kind that a part refers to, by the key of the reference."""
    folder, name = posixpath.split(part)
    relations = _Relations()
    links = posixpath.join(folder, "_rels", f"{name}.rels")
    if links in archive:
        hear(archive, links, relations)
    return {
        key: posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        for key, about, target in relations.found
        if about.endswith(f"/{kind}")
    }


class _Relations(Listener):
    def __init__(self) -> None:
        self.found: list[tuple[str, str, str]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if local(name) == "Relationship":
            self.found.append(
                (attributes.get("Id", ""), attributes.get("Type", ""), attributes.get("Target", ""))
            )


class _Names(Listener):
    def __init__(self) -> None:
        self.sheets: list[tuple[str, str, str]] = []
        self.since_1904 = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = local(name)
        if tag == "sheet":
            key = next((text for key, text in attributes.items() if local(key) == "id"), "")
            state = attributes.get("state", "visible")
            self.sheets.append((attributes.get("name", ""), key, state))
        elif tag == "workbookPr":
            self.since_1904 = attributes.get("date1904", "").lower() in TRUE


class _Formats(Listener):
    """Which number format each cell style has."""

    def __init__(self) -> None:
        self._codes: dict[str, str] = {str(key): code for key, code in BUILTIN_FORMATS.items()}
        self._styles: list[str] = []
        self._among_styles = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = local(name)
        if tag == "numFmt":
            self._codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif tag == "cellXfs":
            self._among_styles = True
        elif tag == "xf" and self._among_styles:
            self._styles.append(attributes.get("numFmtId", "0"))

    def end(self, name: str) -> None:
        if local(name) == "cellXfs":
            self._among_styles = False

    def styles_where(self, wanted: Callable[[str], bool]) -> Iterator[int]:
        for number, key in enumerate(self._styles):
            if wanted(self._codes.get(key, "General")):
                yield number


class _SharedTexts(Listener):
    """The texts that cells share; what says how to pronounce them is left out."""

    def __init__(self, archive: Archive) -> None:
        self.found: list[str] = []
        self._archive = archive
        self._pieces: list[str] = []
        self._size = 0
        self._hears = self._spoken = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = local(name)
        if tag == "si":
            self._pieces = []
        elif tag == "rPh":
            self._spoken = True
        elif tag == "t":
            self._hears = not self._spoken

    def text(self, text: str) -> None:
        if self._hears:
            self._pieces.append(text)

    def end(self, name: str) -> None:
        tag = local(name)
        if tag == "t":
            self._hears = False
        elif tag == "rPh":
            self._spoken = False
        elif tag == "si":
            text = unescaped("".join(self._pieces))
            self.found.append(text)
            self._size += len(text) + BYTES_PER_TEXT
            SHARED_TEXT_BYTES.refuse(self._archive.file, self._size)
