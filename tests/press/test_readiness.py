"""When a kernel counts as ready."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from queue import Empty

import pytest

from briefings.press import execute, readiness
from briefings.press.readiness import PromptClient


def status(request: str, state: str = "idle") -> dict:
    return {
        "msg_type": "status",
        "parent_header": {"msg_id": request},
        "content": {"execution_state": state},
    }


def reply(request: str) -> dict:
    return {"msg_type": "kernel_info_reply", "parent_header": {"msg_id": request}, "content": {}}


class Scripted(PromptClient):
    """A client that hears from its kernel what a test has written down; None is a silence."""

    def __init__(self, iopub, shell=(), alive=True):
        super().__init__()
        self.iopub, self.shell, self.alive, self.asked = list(iopub), list(shell), alive, 0

    def kernel_info(self):
        self.asked += 1
        return str(self.asked)

    async def get_iopub_msg(self, timeout):
        message = self.iopub.pop(0) if self.iopub else None
        if message is None:
            raise Empty
        return message

    async def get_shell_msg(self):
        return self.shell.pop(0)

    async def is_alive(self):
        return self.alive


def wait(client: Scripted, timeout: float | None = 60) -> Scripted:
    # In a thread of its own: the browser tests leave a loop running in this one.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(lambda: asyncio.run(client.wait_for_ready(timeout))).result()
    return client


def test_the_end_of_its_own_request_is_enough():
    client = wait(Scripted([status("1", "busy"), status("1")], [reply("1")]))
    assert client.asked == 1
    assert client.shell == []


def test_what_is_not_its_own_is_passed_over():
    foreign = [{"msg_type": "iopub_welcome", "parent_header": {}, "content": {}}, status("other")]
    assert wait(Scripted([*foreign, status("1")], [reply("other"), reply("1")])).asked == 1


def test_it_asks_again_where_the_subscription_came_too_late():
    client = wait(Scripted([None, status("2")], [reply("1"), reply("2")]))
    assert client.asked == 2
    assert client.shell == []


def test_a_late_answer_to_the_first_question_will_do():
    assert wait(Scripted([None, status("1")], [reply("1")])).asked == 2


def test_a_dead_kernel():
    with pytest.raises(RuntimeError, match="died"):
        wait(Scripted([], alive=False))


def test_a_silent_kernel():
    with pytest.raises(RuntimeError, match="didn't respond in 0 seconds"):
        wait(Scripted([]), timeout=0)


def test_the_press_uses_it():
    assert f"{readiness.__name__}.{PromptClient.__name__}" == execute.CLIENT
