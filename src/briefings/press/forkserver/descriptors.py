"""Open descriptors of this process and of its kernels."""

from __future__ import annotations

import os
import select
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from briefings.press.forkserver.errors import ZygoteError


def open_descriptors() -> frozenset[int]:
    """Those of this process."""
    numbers = [int(entry.name) for entry in Path("/proc/self/fd").iterdir()]
    return frozenset(number for number in numbers if _is_open(number))


def _is_open(descriptor: int) -> bool:
    try:
        os.fstat(descriptor)
    except OSError:
        return False  # it was that of the listing
    return True


def close_all(descriptors: Iterable[int]) -> None:
    """Close every one."""
    for descriptor in descriptors:
        os.close(descriptor)


def readable(descriptor: int, seconds: float | None) -> bool:
    """Whether there is something to read, or an end, within `seconds`; None waits for ever."""
    poll = select.poll()  # select() itself fails above 1,024 descriptors
    poll.register(descriptor, select.POLLIN)
    return bool(poll.poll(None if seconds is None else seconds * 1000))


@contextmanager
def standard_streams(options: Mapping[str, Any]) -> Iterator[tuple[int, int, int]]:
    """Descriptors for what Popen would make of `stdin`, `stdout` and `stderr` in `options`.

    ZygoteError for pipes. Left out, they are nothing to read and the owner's own output.
    """
    null = os.open(os.devnull, os.O_RDWR)
    try:
        yield (
            _descriptor(options.get("stdin"), null, null),
            _descriptor(options.get("stdout"), 1, null),
            _descriptor(options.get("stderr"), 2, null),
        )
    finally:
        os.close(null)


def _descriptor(stream: Any, default: int, null: int) -> int:
    if stream is None:
        return default
    if stream == subprocess.DEVNULL:
        return null
    descriptor = stream if isinstance(stream, int) else stream.fileno()
    if descriptor < 0:
        raise ZygoteError("a forked kernel has no pipes")
    return int(descriptor)
