"""XML as a stream of tags, without document types: no entity can grow, no address is fetched."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any
from xml.parsers import expat

from briefings.errors import InputError
from briefings.intake.readers.unpacking import Archive, damaged

BLOCK_BYTES = 1 << 18
DEEPEST = 100  # a workbook nests less than twenty deep
LONGEST_TAG = 1 << 20
BETWEEN = " "


class Listener:
    """Hears the tags of a document and, as it is, nothing; names are `namespace local`."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A tag opens."""

    def text(self, text: str) -> None:
        """A piece of text; one text may come in several."""

    def end(self, name: str) -> None:
        """A tag closes."""


def local(name: str) -> str:
    """A name without its namespace."""
    return name.rpartition(BETWEEN)[2]


def listen(file: Path, stream: IO[bytes], listener: Listener) -> Iterator[None]:
    """Feed a document to a listener; yields after every block, so that rows can be taken.

    Holds one block, no tree. InputError where it is no XML, nests beyond all measure, or has a
    document type, which no workbook has and every entity bomb needs.
    """
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise InputError(f"{file}: its XML nests too deep.", "Save it again as .xlsx.")
        listener.start(name, attributes)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        listener.end(name)

    def refuse_type(*_: Any) -> None:
        raise InputError(
            f"{file}: its XML declares a document type.",
            "No spreadsheet program writes one. Do not open it; ask the sender.",
        )

    parser = expat.ParserCreate(namespace_separator=BETWEEN)
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = listener.text
    parser.StartDoctypeDeclHandler = refuse_type
    try:
        fed = 0
        while block := stream.read(BLOCK_BYTES):
            parser.Parse(block, False)
            fed += len(block)
            # Expat reads an unfinished tag from its beginning with every block.
            if fed - parser.CurrentByteIndex > LONGEST_TAG:
                raise damaged(file)
            yield
        parser.Parse(b"", True)
        yield
    except (expat.ExpatError, UnicodeError, LookupError) as error:
        raise damaged(file) from error


def hear(archive: Archive, part: str, listener: Listener) -> None:
    """Feed a whole part to a listener; InputError where it is missing or damaged."""
    if part not in archive:
        raise damaged(archive.file)
    with archive.open(part) as stream:
        for _ in listen(archive.file, stream, listener):
            pass
