"""Jupyter's extension point: how a kernel manager comes by a forked kernel."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeAlias

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from traitlets import List, Unicode

from briefings.press.forkserver.command import Command
from briefings.press.forkserver.descriptors import standard_streams
from briefings.press.forkserver.errors import ZygoteError
from briefings.press.forkserver.known import give_up, zygote_for
from briefings.press.forkserver.process import ForkedProcess
from briefings.press.forkserver.recipe import Recipe
from briefings.press.forkserver.request import Request
from briefings.press.forkserver.sharing import ADDRESS
from briefings.press.forkserver.warning import warn_once

# A kernel, and a descriptor that becomes readable when it listens.
Forked: TypeAlias = tuple[ForkedProcess, int]

UNDERSTOOD = {"env", "cwd", "stdin", "stdout", "stderr"}
READY_SECONDS = 30.0
# How often a kernel manager looks whether a kernel has ended.
TICK_SECONDS = 0.1


class ForkserverProvisioner(LocalProvisioner):
    """Kernels forked from a zygote; ordinary ones, with one warning, where that is impossible."""

    preload = List(Unicode(), config=True, help="Modules, or module:function, loaded once.")
    _is_ending = False

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Fork; returns when the sockets of the kernel are bound."""
        self._is_ending = False
        options = self._scrub_kwargs(kwargs)
        environment = dict(options.get("env") or os.environ)
        environment.pop(ADDRESS, None)
        try:
            process, ready = await _unless_cancelled(self._fork, cmd, environment, options)
        except ZygoteError as error:
            warn_once(error)
            return await super().launch_kernel(cmd, **{**kwargs, "env": environment})
        self.process = process  # type: ignore[assignment] # it looks like one
        self.pid = self.pgid = process.pid
        self.cwd = _folder(options)
        try:
            # A client that comes too early is refused, and tries again only after 100 ms.
            await _wait_until_readable(ready, READY_SECONDS)
        except asyncio.CancelledError:
            process.kill()
            raise
        finally:
            os.close(ready)
        return self.connection_info

    def _fork(
        self, cmd: Sequence[str], environment: Mapping[str, str], options: Mapping[str, Any]
    ) -> Forked:
        if strange := set(options) - UNDERSTOOD:
            raise ZygoteError(f"a forked kernel does not know {', '.join(sorted(strange))}")
        command = Command.parse(cmd)
        recipe = Recipe.build(
            self.preload, environment, python=command.python, options=command.options
        )
        of_a_kernel = {**environment, "JPY_PARENT_PID": str(os.getpid())}
        request = Request(command.arguments, of_a_kernel, str(_folder(options)))
        zygote = zygote_for(recipe, environment)
        try:
            with standard_streams(options) as standard:
                return zygote.spawn(request, standard)
        except ZygoteError as error:
            if not zygote.is_alive:
                give_up(zygote, error)
            raise

    async def poll(self) -> int | None:
        """As for any kernel; while it is being ended, wakes up at once when it has."""
        if self._is_ending and isinstance(self.process, ForkedProcess):
            process: ForkedProcess = self.process
            if process.poll() is None:
                await _wait_until_readable(process.pidfd, TICK_SECONDS)
        return await super().poll()

    async def send_signal(self, signum: int) -> None:
        """To the process group; not to one that has got the number of a kernel that has ended."""
        process: object = self.process
        if (
            isinstance(process, ForkedProcess)
            and process.poll() is not None
            and Path(f"/proc/{process.pid}").exists()
        ):
            return  # without that, only what the kernel has left behind can be in its group
        await super().send_signal(signum)

    async def shutdown_requested(self, restart: bool = False) -> None:
        """The kernel has been asked to end."""
        self._is_ending = True
        await super().shutdown_requested(restart)

    async def terminate(self, restart: bool = False) -> None:
        """Ask the process group to end."""
        self._is_ending = True
        await super().terminate(restart)

    async def kill(self, restart: bool = False) -> None:
        """End the process group."""
        self._is_ending = True
        await super().kill(restart)


async def _unless_cancelled(fork: Callable[..., Forked], *arguments: object) -> Forked:
    """What `fork` gives in a thread; if nobody waits for it any more, it is ended."""
    threads = ThreadPoolExecutor(1)
    forking = threads.submit(fork, *arguments)
    threads.shutdown(wait=False)
    try:
        return await asyncio.wrap_future(forking)
    except asyncio.CancelledError:
        forking.add_done_callback(_end_unwanted)
        raise


def _end_unwanted(forking: Future[Forked]) -> None:
    if not forking.cancelled() and forking.exception() is None:
        process, ready = forking.result()
        process.kill()
        os.close(ready)


def _folder(options: Mapping[str, Any]) -> Path:
    """Its working folder; FileNotFoundError as from Popen."""
    return Path(options.get("cwd") or "").resolve(strict=True)


async def _wait_until_readable(descriptor: int, seconds: float) -> None:
    """Return when there is something to read, or after `seconds`."""
    loop = asyncio.get_running_loop()
    seen = asyncio.Event()
    loop.add_reader(descriptor, seen.set)
    try:
        await asyncio.wait_for(seen.wait(), seconds)
    except TimeoutError:
        return
    finally:
        loop.remove_reader(descriptor)
