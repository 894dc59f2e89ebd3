"""Ctrl-C: obeyed once, and answered with a sentence."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from briefings.errors import InterruptedRunError


@contextmanager
def one_interrupt() -> Iterator[None]:
    """The first Ctrl-C ends the work; those that follow while it is ended are not heard.

    Ending takes a second or two. Whoever does not hear of Ctrl-C at all, as in the background,
    is left so.
    """
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _obey)
    yield
    # Not reached after an interrupt: the rest is one sentence, and nobody need hear more.
    if signal.getsignal(signal.SIGINT) is _obey:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@contextmanager
def nothing_begun() -> Iterator[None]:
    """For work before the first briefing; InterruptedRunError where a person stops it."""
    try:
        with one_interrupt():
            yield
    except KeyboardInterrupt:
        raise InterruptedRunError(
            "Interrupted while the data were made ready; no briefing was touched.",
            "The same command begins again with what was not finished.",
        ) from None


def _obey(number: int, frame: FrameType | None) -> None:
    # Not SIG_IGN: of a signal that has come already Python would then say that it is ignored.
    signal.signal(signal.SIGINT, _hear_nothing)
    raise KeyboardInterrupt


def _hear_nothing(number: int, frame: FrameType | None) -> None:
    pass
