"""Nobody waits any more for a kernel that is just being forked: it ends, and nothing stays open."""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from briefings.press.forkserver import known, provisioner
from briefings.press.forkserver.descriptors import open_descriptors
from briefings.press.forkserver.provisioner import ForkserverProvisioner
from briefings.press.forkserver.recipe import Recipe

pytestmark = pytest.mark.slow


def command(folder: Path, name: str) -> list[str]:
    sockets = ["--transport=ipc", f"--ip={folder / name}-s"]
    return [sys.executable, "-m", "ipykernel_launcher", "-f", str(folder / name), *sockets]


async def cancelled(launched: ForkserverProvisioner, folder: Path, moment: threading.Event) -> bool:
    """Ask for a kernel and, at the moment given, for none."""
    starting = asyncio.ensure_future(
        launched.launch_kernel(command(folder, "k"), env=dict(os.environ), cwd=str(folder))
    )
    await asyncio.to_thread(moment.wait, 60)
    starting.cancel()
    await asyncio.gather(starting, return_exceptions=True)
    return starting.cancelled()


@pytest.mark.parametrize("moment", ["while it is forked", "when it is", "until it listens"])
def test_it_ends_and_nothing_stays_open(
    surroundings, own_zygote, tmp_path, zygotes, monkeypatch, moment
):
    recipe = Recipe.build((), os.environ)
    zygote = known.zygote_for(recipe, os.environ)
    zygote.recipe()
    born, go_on = threading.Event(), threading.Event()
    launched = ForkserverProvisioner()
    fork, wait = launched._fork, provisioner._wait_until_readable

    def fork_slowly(*arguments: object) -> object:
        if moment == "while it is forked":
            born.set()
            go_on.wait(20)
        found = fork(*arguments)
        if moment == "when it is":
            born.set()
            go_on.wait(20)
        return found

    async def wait_in_vain(descriptor: int, seconds: float) -> None:
        born.set()
        await asyncio.sleep(seconds)
        await wait(descriptor, seconds)

    monkeypatch.setattr(launched, "_fork", fork_slowly)
    if moment == "until it listens":
        monkeypatch.setattr(provisioner, "_wait_until_readable", wait_in_vain)
    before = open_descriptors()
    with ThreadPoolExecutor(1) as thread:  # the browser of other tests has a loop in this one
        assert thread.submit(asyncio.run, cancelled(launched, tmp_path, born)).result(120)
    go_on.set()
    (process,) = zygotes()
    for forking in [one for one in threading.enumerate() if one.name.startswith("ThreadPool")]:
        forking.join(60)
    _, alive = psutil.wait_procs(process.children(), timeout=20)
    assert alive == []
    launched.process = None  # its last descriptors go with it
    assert open_descriptors() == before
