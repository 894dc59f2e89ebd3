"""A kernel that is somebody else's child, with the face of a subprocess.Popen."""

from __future__ import annotations

import os
import signal
import struct
import subprocess

from briefings.press.forkserver.descriptors import readable

STATUS = struct.Struct("<i")
# The zygote reports an exit as soon as it has reaped it; longer means that it hangs.
STATUS_SECONDS = 10.0


class ForkedProcess:
    """Liveness and signals through a pidfd, the exit status through a pipe of the zygote."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int, pidfd: int, status: int) -> None:
        self.pid = pid
        self.pidfd = pidfd
        self.returncode: int | None = None
        self._status = status

    def poll(self) -> int | None:
        """The exit code, negative for a signal; None while it runs."""
        if self.returncode is None and readable(self.pidfd, 0):
            self._collect()
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """The exit code, after at most `timeout` seconds: else subprocess.TimeoutExpired."""
        if self.returncode is None:
            if not readable(self.pidfd, timeout):
                raise subprocess.TimeoutExpired("forked kernel", timeout or 0.0)
            self._collect()
        assert self.returncode is not None
        return self.returncode

    def send_signal(self, signum: int) -> None:
        """To the process alone, and never to a later one of the same number."""
        if self.poll() is None:
            try:
                signal.pidfd_send_signal(self.pidfd, signum)
            except ProcessLookupError:
                return  # it ended a moment ago

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it."""
        self.send_signal(signal.SIGKILL)

    def _collect(self) -> None:
        # Nobody knows how it ended if the zygote died with it; a kill is the likely reason.
        self.returncode = -signal.SIGKILL
        if readable(self._status, STATUS_SECONDS):
            content = os.read(self._status, STATUS.size)
            if len(content) == STATUS.size:
                (self.returncode,) = STATUS.unpack(content)
        self._close()

    def _close(self) -> None:
        os.close(self.pidfd)
        os.close(self._status)

    def __del__(self) -> None:
        if self.returncode is None:
            self._close()
