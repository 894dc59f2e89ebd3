"""The process that has everything imported and does nothing but fork kernels.

It speaks over SOCK_SEQPACKET: a greeting (JSON) to each connection, then one answer per
request. A request is one byte with four descriptors: stdin, stdout, stderr and a file with the
Request. The answer is {"pid": …} with three: pidfd, exit status, readiness; or {"error": …}.
"""

from __future__ import annotations

import builtins
import gc
import importlib
import json
import os
import pkgutil
import selectors
import signal
import socket
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace

from briefings.press.forkserver.child import become_kernel
from briefings.press.forkserver.process import STATUS
from briefings.press.forkserver.request import FIXED_AT_START, Fixed, Request, fixed_at_start
from briefings.press.forkserver.touch import touch

# What a kernel imports only when it starts or runs its first cell.
OF_A_KERNEL = (
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.magics",
    "IPython.extensions.storemagic",
    "comm",
    "ipykernel.debugger",
    "ipykernel.ipkernel",
    "ipykernel.zmqshell",
    "jedi",
    "pdb",
    "psutil",
    "tornado.platform.asyncio",
)
DESCRIPTORS = 4
MESSAGE_BYTES = 4096


@dataclass(frozen=True)
class Kernel:
    """A child, where to report its end, and on whose behalf it runs."""

    pid: int
    status: int
    connection: socket.socket


class Zygote:
    """Serves its owner, and whoever else connects, until the owner is gone."""

    def __init__(
        self,
        owner: socket.socket,
        listener: socket.socket | None,
        *,
        preload: Sequence[str],
        fixed: Fixed,
        of_imports: Mapping[str, str],
    ) -> None:
        self._owner = owner
        self._listener = listener
        self._greeting = {"python": sys.executable, "preload": list(preload)}
        self._fixed = fixed
        self._of_imports = of_imports
        self._kernels: dict[int, Kernel] = {}
        # Unlike epoll it needs no descriptor of its own.
        self._selector = selectors.PollSelector()

    def serve(self) -> None:
        """Answer requests, report exits; return when the owner's connection ends."""
        self._welcome(self._owner)
        if self._listener is not None:
            self._selector.register(self._listener, selectors.EVENT_READ)
        while True:
            for key, _ in self._selector.select():
                if isinstance(key.fileobj, int):
                    self._reap(key.fileobj)
                elif key.fileobj is self._listener:
                    self._welcome(self._listener.accept()[0])
                elif isinstance(key.fileobj, socket.socket) and not self._hear(key.fileobj):
                    self._part(key.fileobj)
                    if key.fileobj is self._owner:
                        return

    def _welcome(self, connection: socket.socket) -> None:
        self._selector.register(connection, selectors.EVENT_READ)
        _send(connection, self._greeting)

    def _hear(self, connection: socket.socket) -> bool:
        """Answer one request; False at the end of the connection."""
        try:
            message, descriptors, _, _ = socket.recv_fds(connection, MESSAGE_BYTES, DESCRIPTORS)
        except OSError:
            return False
        if not message:
            return False
        try:
            self._answer(connection, descriptors)
        except OSError as error:
            _send(connection, {"error": str(error)})
        finally:
            _close(descriptors[:3])
        return True

    def _answer(self, connection: socket.socket, descriptors: Sequence[int]) -> None:
        *standard, file = descriptors
        request = Request.read(file)
        if reason := self._refusal(request):
            _send(connection, {"error": reason})
        else:
            self._fork(connection, request, standard)

    def _refusal(self, request: Request) -> str:
        """Why this process must not fork this kernel."""
        count = len(list(Path("/proc/self/task").iterdir()))
        if count > 1:
            # A lock held by another thread stays locked in the child, for ever.
            return f"the zygote has {count} threads"
        wanted = fixed_at_start(request.environment)
        triples = zip(FIXED_AT_START, self._fixed, wanted, strict=True)
        differing = [name for name, own, other in triples if own != other]
        return f"the zygote was started with another {', '.join(differing)}" if differing else ""

    def _fork(self, connection: socket.socket, request: Request, standard: Sequence[int]) -> None:
        ready, ready_end = os.pipe()
        status, status_end = os.pipe()
        request = replace(request, environment={**self._of_imports, **request.environment})
        zygote, pid = os.getpid(), os.fork()
        if pid == 0:
            become_kernel(request, standard=standard, ready=ready_end, zygote=zygote)
        pidfd = os.pidfd_open(pid)
        self._kernels[pidfd] = Kernel(pid, status_end, connection)
        self._selector.register(pidfd, selectors.EVENT_READ)
        _send(connection, {"pid": pid}, (pidfd, status, ready))
        _close((ready, ready_end, status))

    def _reap(self, pidfd: int) -> None:
        kernel = self._kernels.pop(pidfd)
        self._selector.unregister(pidfd)
        _, status = os.waitpid(kernel.pid, 0)
        with suppress(OSError):  # nobody waits for it any more
            os.write(kernel.status, STATUS.pack(os.waitstatus_to_exitcode(status)))
        _close((kernel.status, pidfd))

    def _part(self, connection: socket.socket) -> None:
        """No kernel outlives the process that asked for it."""
        for kernel in self._kernels.values():
            if kernel.connection is connection or connection is self._owner:
                with suppress(ProcessLookupError):
                    os.killpg(kernel.pid, signal.SIGKILL)
                with suppress(ProcessLookupError):  # it may not have a group of its own yet
                    os.kill(kernel.pid, signal.SIGKILL)
        self._selector.unregister(connection)
        connection.close()


def _send(connection: socket.socket, answer: object, descriptors: Sequence[int] = ()) -> None:
    # Who does not listen any more is noticed when its connection is next read.
    with suppress(OSError):
        socket.send_fds(connection, [json.dumps(answer).encode()], list(descriptors))


def _close(descriptors: Iterable[int]) -> None:
    for descriptor in descriptors:
        os.close(descriptor)


def load(preload: Iterable[str]) -> dict[str, str]:
    """Import the modules, call the functions (`module:function`), touch what came with them.

    Returns the environment variables that this has set, as it would have in a kernel.
    """
    # matplotlib reads its backend when it is imported; this is the one a kernel would set.
    os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    before = dict(os.environ)
    # pandas, among others, chooses defaults by whether it is imported in a kernel: it will be.
    builtins.get_ipython = lambda: SimpleNamespace(kernel=True)  # type: ignore[attr-defined]
    try:
        for name in (*OF_A_KERNEL, *preload):
            if ":" in name:
                pkgutil.resolve_name(name)()
            else:
                importlib.import_module(name)
        touch()
    finally:
        del builtins.get_ipython  # type: ignore[attr-defined]
    return {name: value for name, value in os.environ.items() if before.get(name) != value}


def main() -> None:
    """Load, freeze, serve. The one argument is JSON: owner, listener, preload."""
    configuration = json.loads(sys.argv[1])
    listener = configuration["listener"]
    preload = configuration["preload"]
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt is for a kernel or for the owner
    fixed = fixed_at_start(os.environ)
    of_imports = load(preload)
    # Objects that the collector never visits stay in pages shared by all kernels.
    gc.collect()
    gc.disable()
    gc.freeze()
    Zygote(
        socket.socket(fileno=configuration["owner"]),
        None if listener is None else socket.socket(fileno=listener),
        preload=preload,
        fixed=fixed,
        of_imports=of_imports,
    ).serve()
    os._exit(0)
