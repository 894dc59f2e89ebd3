"""Kernels end with the process that asked for them; a zygote may serve several."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from briefings.press.forkserver.client import ADDRESS, join, shared_zygote
from briefings.press.forkserver.request import Request

pytestmark = pytest.mark.slow

# Starts a kernel from a zygote (its own, or the one in the environment) and waits to be killed.
OWNER = """
import os, sys, time
from briefings.press.forkserver.client import zygote_for
from briefings.press.forkserver.request import Request
arguments = ("-f", sys.argv[1], "--transport=ipc", "--ip=" + sys.argv[1] + "-s")
null = os.open(os.devnull, os.O_RDWR)
zygote = zygote_for(sys.executable, [], os.environ)
process, ready = zygote.spawn(Request(arguments, dict(os.environ), os.getcwd()), [null] * 3)
os.read(ready, 1)
zygote_pid = open(f"/proc/{process.pid}/stat").read().rpartition(")")[2].split()[1]
print(process.pid, zygote_pid, flush=True)
time.sleep(60)
"""


def start_owner(
    folder: Path, name: str, environment: dict[str, str]
) -> tuple[subprocess.Popen, int, int]:
    owner = subprocess.Popen(
        [sys.executable, "-c", OWNER, str(folder / name)],
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    )
    assert owner.stdout
    kernel, zygote = map(int, owner.stdout.readline().split())
    return owner, kernel, zygote


def kill(owner: subprocess.Popen) -> None:
    owner.kill()
    owner.wait()
    owner.stdout.close()


def ends(pid: int, seconds: float = 5.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end and Path(f"/proc/{pid}").exists():
        time.sleep(0.02)
    return not Path(f"/proc/{pid}").exists()


def test_no_orphans_when_the_owner_is_killed(tmp_path):
    owner, kernel, zygote = start_owner(tmp_path, "k", dict(os.environ))
    assert Path(f"/proc/{kernel}").exists()
    kill(owner)
    assert ends(kernel)
    assert ends(zygote)


def test_a_shared_zygote_serves_several_and_survives_each(tmp_path):
    with shared_zygote(tmp_path, [], os.environ) as variables:
        address = Path(variables[ADDRESS])
        assert stat.S_IMODE(address.stat().st_mode) == 0o600
        environment = os.environ | variables
        first, first_kernel, first_zygote = start_owner(tmp_path, "a", environment)
        second, second_kernel, second_zygote = start_owner(tmp_path, "b", environment)
        assert first_zygote == second_zygote
        kill(first)
        assert ends(first_kernel)
        assert Path(f"/proc/{second_kernel}").exists()
    assert ends(second_kernel)
    assert ends(first_zygote)
    assert not address.exists()
    kill(second)


def test_a_shared_zygote_refuses_what_a_fork_can_not_change(tmp_path):
    with shared_zygote(tmp_path, [], os.environ) as variables:
        client = join(variables[ADDRESS])
        request = Request((), os.environ | {"PYTHONHASHSEED": "77"}, "/")
        with pytest.raises(Exception, match="started with another PYTHONHASHSEED"):
            client.spawn(request, [0, 1, 2])
        assert client.is_alive
        client.close()
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
