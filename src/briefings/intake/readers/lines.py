"""The lines of a text file, with bounds that stop a file which is none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from briefings.errors import InputError
from briefings.intake.readers.limits import LINE_CHARACTERS, LINES_PER_ROW

MARK = "\ufeff"
ZERO_BYTE = "\0"


class Lines:
    """The lines of a text, none of them beyond all measure; counts them, and those of a row."""

    def __init__(self, file: Path, stream: TextIO) -> None:
        self._file = file
        self._stream = stream
        self.number = 0
        self.of_row = 0
        self.characters = 0

    def __iter__(self) -> Iterator[str]:
        most = LINE_CHARACTERS.value
        most_of_row = LINES_PER_ROW.value
        while line := self._stream.readline(most + 1):
            self.number += 1
            self.of_row += 1
            self.characters += len(line)
            if len(line) > most:
                LINE_CHARACTERS.refuse(self._place, len(line))
            if self.of_row > most_of_row:
                LINES_PER_ROW.refuse(f"{self._place}: a quote is never closed", self.of_row)
            if ZERO_BYTE in line:
                raise zero_byte(self._place)
            yield line.removeprefix(MARK) if self.number == 1 else line

    @property
    def _place(self) -> str:
        return f"{self._file}: line {self.number}"


def zero_byte(place: str) -> InputError:
    """The error for a sign that no text has."""
    return InputError(
        f"{place} holds a zero byte.",
        "The file is damaged, or UTF-16 without a mark: then declare its encoding "
        "(utf-16-le) in the layout of the profile.",
    )
