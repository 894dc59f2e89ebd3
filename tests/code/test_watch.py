"""A file that was touched after it was looked at is noticed, whatever it says by then."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from briefings.code.watch import Watch
from briefings.errors import ReportError
from tests import tiny

LATER = 2_000_000_000


def test_what_nobody_touches_is_not_disturbed(tmp_path: Path) -> None:
    file = tiny.write(tmp_path / "units.csv", "a")
    watch = Watch()
    assert watch.read(file) == b"a"
    watch.note(tmp_path / "absent.csv")
    assert watch.disturbed() == []
    watch.refuse_disturbed("it was read")


def test_a_file_that_was_changed_and_restored_is_disturbed(tmp_path: Path) -> None:
    file = tiny.write(tmp_path / "units.csv", "a")
    watch = Watch()
    watch.note(file)
    tiny.write(file, "b")
    tiny.write(file, "a")
    os.utime(file, (LATER, LATER))
    with pytest.raises(ReportError, match=r"units.csv was written to while it was read"):
        watch.refuse_disturbed("it was read")


def test_a_second_watch_goes_on_from_the_first(tmp_path: Path) -> None:
    early, late = tiny.write(tmp_path / "early.py", "a"), tiny.write(tmp_path / "late.csv", "a")
    first = Watch()
    first.note(early)
    second = Watch(first)
    second.note(late)
    for file in (early, late):
        tiny.write(file, "other")
    assert first.disturbed() == [early]
    assert second.disturbed() == [early, late]
