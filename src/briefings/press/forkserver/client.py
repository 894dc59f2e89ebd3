"""An owner's end of the connection to a zygote."""

from __future__ import annotations

import json
import logging
import os
import signal
import socket
import subprocess
import threading
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from briefings.press.forkserver.descriptors import close_all, readable
from briefings.press.forkserver.errors import ZygoteError
from briefings.press.forkserver.process import ForkedProcess
from briefings.press.forkserver.recipe import Recipe
from briefings.press.forkserver.request import Request

LOAD_SECONDS = 60.0
FORK_SECONDS = 10.0
END_SECONDS = 5.0
MESSAGE_BYTES = 65536
DESCRIPTORS = 3  # pidfd, exit status, readiness

log = logging.getLogger(__name__)


class ZygoteClient:
    """A connection, and the process behind it if it is ours; safe to use from several threads."""

    def __init__(
        self, connection: socket.socket, process: subprocess.Popen[bytes] | None = None
    ) -> None:
        self._connection = connection
        self._process = process
        self._greeting: dict[str, Any] | None = None
        self._lock = threading.Lock()

    def recipe(self) -> Recipe:
        """What the zygote has loaded; waits for that. ZygoteError where it can not fork."""
        with self._lock:
            if self._greeting is None:
                self._greeting, _ = self._receive(LOAD_SECONDS)
        if fault := self._greeting["fault"]:
            raise ZygoteError(fault)
        return Recipe.from_json(self._greeting["recipe"])

    def spawn(self, request: Request, standard: Sequence[int]) -> tuple[ForkedProcess, int]:
        """The kernel, and a descriptor that becomes readable when it listens or has died.

        `standard` are its stdin, stdout and stderr. ZygoteError where there is no kernel.
        """
        self.recipe()  # its greeting comes before any answer
        with self._lock:
            self._send(request, standard)
            answer, descriptors = self._receive(FORK_SECONDS)
        if "error" in answer:
            raise ZygoteError(answer["error"])
        if len(descriptors) != DESCRIPTORS:
            _abandon(answer["pid"], descriptors)
            raise ZygoteError("this process has too many files open")
        pidfd, status, ready = descriptors
        return ForkedProcess(answer["pid"], pidfd, status), ready

    @property
    def is_alive(self) -> bool:
        """Whether the zygote still holds its end of the connection, and can fork at all."""
        if not self._lock.acquire(blocking=False):
            return True  # another thread waits for an answer, and would hear of its end
        try:
            return self._holds()
        finally:
            self._lock.release()

    def _holds(self) -> bool:
        if self._connection.fileno() < 0 or (self._greeting and self._greeting["fault"]):
            return False
        if not readable(self._connection.fileno(), 0):
            return True
        try:
            return bool(self._connection.recv(1, socket.MSG_PEEK))
        except OSError:
            return False  # it ended before it had read everything

    def close(self) -> None:
        """Leave; all kernels asked for through this connection end."""
        self.disconnect()
        if self._process is None:
            return
        try:
            self._process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            log.warning("A zygote did not end in %.0f seconds and is killed", END_SECONDS)
            self._process.kill()
            self._process.wait()

    def disconnect(self) -> None:
        """Close this descriptor of the connection; it ends with the last one."""
        self._connection.close()

    def _send(self, request: Request, standard: Sequence[int]) -> None:
        file = request.descriptor()
        try:
            socket.send_fds(self._connection, [b"\0"], [*standard, file])
        except OSError as error:
            raise ZygoteError(f"the zygote is gone: {error}") from error
        finally:
            os.close(file)

    def _receive(self, seconds: float) -> tuple[dict[str, Any], list[int]]:
        try:
            self._connection.settimeout(seconds)
            message, found, _, _ = socket.recv_fds(self._connection, MESSAGE_BYTES, DESCRIPTORS)
        except TimeoutError as error:
            log.warning("A zygote is given up: no answer in %.0f seconds", seconds)
            self.close()  # a late answer would be taken for that to the next request
            raise ZygoteError(f"the zygote did not answer in {seconds:.0f} seconds") from error
        except OSError as error:
            raise ZygoteError(f"the zygote is gone: {error}") from error
        if not message:
            raise ZygoteError(f"the zygote has ended{self._how()}")
        return json.loads(message), found

    def _how(self) -> str:
        if self._process is None:
            return ""
        try:
            return f" with exit code {self._process.wait(END_SECONDS)}"
        except subprocess.TimeoutExpired:
            return ""


def _abandon(pid: int, descriptors: Sequence[int]) -> None:
    """End a kernel that was born a moment ago and of which not all descriptors have arrived."""
    close_all(descriptors)
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
