"""Kernels under a plain kernel manager: ordinary ones, and the same forked."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest
from jupyter_client import BlockingKernelClient, KernelManager
from jupyter_client.kernelspec import KernelSpecManager

from briefings.press.environment import PINNED
from briefings.press.forkserver import known, warning
from briefings.press.forkserver.specification import specification

PRELOAD = ("numpy", "pandas", "matplotlib.pyplot")
SECONDS = 60


@dataclass
class Answer:
    """What a cell gave."""

    status: str = ""
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
        return self.answer(self.client.execute(code, allow_stdin=False))

    def answer(self, request: str) -> Answer:
        return answer(self.client, request)

    def start(self, code: str) -> str:
        """A request of which the cell has begun and said so."""
        request = self.client.execute(f"print('begun', flush=True)\n{code}")
        wait_for_output(self.client, request)
        return request

    def end(self, code: str) -> int:
        """The exit code after a cell from which the kernel does not return."""
        self.client.execute(code)
        return self.process.wait(SECONDS)

    def close(self) -> None:
        self.client.stop_channels()
        if self.manager.has_kernel:
            self.manager.shutdown_kernel(now=True)


def messages(client: BlockingKernelClient, request: str) -> Iterator[dict]:
    """What IOPub shows of a request, until it has ended."""
    while True:
        message = client.get_iopub_msg(timeout=SECONDS)
        if message["parent_header"].get("msg_id") == request:
            yield message
            if message["content"].get("execution_state") == "idle":
                return


def wait_for_output(client: BlockingKernelClient, request: str) -> None:
    next(message for message in messages(client, request) if message["msg_type"] == "stream")


def answer(client: BlockingKernelClient, request: str) -> Answer:
    found = Answer()
    for message in messages(client, request):
        if message["msg_type"] == "stream":
            text = message["content"]["text"]
            if message["content"]["name"] == "stdout":
                found.out += text
            else:
                found.err += text
    reply = client.get_shell_msg(timeout=SECONDS)
    while reply["parent_header"].get("msg_id") != request:
        reply = client.get_shell_msg(timeout=SECONDS)
    found.status, found.error = reply["content"]["status"], reply["content"].get("ename", "")
    return found


Launch = Callable[..., Session]


@pytest.fixture
def surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the user's, and the same for all tests, so that they can share a zygote."""
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path / "runtime"))
    for name, value in PINNED.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def launch(tmp_path: Path, surroundings: None) -> Iterator[Launch]:
    """Start a kernel, "forked" or "ordinary"."""
    sessions: list[Session] = []

    def start(kind: str = "forked", preload: tuple[str, ...] = PRELOAD, **options) -> Session:
        folder = tmp_path / f"kernels-{len(sessions)}"
        content = specification(sys.executable, preload, kind)
        if kind == "ordinary":
            del content["metadata"]["kernel_provisioner"]
        (folder / kind).mkdir(parents=True)
        (folder / kind / "kernel.json").write_text(json.dumps(content), encoding="utf-8")
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
    known.close_all()
    yield
    known.close_all()


@pytest.fixture
def warnings(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch):
    """What was said about kernels that are not forked."""
    warning._is_said.clear()
    caplog.set_level("WARNING", logger=warning.__name__)
    yield lambda: [r.getMessage() for r in caplog.records if r.name == warning.__name__]
    warning._is_said.clear()


@pytest.fixture
def zygotes() -> Callable[[], list[psutil.Process]]:
    """Those of this process."""

    def find() -> list[psutil.Process]:
        children = psutil.Process().children()
        return [child for child in children if "forkserver.zygote" in " ".join(child.cmdline())]

    return find


@pytest.fixture
def ends() -> Callable[[int], bool]:
    """Whether a process has ended, or ends soon."""
    return has_ended


def has_ended(pid: int, seconds: float = 20.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
                return True
        except psutil.NoSuchProcess:
            return True
        time.sleep(0.02)
    return False
