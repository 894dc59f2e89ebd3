"""Ctrl-C, pressed by the test itself."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import suppress

import pytest

from briefings.commands import interrupt
from briefings.commands.interrupt import interruptible


@pytest.fixture(autouse=True)
def _handler() -> Iterator[None]:
    """Hear of Ctrl-C as a command does, and leave the suite as it was."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def press() -> None:
    signal.raise_signal(signal.SIGINT)


def test_a_second_one_does_not_cut_short_what_the_first_began() -> None:
    ended = []

    def run() -> None:
        try:
            press()
        except BaseException:
            for worker in ("one", "two"):
                press()
                ended.append(worker)
            raise

    with pytest.raises(KeyboardInterrupt), interruptible():
        run()
    assert ended == ["one", "two"]


def test_whoever_presses_again_because_nothing_happens_is_heard(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(interrupt, "SECONDS_TO_OBEY", -1.0)
    with suppress(KeyboardInterrupt), interruptible():
        with suppress(KeyboardInterrupt):
            press()
        press()
        pytest.fail("the second one was not heard")


def test_what_comes_after_the_run_was_interrupted_is_not_heard() -> None:
    with pytest.raises(KeyboardInterrupt), interruptible():
        press()
    press()


def test_without_one_the_usual_handler_is_there_again() -> None:
    with interruptible():
        pass
    with pytest.raises(KeyboardInterrupt):
        press()
