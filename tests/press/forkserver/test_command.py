"""The command line of a kernel."""

from __future__ import annotations

import pytest

from briefings.press.forkserver.command import Command
from briefings.press.forkserver.errors import ZygoteError


def test_an_ipython_kernel():
    words = ["python", "-m", "ipykernel_launcher", "-f", "k.json"]
    assert Command.parse(words) == Command("python", (), ("-f", "k.json"))


def test_options_of_the_interpreter_are_kept_for_the_zygote():
    words = ["python", "-Xfrozen_modules=off", "-m", "ipykernel_launcher", "-f", "k.json"]
    assert Command.parse(words).options == ("-Xfrozen_modules=off",)


@pytest.mark.parametrize(
    "words",
    [
        ["R", "--slave"],
        ["python", "-m"],
        ["python", "-m", "xeus", "-f"],
        ["python", "-c", "1", "-m", "ipykernel_launcher"],
    ],
)
def test_any_other_command_is_left_to_an_ordinary_launch(words):
    with pytest.raises(ZygoteError, match="not the command"):
        Command.parse(words)
