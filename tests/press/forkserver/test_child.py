"""What a forked kernel does when it is not wanted any more."""

from __future__ import annotations

import os

import pytest

from briefings.press.forkserver.child import _say_ready


def test_a_kernel_that_nobody_waits_for_ends_without_a_word() -> None:
    heard, ready = os.pipe()
    os.close(heard)
    with pytest.raises(SystemExit, match="1"):
        _say_ready(ready)
    os.close(ready)


def test_a_kernel_says_once_that_it_is_ready() -> None:
    heard, ready = os.pipe()
    _say_ready(ready)
    assert os.read(heard, 2) == b"\0"
    os.close(heard)
