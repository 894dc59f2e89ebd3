"""The process that has everything imported and does nothing but fork kernels.

It speaks over SOCK_SEQPACKET: a greeting to each connection, then one answer per request. A
greeting is {"recipe": …, "fault": …}. A request is one byte with four descriptors: stdin, stdout,
stderr and a file with the Request. The answer is {"pid": …} with three: pidfd, exit status,
readiness; or {"error": …}.
"""

from __future__ import annotations

import json
import os
import selectors
import signal
import socket
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass

from briefings.press.forkserver.child import Birth, become_kernel
from briefings.press.forkserver.descriptors import close_all
from briefings.press.forkserver.fitness import too_many_threads
from briefings.press.forkserver.loading import Loaded, load
from briefings.press.forkserver.process import STATUS
from briefings.press.forkserver.recipe import Recipe
from briefings.press.forkserver.request import Request

DESCRIPTORS = 4
MESSAGE_BYTES = 64


@dataclass(frozen=True)
class Kernel:
    """A child, where to report its end, and on whose behalf it runs."""

    pid: int
    status: int
    connection: socket.socket

    def kill(self) -> None:
        """End it and its process group."""
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        with suppress(ProcessLookupError):  # it may not have a group of its own yet
            os.kill(self.pid, signal.SIGKILL)


class Zygote:
    """Serves its owner, and whoever else connects, until the owner is gone."""

    def __init__(
        self, owner: socket.socket, listener: socket.socket | None, recipe: Recipe, loaded: Loaded
    ) -> None:
        self._owner = owner
        self._listener = listener
        self._loaded = loaded
        self._greeting = {"recipe": asdict(recipe), "fault": loaded.fault}
        self._kernels: dict[int, Kernel] = {}
        self._selector = selectors.PollSelector()  # unlike epoll it needs no descriptor

    def serve(self) -> None:
        """Answer requests, report exits; return when the owner's connection ends."""
        self._welcome(self._owner)
        if self._listener is not None:
            self._selector.register(self._listener, selectors.EVENT_READ)
        while self._owner.fileno() >= 0:
            for key, _ in self._selector.select():
                self._attend(key.fileobj)

    def _attend(self, source: object) -> None:
        if isinstance(source, int):
            self._reap(source)
        elif source is self._listener and self._listener is not None:
            self._welcome(self._listener.accept()[0])
        elif isinstance(source, socket.socket) and not self._hear(source):
            self._part(source)

    def _welcome(self, connection: socket.socket) -> None:
        self._selector.register(connection, selectors.EVENT_READ)
        _send(connection, self._greeting)

    def _hear(self, connection: socket.socket) -> bool:
        """Answer one request; False at the end of the connection."""
        try:
            message, found, _, _ = socket.recv_fds(connection, MESSAGE_BYTES, DESCRIPTORS)
        except OSError:
            return False
        if message:
            self._answer(connection, found)
        return bool(message)

    def _answer(self, connection: socket.socket, found: Sequence[int]) -> None:
        try:
            if fault := self._loaded.fault or too_many_threads():
                _send(connection, {"error": fault})
            else:
                *standard, file = found
                self._fork(connection, Request.read(os.dup(file)), standard)
        except (OSError, ValueError) as error:
            _send(connection, {"error": str(error)})
        finally:
            close_all(found)

    def _fork(self, connection: socket.socket, request: Request, standard: Sequence[int]) -> None:
        status, status_end = os.pipe()
        ready, ready_end = os.pipe()
        zygote = os.getpid()
        try:
            pid = os.fork()
            if pid == 0:
                become_kernel(Birth(request, self._loaded, tuple(standard), ready_end, zygote))
            pidfd = os.pidfd_open(pid)
            _send(connection, {"pid": pid}, (pidfd, status, ready))
        except OSError:
            os.close(status_end)
            raise
        finally:
            close_all((status, ready, ready_end))
        self._kernels[pidfd] = Kernel(pid, status_end, connection)
        self._selector.register(pidfd, selectors.EVENT_READ)

    def _reap(self, pidfd: int) -> None:
        kernel = self._kernels.pop(pidfd)
        self._selector.unregister(pidfd)
        _, status = os.waitpid(kernel.pid, 0)
        with suppress(OSError):  # nobody waits for it any more
            os.write(kernel.status, STATUS.pack(os.waitstatus_to_exitcode(status)))
        close_all((kernel.status, pidfd))

    def _part(self, connection: socket.socket) -> None:
        """No kernel outlives the process that asked for it, and none the owner."""
        for kernel in self._kernels.values():
            if connection in (kernel.connection, self._owner):
                kernel.kill()
        self._selector.unregister(connection)
        connection.close()


def _send(connection: socket.socket, answer: object, descriptors: Sequence[int] = ()) -> None:
    # Who does not listen any more is noticed when its connection is next read.
    with suppress(OSError):
        socket.send_fds(connection, [json.dumps(answer).encode()], list(descriptors))


def main() -> None:
    """Load, then serve. The one argument is JSON: owner, listener, recipe."""
    configuration = json.loads(sys.argv[1])
    listener = configuration["listener"]
    recipe = Recipe.from_json(configuration["recipe"])
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt is for a kernel or for the owner
    # Under a supervisor that ignores it the system would reap kernels before their status is read.
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    loaded = load(recipe.preload)
    Zygote(
        socket.socket(fileno=configuration["owner"]),
        None if listener is None else socket.socket(fileno=listener),
        recipe,
        loaded,
    ).serve()
    os._exit(0)
