"""Files that were read, and whether somebody wrote to one of them since."""

from __future__ import annotations

from pathlib import Path
from typing import TypeAlias

from briefings.errors import ReportError

State: TypeAlias = tuple[int, int, int]


class Watch:
    """Reads files and remembers the state each was in before it was read.

    It may start with all that another one knows by then.
    """

    def __init__(self, before: Watch | None = None) -> None:
        self._states: dict[Path, State | None] = dict(before._states) if before else {}

    def note(self, file: Path) -> None:
        """Remember the state of a file that others are about to read."""
        self._states.setdefault(file, _state(file))

    def read(self, file: Path) -> bytes:
        """The content of a file."""
        self.note(file)
        return file.read_bytes()

    def disturbed(self) -> list[Path]:
        """The files that were touched after they were first read, also if only to be restored."""
        return [file for file, before in self._states.items() if _state(file) != before]

    def refuse_disturbed(self, doing: str) -> None:
        """ReportError where a file was touched: nobody can say which version was used."""
        for file in self.disturbed():
            raise ReportError(
                f"{file.name} was written to while {doing}; nothing of that was kept.",
                "Run the same command again.",
            )


def _state(file: Path) -> State | None:
    try:
        found = file.stat()
    except FileNotFoundError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
