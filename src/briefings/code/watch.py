"""Files that were read, and whether somebody wrote to one of them since."""

from __future__ import annotations

from pathlib import Path
from typing import TypeAlias

State: TypeAlias = tuple[int, int, int]


class Watch:
    """Reads files and remembers the state each was in before it was read."""

    def __init__(self) -> None:
        self._states: dict[Path, State | None] = {}

    def read(self, file: Path) -> bytes:
        """The content of a file."""
        self._states.setdefault(file, _state(file))
        return file.read_bytes()

    def disturbed(self) -> list[Path]:
        """The files that were touched after they were first read, also if only to be restored."""
        return [file for file, before in self._states.items() if _state(file) != before]


def _state(file: Path) -> State | None:
    try:
        found = file.stat()
    except FileNotFoundError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
