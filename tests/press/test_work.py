"""A worker tells its faults in words that reach the parent process."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from threading import Lock
from typing import Never

import pytest

from briefings.errors import ReportError
from briefings.press import work
from briefings.press.job import Job


class UnportableError(Exception):
    """An exception that can be raised, but not handed to another process."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.lock = Lock()


def test_a_fault_that_can_not_travel_is_told_all_the_same(
    make_job: Callable[..., Job], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(job: Job) -> Never:
        raise UnportableError("no such table")

    monkeypatch.setattr(work, "_made", fails)
    with pytest.raises(TypeError):
        pickle.dumps(UnportableError("no such table"))

    with pytest.raises(ReportError) as caught:
        work.produce(make_job("one"))

    assert caught.value.__context__ is None  # it would travel along once Dask is loaded
    arrived = pickle.loads(pickle.dumps(caught.value))
    assert arrived.message == "unexpected UnportableError: no such table"
    assert "in fails" in arrived.advice


def test_what_led_to_a_fault_for_a_person_stays_behind(
    make_job: Callable[..., Job], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(job: Job) -> Never:
        raise ReportError("The chart is empty.", "Look at it.") from UnportableError("no rows")

    monkeypatch.setattr(work, "_made", fails)
    with pytest.raises(ReportError, match="The chart is empty") as caught:
        work.produce(make_job("one"))
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None
