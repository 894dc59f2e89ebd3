"""Jupyter's extension point: how a kernel manager comes by a forked kernel."""

from __future__ import annotations

import asyncio
import logging
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from traitlets import List, Unicode

from briefings.press.forkserver.client import (
    ADDRESS,
    ZygoteClient,
    ZygoteError,
    give_up,
    zygote_for,
)
from briefings.press.forkserver.process import ForkedProcess
from briefings.press.forkserver.request import Request

log = logging.getLogger(__name__)

LAUNCHERS = ("ipykernel_launcher", "ipykernel")
UNDERSTOOD = {"env", "cwd", "stdin", "stdout", "stderr"}
READY_SECONDS = 30.0
# How often a kernel manager looks whether a kernel has ended.
TICK_SECONDS = 0.1

_warned: set[int] = set()


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
            process, ready = await asyncio.to_thread(self._fork, cmd, environment, options)
        except ZygoteError as error:
            _warn_once(error)
            return await super().launch_kernel(cmd, **{**kwargs, "env": environment})
        self.process = process  # type: ignore[assignment] # it looks like one
        self.pid = self.pgid = process.pid
        self.cwd = _folder(options)
        try:
            # A client that comes too early is refused, and tries again only after 100 ms.
            await _readable(ready, READY_SECONDS)
        finally:
            os.close(ready)
        return self.connection_info

    def _fork(
        self, cmd: list[str], environment: Mapping[str, str], options: Mapping[str, Any]
    ) -> tuple[ForkedProcess, int]:
        arguments = _arguments(cmd)
        if strange := set(options) - UNDERSTOOD:
            raise ZygoteError(f"a forked kernel does not know {', '.join(sorted(strange))}")
        zygote = zygote_for(cmd[0], self.preload, environment)
        request = Request(
            arguments,
            {**environment, "JPY_PARENT_PID": str(os.getpid())},
            str(_folder(options)),
        )
        return _spawn(zygote, request, options)

    async def poll(self) -> int | None:
        """As for any kernel; while it is being ended, wakes up at once when it has."""
        if self._is_ending and isinstance(self.process, ForkedProcess):
            process: ForkedProcess = self.process
            if process.poll() is None:
                await _readable(process.pidfd, TICK_SECONDS)
        return await super().poll()

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


def _folder(options: Mapping[str, Any]) -> Path:
    return Path(options.get("cwd") or "").expanduser().absolute()


def _arguments(cmd: list[str]) -> tuple[str, ...]:
    if len(cmd) < 3 or cmd[1] != "-m" or cmd[2] not in LAUNCHERS:
        raise ZygoteError(f"not the command of an IPython kernel: {' '.join(cmd)}")
    return tuple(cmd[3:])


def _spawn(
    zygote: ZygoteClient, request: Request, options: Mapping[str, Any]
) -> tuple[ForkedProcess, int]:
    null = os.open(os.devnull, os.O_RDWR)
    inherited = {"stdin": null, "stdout": 1, "stderr": 2}
    try:
        standard = [_descriptor(options.get(name), inherited[name], null) for name in inherited]
        return zygote.spawn(request, standard)
    except ZygoteError as error:
        if not zygote.is_alive:
            give_up(zygote, error)
        raise
    finally:
        os.close(null)


def _descriptor(stream: Any, default: int, null: int) -> int:
    if stream is None:
        return default
    if stream == subprocess.DEVNULL:
        return null
    descriptor = stream if isinstance(stream, int) else stream.fileno()
    if descriptor < 0:
        raise ZygoteError("a forked kernel has no pipes")
    return int(descriptor)


async def _readable(descriptor: int, seconds: float) -> None:
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


def _warn_once(error: ZygoteError) -> None:
    if os.getpid() not in _warned:
        _warned.add(os.getpid())
        log.warning("Kernels start slowly, because none can be forked: %s", error)
