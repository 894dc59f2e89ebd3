"""An end to work that hangs."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

# Windows has no alarm, and there such work hangs.
HAS_ALARM = hasattr(signal, "alarm")
# The exit code of a process that took too long.
LATE = -signal.SIGALRM if HAS_ALARM else None


@contextmanager
def time_limit(seconds: int) -> Iterator[None]:
    """End this process after `seconds`.

    The system does it: a library that hangs in its own code may never let Python run again.
    """
    if HAS_ALARM:
        signal.alarm(seconds)
    try:
        yield
    finally:
        if HAS_ALARM:
            signal.alarm(0)
