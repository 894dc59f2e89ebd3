"""A kernel is ready when it says so, not when it has been silent for a while."""

from __future__ import annotations

import time
from queue import Empty
from typing import Any

from jupyter_client.asynchronous.client import AsyncKernelClient

# How long an answer may take before the question is put again: a subscription to IOPub may
# reach the kernel after the question, and then the answer there is lost.
ASK_AGAIN_SECONDS = 0.2


class KernelDiedError(RuntimeError):
    """It ended before it could answer at all."""


class PromptClient(AsyncKernelClient):
    """Ready as soon as IOPub has shown the end of one of its own requests.

    The stock client waits until IOPub has been silent for 0.2 seconds instead. For a kernel of
    a kernel manager only, which knows by itself whether its process lives.
    """

    def start_channels(
        self,
        shell: bool = True,
        iopub: bool = True,
        stdin: bool = True,
        hb: bool = False,
        control: bool = True,
    ) -> None:
        """No heartbeat: it needs a thread, and the manager sees the process itself."""
        super().start_channels(shell, iopub, stdin, hb, control)

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Return when both channels answer; RuntimeError if the kernel dies or time is up."""
        end = time.monotonic() + (float("inf") if timeout is None else timeout)
        asked: set[str] = set()
        while True:
            asked.add(self.kernel_info())
            if done := await self._first_done(asked):
                await self._reply_to(done)
                return
            if not await self.is_alive():
                raise KernelDiedError("Kernel died before replying to kernel_info")
            if time.monotonic() > end:
                raise RuntimeError(f"Kernel didn't respond in {timeout} seconds")

    async def _first_done(self, asked: set[str]) -> str | None:
        """The request whose end comes first; None if none does before it is time to ask again."""
        end = time.monotonic() + ASK_AGAIN_SECONDS
        while (left := end - time.monotonic()) > 0:
            try:
                message = await self.get_iopub_msg(timeout=left)
            except Empty:
                return None
            if _is_end(message) and message["parent_header"].get("msg_id") in asked:
                return str(message["parent_header"]["msg_id"])
        return None

    async def _reply_to(self, request: str) -> None:
        # It was sent before the end was shown, so there is no need for a limit.
        while (await self.get_shell_msg())["parent_header"].get("msg_id") != request:
            pass


def _is_end(message: dict[str, Any]) -> bool:
    return bool(message["content"].get("execution_state") == "idle")
