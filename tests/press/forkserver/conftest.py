"""Kernels under a plain kernel manager: ordinary ones, and the same forked."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from jupyter_client import BlockingKernelClient, KernelManager
from jupyter_client.kernelspec import KernelSpecManager

from briefings.press.environment import PINNED
from briefings.press.forkserver import client

PRELOAD = ["numpy", "pandas", "matplotlib.pyplot", "random"]
SECONDS = 60


@dataclass
class Answer:
    """What a cell gave."""

    status: str
    error: str = ""
    out: str = ""
    err: str = ""


@dataclass
class Session:
    """A running kernel."""

    manager: KernelManager
    client: BlockingKernelClient = field(init=False)

    def __post_init__(self) -> None:
        self.connect()

    def connect(self) -> None:
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=SECONDS)

    @property
    def process(self):
        return self.manager.provisioner.process

    def run(self, code: str) -> Answer:
        message = self.client.execute(code, allow_stdin=False)
        return self.answer(message)

    def answer(self, message: str) -> Answer:
        answer = Answer("")
        while True:
            found = self.client.get_iopub_msg(timeout=SECONDS)
            if found["parent_header"].get("msg_id") != message:
                continue
            content = found["content"]
            if found["msg_type"] == "stream" and content["name"] == "stdout":
                answer.out += content["text"]
            elif found["msg_type"] == "stream":
                answer.err += content["text"]
            elif content.get("execution_state") == "idle":
                break
        reply = self.reply(message)
        answer.status, answer.error = reply["status"], reply.get("ename", "")
        return answer

    def reply(self, message: str) -> dict:
        while True:  # late answers of the start may come first
            found = self.client.get_shell_msg(timeout=SECONDS)
            if found["parent_header"].get("msg_id") == message:
                return found["content"]

    def end(self, code: str) -> int:
        """The exit code after a cell from which the kernel does not return."""
        self.client.execute(code)
        return self.process.wait(SECONDS)

    def close(self) -> None:
        self.client.stop_channels()
        if self.manager.has_kernel:
            self.manager.shutdown_kernel(now=True)


def write_specification(folder: Path, preload: list[str] = PRELOAD) -> None:
    argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    warm = {"provisioner_name": "briefings-forkserver", "config": {"preload": preload}}
    for name, metadata in (("ordinary", {}), ("forked", {"kernel_provisioner": warm})):
        (folder / name).mkdir(parents=True)
        content = {"argv": argv, "display_name": name, "language": "python", "metadata": metadata}
        (folder / name / "kernel.json").write_text(json.dumps(content), encoding="utf-8")


Launch = Callable[..., Session]


@pytest.fixture
def launch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Launch]:
    """Start a kernel, "ordinary" or "forked"."""
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path / "runtime"))
    for name, value in PINNED.items():
        monkeypatch.setenv(name, value)
    sessions: list[Session] = []

    def start(kind: str = "forked", preload: list[str] = PRELOAD, **options: object) -> Session:
        folder = tmp_path / f"kernels-{len(sessions)}"
        write_specification(folder, preload)
        specs = KernelSpecManager(kernel_dirs=[str(folder)], ensure_native_kernel=False)
        manager = KernelManager(kernel_name=kind, kernel_spec_manager=specs)
        # Under pytest ipykernel does not watch the descriptors of stdout and stderr.
        environment = {k: v for k, v in os.environ.items() if k != "PYTEST_CURRENT_TEST"}
        manager.start_kernel(env=environment, **options)
        sessions.append(Session(manager))
        return sessions[-1]

    yield start
    for session in sessions:
        session.close()


@pytest.fixture
def own_zygote() -> Iterator[None]:
    """No zygote before, none after: for tests that harm it."""
    client.close_all()
    yield
    client.close_all()
