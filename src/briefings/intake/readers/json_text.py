"""The text of a JSON file, of which no more is held than its next value needs."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, TextIO

from briefings.errors import InputError
from briefings.intake.readers.json_cells import DECODER, refusing
from briefings.intake.readers.limits import LINE_CHARACTERS
from briefings.intake.readers.lines import MARK, ZERO_BYTE, zero_byte

BLOCK_CHARACTERS = 1 << 18
BLANK = re.compile("[ \t\n\r]*")
# An error that near to the end of what is held may be one of its end: -Infinity has nine signs.
NEAR_THE_END = 16
UNTERMINATED = "Unterminated string"
EXPORT_AGAIN = "The file is no JSON, or damaged: export it again."


class JsonText:
    """Walks through a text, sign by sign and value by value; knows the line up to which it read."""

    def __init__(self, file: Path, stream: TextIO) -> None:
        self._file = file
        self._stream = stream
        self._held = ""
        self._at = 0
        self._is_all = False
        self._has_begun = False
        self.line = 1

    def sign(self) -> str:
        """The next sign that is no blank; none at the end of the file."""
        while True:
            self._at = self._after_blanks()
            if self._at < len(self._held) or self._is_all:
                return self._held[self._at : self._at + 1]
            self._read_on()

    def takes(self, sign: str) -> bool:
        """Whether that is the next sign, which is then passed."""
        found = self.sign() == sign
        self._at += found
        return found

    def expect(self, sign: str, place: str) -> None:
        """Pass the sign; InputError where another one stands, or the file ends."""
        if not self.takes(sign):
            raise self.cut_short(place) if not self.sign() else _no_json(place)

    def value(self, place: str) -> Any:
        """The next value, decoded; InputError where it is none, too large or without its end."""
        self.sign()
        while (found := self._decoded(place)) is None:
            LINE_CHARACTERS.refuse(place, len(self._held) - self._at)
            self._read_on()
        value, end = found
        LINE_CHARACTERS.refuse(place, end - self._at)
        self._at = end
        return value

    def cut_short(self, place: str) -> InputError:
        """The error for a file that ends before its JSON does."""
        return InputError(
            f"{place}: the file ends before it is complete.",
            "It was cut short: deliver it again.",
        )

    def _decoded(self, place: str) -> tuple[Any, int] | None:
        """The value that begins here and its end; None where more of the file may tell."""
        with refusing(place, EXPORT_AGAIN):
            try:
                value, end = DECODER.raw_decode(self._held, self._at)
            except json.JSONDecodeError as error:
                is_open = error.msg.startswith(UNTERMINATED)
                left = 0 if is_open else len(self._held) - error.pos
                if self._is_all and left <= 0:
                    raise self.cut_short(place) from error
                if self._is_all or left > NEAR_THE_END:
                    raise
                return None
        return (value, end) if end < len(self._held) or self._is_all else None

    def _after_blanks(self) -> int:
        blanks = BLANK.match(self._held, self._at)
        return blanks.end() if blanks else self._at

    def _read_on(self) -> None:
        """Hold more, at least as much again: a long value is then decoded a few times only."""
        rest = self._held[self._at :]
        block = self._stream.read(max(BLOCK_CHARACTERS, len(rest)))
        if ZERO_BYTE in block:
            line = self.line + block[: block.index(ZERO_BYTE)].count("\n")
            raise zero_byte(f"{self._file}: line {line}")
        self.line += block.count("\n")
        self._is_all = not block
        self._held = rest + (block if self._has_begun else block.removeprefix(MARK))
        self._has_begun = True
        self._at = 0


def _no_json(place: str) -> InputError:
    return InputError(f"{place}: no JSON.", EXPORT_AGAIN)
