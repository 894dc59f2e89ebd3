"""What was worked out before from the same content, so that it need not be worked out again."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from briefings.files import read_checked, write_checked

# Beside the code. It may be deleted at any time.
MEMO_FILE = Path(__file__).parents[3] / ".briefings" / "code.json"
MOST_ENTRIES = 5000


class Memo:
    """Values by key, where a key is the digest of all that the value was worked out from.

    A file that was damaged is not believed; one that can not be written is done without.
    """

    def __init__(self, file: Path = MEMO_FILE) -> None:
        self._file = file
        self._known = _read(file)
        self._used: dict[str, Any] = {}
        self._is_new = False

    def get(self, key: str) -> Any | None:
        """The value noted under `key`, if any."""
        if key in self._known:
            self._used[key] = self._known[key]
        return self._used.get(key)

    def put(self, key: str, value: Any) -> None:
        """Note a value, which JSON can carry."""
        self._used[key] = value
        self._is_new = True

    def save(self) -> None:
        """Write the notes if there are new ones; those not used go when they are too many."""
        if not self._is_new:
            return
        both = self._known | self._used
        entries = both if len(both) <= MOST_ENTRIES else self._used
        with suppress(OSError):
            write_checked(self._file, json.dumps(entries).encode())
        self._is_new = False


def _read(file: Path) -> dict[str, Any]:
    content = read_checked(file)
    entries: dict[str, Any] = {} if content is None else json.loads(content)
    return entries
