"""Ctrl-C while the data are made ready: said in a sentence, not in silence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from briefings.errors import InterruptedRunError


@contextmanager
def nothing_begun() -> Iterator[None]:
    """For work before the first briefing; InterruptedRunError where a person stops it."""
    try:
        yield
    except KeyboardInterrupt:
        raise InterruptedRunError(
            "Interrupted while the data were made ready; no briefing was touched.",
            "The same command begins again with what was not finished.",
        ) from None
