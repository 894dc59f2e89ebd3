"""An owner's side: one zygote per process, or one shared by many through a socket file."""

from __future__ import annotations

import atexit
import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from briefings.press.forkserver.process import ForkedProcess, readable
from briefings.press.forkserver.request import Fixed, Request, fixed_at_start

# The environment variable that names the socket file of a shared zygote.
ADDRESS = "KERNEL_ZYGOTE"
# Not -m, which would import from the owner's folder first; IPython puts '' back in kernels.
BOOT = """
import sys
sys.path[:] = [folder for folder in sys.path if folder]
from briefings.press.forkserver.zygote import main
main()
"""
# Libraries that would start threads when imported, after which no fork is safe.
WITHOUT_THREADS = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
}
START_SECONDS = 60.0
FORK_SECONDS = 10.0
END_SECONDS = 5.0
BACKLOG = 128
MESSAGE_BYTES = 4096

Key = tuple[int, str, tuple[str, ...], Fixed]


class ZygoteError(Exception):
    """No kernel can be forked; an ordinary one will do."""


class ZygoteClient:
    """A connection to a zygote; safe to use from several threads."""

    def __init__(
        self, connection: socket.socket, process: subprocess.Popen[bytes] | None = None
    ) -> None:
        self._connection = connection
        self._process = process
        self._greeting: dict[str, Any] | None = None
        self._lock = threading.Lock()

    @property
    def greeting(self) -> dict[str, Any]:
        """What the zygote says of itself when it has loaded everything; waits for it."""
        with self._lock:
            if self._greeting is None:
                self._greeting, _ = self._receive(START_SECONDS)
            return self._greeting

    def spawn(self, request: Request, standard: Sequence[int]) -> tuple[ForkedProcess, int]:
        """The kernel, and a descriptor that becomes readable when it listens or has died."""
        self.greeting  # noqa: B018 - it comes before any answer
        with self._lock:
            file = request.descriptor()
            try:
                socket.send_fds(self._connection, [b"\0"], [*standard, file])
            except OSError as error:
                raise ZygoteError(f"the zygote is gone: {error}") from error
            finally:
                os.close(file)
            answer, descriptors = self._receive(FORK_SECONDS)
        if "error" in answer:
            raise ZygoteError(answer["error"])
        pidfd, status, ready = descriptors
        return ForkedProcess(answer["pid"], pidfd, status), ready

    @property
    def is_alive(self) -> bool:
        """Whether the zygote still holds its end of the connection."""
        if self._connection.fileno() < 0:
            return False
        if not readable(self._connection.fileno(), 0):
            return True
        try:
            return bool(self._connection.recv(1, socket.MSG_PEEK))
        except OSError:
            return False  # it ended before it had read everything

    def close(self) -> None:
        """Leave; a zygote of our own ends with all its kernels."""
        self._connection.close()
        if self._process is None:
            return
        try:
            self._process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _receive(self, seconds: float) -> tuple[dict[str, Any], list[int]]:
        self._connection.settimeout(seconds)
        try:
            message, descriptors, _, _ = socket.recv_fds(self._connection, MESSAGE_BYTES, 3)
        except TimeoutError as error:
            self.close()  # a late answer would be taken for that to the next request
            raise ZygoteError(f"the zygote did not answer in {seconds:.0f} seconds") from error
        except OSError as error:
            raise ZygoteError(f"the zygote is gone: {error}") from error
        if not message:
            raise ZygoteError("the zygote has ended")
        return json.loads(message), descriptors


def start(
    python: str,
    preload: Sequence[str],
    environment: Mapping[str, str],
    listener: socket.socket | None = None,
) -> ZygoteClient:
    """A new zygote, which loads while the caller goes on; ZygoteError where none can be."""
    if not is_possible():
        raise ZygoteError("this system can not fork kernels")
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    passed = [theirs.fileno(), *([] if listener is None else [listener.fileno()])]
    configuration = {
        "owner": theirs.fileno(),
        "listener": None if listener is None else listener.fileno(),
        "preload": list(preload),
    }
    with theirs:
        try:
            process = subprocess.Popen(
                [python, "-c", BOOT, json.dumps(configuration)],
                pass_fds=passed,
                env={**environment, **WITHOUT_THREADS},
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
        except OSError as error:
            ours.close()
            raise ZygoteError(f"the zygote can not be started: {error}") from error
    return ZygoteClient(ours, process)


def join(address: str) -> ZygoteClient:
    """A connection to a zygote that somebody else has started."""
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    try:
        connection.connect(address)
    except OSError as error:
        connection.close()
        raise ZygoteError(f"no zygote listens at {address}: {error}") from error
    return ZygoteClient(connection)


@contextmanager
def shared_zygote(
    folder: Path, preload: Sequence[str], environment: Mapping[str, str]
) -> Iterator[dict[str, str]]:
    """A zygote for other processes too; yields the variables that lead them to it.

    Yields none where it is impossible: then each of them finds out, warns and does without.
    """
    address = folder / "zygote"
    try:
        with _listener(address) as listener:
            client = start(sys.executable, preload, environment, listener)
    except (ZygoteError, OSError, AttributeError):
        yield {}
        return
    try:
        yield {ADDRESS: str(address)}
    finally:
        client.close()
        address.unlink(missing_ok=True)


def _listener(address: Path) -> socket.socket:
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    try:
        listener.bind(str(address))
        address.chmod(0o600)  # before it listens, so nobody else was ever let in
        listener.listen(BACKLOG)
    except OSError:
        listener.close()
        raise
    return listener


_known: dict[Key, ZygoteClient | ZygoteError] = {}
_known_lock = threading.Lock()


def zygote_for(python: str, preload: Sequence[str], environment: Mapping[str, str]) -> ZygoteClient:
    """This process's zygote for such kernels: the shared one if it fits, else one of its own.

    A zygote that could not be started, or that `give_up` has seen fail, is not tried again.
    """
    key = (os.getpid(), python, tuple(preload), fixed_at_start(environment))
    with _known_lock:
        if key not in _known:
            try:
                _known[key] = _shared(python, preload) or start(python, preload, environment)
            except ZygoteError as error:
                _known[key] = error
        known = _known[key]
    if isinstance(known, ZygoteError):
        raise known
    return known


def zygote_is_lost() -> bool:
    """Whether a zygote of this process has failed: then its kernels die without any fault."""
    with _known_lock:
        mine = [known for key, known in _known.items() if key[0] == os.getpid()]
    return any(isinstance(known, ZygoteError) or not known.is_alive for known in mine)


@atexit.register
def close_all() -> None:
    """Close the zygotes of this process; the next kernel starts a new one."""
    with _known_lock:
        for key in [key for key in _known if key[0] == os.getpid()]:
            known = _known.pop(key)
            if isinstance(known, ZygoteClient):
                known.close()


def give_up(client: ZygoteClient, error: ZygoteError) -> None:
    """Close a zygote that failed and remember why."""
    with _known_lock:
        for key in [key for key, known in _known.items() if known is client]:
            _known[key] = error
    client.close()


def is_possible() -> bool:
    """Whether this system has what forked kernels need: pidfd, memfd and /proc (Linux)."""
    needed = ("fork", "pidfd_open", "memfd_create")
    return all(hasattr(os, name) for name in needed) and Path("/proc/self/task").is_dir()


def _shared(python: str, preload: Sequence[str]) -> ZygoteClient | None:
    address = os.environ.get(ADDRESS)
    if not address:
        return None
    client = join(address)
    if client.greeting == {"python": python, "preload": list(preload)}:
        return client
    client.close()
    return None
