"""Kernels end with the process that asked for them; a zygote may serve several."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from briefings.press.forkserver.client import ZygoteClient
from briefings.press.forkserver.descriptors import standard_streams
from briefings.press.forkserver.process import ForkedProcess
from briefings.press.forkserver.recipe import Recipe
from briefings.press.forkserver.request import Request
from briefings.press.forkserver.sharing import ADDRESS, shared_zygote
from briefings.press.forkserver.start import start

pytestmark = pytest.mark.slow

# Starts a kernel from a zygote (its own, or the one in the environment) and waits to be killed.
OWNER = """
import os, sys, time
from briefings.press.forkserver.known import zygote_for
from briefings.press.forkserver.recipe import Recipe, fixed_part
from briefings.press.forkserver.request import Request
arguments = ("-f", sys.argv[1], "--transport=ipc", "--ip=" + sys.argv[1] + "-s")
null = os.open(os.devnull, os.O_RDWR)
recipe = Recipe(sys.executable, (), (), fixed_part(os.environ))
zygote = zygote_for(recipe, os.environ)
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


def test_no_orphans_when_the_owner_is_killed(tmp_path, ends):
    owner, kernel, zygote = start_owner(tmp_path, "k", dict(os.environ))
    assert Path(f"/proc/{kernel}").exists()
    kill(owner)
    assert ends(kernel)
    assert ends(zygote)


@pytest.fixture
def sigchld_ignored():
    """As under `nohup`-like supervisors and in some containers."""
    before = signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    yield
    signal.signal(signal.SIGCHLD, before)


def spawn(zygote: ZygoteClient, folder: Path, name: str) -> ForkedProcess:
    """A kernel that listens."""
    sockets = ("--transport=ipc", f"--ip={folder / name}-s")
    request = Request(("-f", str(folder / name), *sockets), dict(os.environ), str(folder))
    with standard_streams({}) as standard:
        process, ready = zygote.spawn(request, standard)
    os.read(ready, 1)
    os.close(ready)
    return process


def test_a_kernel_that_ends_takes_no_other_with_it_where_sigchld_is_ignored(
    tmp_path, sigchld_ignored
):
    zygote = start(Recipe.build((), os.environ), os.environ)
    first, second = (spawn(zygote, tmp_path, name) for name in "ab")
    first.kill()
    assert first.wait(20) == -signal.SIGKILL
    third = spawn(zygote, tmp_path, "c")
    assert zygote.is_alive
    assert [second.poll(), third.poll()] == [None, None]
    zygote.close()
    assert [second.wait(20), third.wait(20)] == 2 * [-signal.SIGKILL]


def test_a_shared_zygote_serves_several_and_survives_each(tmp_path, ends):
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
