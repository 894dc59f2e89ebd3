"""Two runs on one folder: one of them waits."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform != "win32":
    import fcntl

LOCK_NAME = ".lock"


@contextmanager
def locked(folder: Path, *, shared: bool = False) -> Iterator[None]:
    """Hold the folder until the block ends; holders that share it do not wait for each other.

    The lock binds programs that ask for it and ends with the process that holds it, however
    that ends. On Windows there is none: files still appear whole, but two runs at once may mix
    theirs, which the next plan notices.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK_NAME).open("a", encoding="utf-8") as stream:
        if sys.platform != "win32":
            fcntl.flock(stream, fcntl.LOCK_SH if shared else fcntl.LOCK_EX)
        yield
