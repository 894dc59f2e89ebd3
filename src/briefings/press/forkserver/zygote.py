"""The process that has everything imported and does nothing but fork kernels.

It speaks over SOCK_SEQPACKET: a greeting to each connection, then one answer per request. A
greeting is {"recipe": …, "fault": …}. A request is one byte with four descriptors: stdin, stdout,
stderr and a file with the Request. The answer is {"pid": …} with three: pidfd, exit status,
readiness; or {"error": …}.
"""

from __future__ import annotations

import errno
import json
import os
import selectors
import signal
import socket
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import partial

from briefings.press.forkserver.child import Birth, become_kernel
from briefings.press.forkserver.descriptors import close_all
from briefings.press.forkserver.fitness import too_many_threads
from briefings.press.forkserver.loading import Loaded, load
from briefings.press.forkserver.process import STATUS
from briefings.press.forkserver.recipe import Recipe
from briefings.press.forkserver.request import Request

DESCRIPTORS = 4
MESSAGE_BYTES = 64
# Of the system, or of our descriptors: they pass, and are no reason to end everybody's kernels.
SHORTAGES = {errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.ENOBUFS}
# After one, new connections wait so long, or until anything else happens.
PAUSE_SECONDS = 1.0


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
        self._listens = False

    def serve(self) -> None:
        """Answer requests, report exits; return when the owner's connection ends."""
        self._welcome(self._owner)
        self._listen()
        while self._owner.fileno() >= 0:
            pauses = not self._listens
            for key, _ in self._selector.select(PAUSE_SECONDS if pauses else None):
                self._attend(key.fileobj)
            if pauses:
                self._listen()

    def last_word(self, reason: str) -> None:
        """Say why this process ends, if not because its owner has left."""
        lost = f"with {len(self._kernels)} kernels" if self._kernels else "without kernels"
        print(f"zygote {os.getpid()} ends {lost}: {reason}", file=sys.stderr, flush=True)

    def _listen(self) -> None:
        if self._listener is not None:
            self._selector.register(self._listener, selectors.EVENT_READ)
        self._listens = True

    def _attend(self, source: object) -> None:
        if isinstance(source, int):
            self._reap(source)
        elif source is self._listener and self._listener is not None:
            self._accept(self._listener)
        elif isinstance(source, socket.socket) and not self._hear(source):
            self._part(source)

    def _accept(self, listener: socket.socket) -> None:
        try:
            connection, _ = listener.accept()
        except OSError:  # whoever wanted in has gone, or there is a shortage
            self._selector.unregister(listener)
            self._listens = False
        else:
            self._welcome(connection)

    def _welcome(self, connection: socket.socket) -> None:
        self._selector.register(connection, selectors.EVENT_READ)
        _send(connection, self._greeting)

    def _hear(self, connection: socket.socket) -> bool:
        """Answer one request; False at the end of the connection."""
        try:
            message, found, _, _ = socket.recv_fds(connection, MESSAGE_BYTES, DESCRIPTORS)
        except ConnectionError:
            return False  # it ended before it had read everything
        except OSError as error:
            if error.errno in SHORTAGES:
                return True
            if connection is self._owner:
                self.last_word(f"its owner can not be heard: {error}")
            return False
        if message:
            self._answer(connection, found)
        return bool(message)

    def _answer(self, connection: socket.socket, found: Sequence[int]) -> None:
        try:
            if fault := self._loaded.fault or too_many_threads():
                _send(connection, {"error": fault})
            elif len(found) != DESCRIPTORS:
                _send(connection, {"error": f"{len(found)} of {DESCRIPTORS} descriptors arrived"})
            else:
                *standard, file = found
                self._fork(connection, Request.read(os.dup(file)), standard)
        except (OSError, ValueError) as error:
            _send(connection, {"error": str(error)})
        finally:
            close_all(found)

    def _fork(self, connection: socket.socket, request: Request, standard: Sequence[int]) -> None:
        zygote = os.getpid()
        opened: list[int] = []
        try:
            status, status_end = _pipe(opened)
            ready, ready_end = _pipe(opened)
            pid = os.fork()
            if pid == 0:
                become_kernel(Birth(request, self._loaded, tuple(standard), ready_end, zygote))
            kernel = Kernel(pid, status_end, connection)
            pidfd = _watch(kernel)
            self._kernels[pidfd] = kernel
            self._selector.register(pidfd, selectors.EVENT_READ)
            opened.remove(status_end)
            _send(connection, {"pid": pid}, (pidfd, status, ready))
        finally:
            close_all(opened)

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


def _pipe(opened: list[int]) -> tuple[int, int]:
    ends = os.pipe()
    opened += ends
    return ends


def _watch(kernel: Kernel) -> int:
    """Its pidfd; a kernel for which there is none would outlive everybody, so it ends."""
    try:
        return os.pidfd_open(kernel.pid)
    except OSError:
        kernel.kill()
        os.waitpid(kernel.pid, 0)
        raise


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
    zygote = Zygote(
        socket.socket(fileno=configuration["owner"]),
        None if listener is None else socket.socket(fileno=listener),
        recipe,
        loaded,
    )
    signal.signal(signal.SIGTERM, partial(_terminated, zygote))
    try:
        zygote.serve()
    except Exception as error:
        zygote.last_word(f"{type(error).__name__}: {error}")
        raise
    os._exit(0)


def _terminated(zygote: Zygote, signum: int, frame: object) -> None:
    zygote.last_word("it was sent SIGTERM")
    signal.signal(signum, signal.SIG_DFL)
    os.kill(os.getpid(), signum)
