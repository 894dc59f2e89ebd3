"""What the provisioner makes of a command and its options, before any process starts."""

from __future__ import annotations

import pkgutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from briefings.press.environment import KERNEL_SPEC
from briefings.press.forkserver.client import ZygoteError
from briefings.press.forkserver.provisioner import (
    ForkserverProvisioner,
    _arguments,
    _descriptor,
)

PROJECT = Path(__file__).parents[3] / "pyproject.toml"


def test_the_name_in_the_kernel_specification_is_registered():
    groups = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["entry-points"]
    name = KERNEL_SPEC["metadata"]["kernel_provisioner"]["provisioner_name"]
    target = groups["jupyter_client.kernel_provisioners"][name]
    assert pkgutil.resolve_name(target) is ForkserverProvisioner


def test_the_arguments_of_an_ipython_kernel():
    assert _arguments(["python", "-m", "ipykernel_launcher", "-f", "k"]) == ("-f", "k")


@pytest.mark.parametrize("cmd", [["R"], ["python", "-m", "xeus", "-f"], ["python", "-X", "a", "b"]])
def test_any_other_command_is_left_to_an_ordinary_launch(cmd):
    with pytest.raises(ZygoteError, match="not the command"):
        _arguments(cmd)


def test_where_the_standard_streams_go(tmp_path):
    assert _descriptor(None, 1, 9) == 1
    assert _descriptor(subprocess.DEVNULL, 1, 9) == 9
    with (tmp_path / "log").open("w") as stream:
        assert _descriptor(stream, 1, 9) == stream.fileno()
    with pytest.raises(ZygoteError, match="no pipes"):
        _descriptor(subprocess.PIPE, 1, 9)
