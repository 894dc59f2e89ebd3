"""Ctrl-C: obeyed, however often and wherever it comes, and answered with a sentence."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from briefings.errors import InterruptedRunError

# So long a first Ctrl-C is being obeyed: all workers are ended, of which none may be forgotten.
SECONDS_TO_OBEY = 1.0


@contextmanager
def interruptible() -> Iterator[None]:
    """Raise KeyboardInterrupt once if Ctrl-C came; what comes after that is not heard.

    A second one within SECONDS_TO_OBEY is not heard either. A later one can break a lock of
    Python's threads, which then raise an error of their own: that, too, is an interrupt. Whoever
    does not hear of Ctrl-C at all, as in the background, is left so.
    """
    heard: float | None = None

    def hear(number: int, frame: FrameType | None) -> None:
        nonlocal heard
        now = time.monotonic()
        if heard is None or now - heard > SECONDS_TO_OBEY:
            heard = now
            raise KeyboardInterrupt

    if signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield
        return
    signal.signal(signal.SIGINT, hear)
    try:
        yield
    except BaseException:
        if heard is not None:
            signal.signal(signal.SIGINT, _hear_nothing)
            raise KeyboardInterrupt from None
        raise
    finally:
        if heard is None:
            signal.signal(signal.SIGINT, signal.default_int_handler)


@contextmanager
def nothing_begun() -> Iterator[None]:
    """For work before the first briefing; InterruptedRunError where a person stops it."""
    try:
        with interruptible():
            yield
    except KeyboardInterrupt:
        raise InterruptedRunError(
            "Interrupted while the data were made ready; no briefing was touched.",
            "The same command begins again with what was not finished.",
        ) from None


def _hear_nothing(number: int, frame: FrameType | None) -> None:
    pass
