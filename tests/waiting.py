"""Whether a process waits for a lock, as Linux tells it."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

import pytest

LOCKS = Path("/proc/locks")
SECONDS = 60
PAUSE = 0.02

needs_proc_locks = pytest.mark.skipif(not LOCKS.exists(), reason="only Linux shows who waits")


def until_it_waits(run: subprocess.Popen[bytes]) -> None:
    """Return when the process has come to a lock that somebody else holds; fail if it ends."""
    end = time.monotonic() + SECONDS
    while not _waits(run.pid):
        assert run.poll() is None, "it did not wait"
        assert time.monotonic() < end, "it came to no lock"
        time.sleep(PAUSE)


def _waits(pid: int) -> bool:
    """Waiting is shown as `1: -> FLOCK ADVISORY WRITE <pid> …`."""
    lines = (line.split() for line in LOCKS.read_text(encoding="utf-8").splitlines())
    return any("->" in line and str(pid) in line for line in lines)
