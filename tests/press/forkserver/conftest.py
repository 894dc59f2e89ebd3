"""Kernels under a plain kernel manager: ordinary ones, and the same forked."""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty

import psutil
import pytest
from jupyter_client import BlockingKernelClient, KernelManager
from jupyter_client.kernelspec import KernelSpecManager

from briefings.press.environment import PINNED
from briefings.press.forkserver import known, warning
from briefings.press.forkserver.specification import specification
from briefings.press.short_folder import parent_for_sockets

PRELOAD = ("numpy", "pandas", "matplotlib.pyplot")
SECONDS, ATTEMPTS = 60, 300


@dataclass
class Answer:
    """What a cell gave."""

    status: str = ""
    error: str = ""
    out: str = ""
    err: str = ""


class Conversation:
    """Cells sent to a kernel, and what comes back."""

    def __init__(self, client: BlockingKernelClient) -> None:
        self.client = client
        self.connect()

    def connect(self) -> None:
        """Return when the kernel shows the end of a request, as `wait_for_ready` but sooner."""
        self.client.start_channels()
        for _ in range(ATTEMPTS):
            request = self.client.kernel_info()
            with suppress(Empty):
                list(self.messages(request, timeout=SECONDS / ATTEMPTS))
                return
        self.client.stop_channels()
        raise AssertionError("no kernel answers")

    def run(self, code: str) -> Answer:
        return self.answer(self.client.execute(code, allow_stdin=False))

    def start(self, code: str) -> str:
        """A request of which the cell has begun and said so."""
        request = self.client.execute(f"print('begun', flush=True)\n{code}")
        next(message for message in self.messages(request) if message["msg_type"] == "stream")
        return request

    def answer(self, request: str) -> Answer:
        found = Answer()
        for message in self.messages(request):
            content = message["content"]
            if message["msg_type"] == "stream" and content["name"] == "stdout":
                found.out += content["text"]
            elif message["msg_type"] == "stream":
                found.err += content["text"]
        reply = self.client.get_shell_msg(timeout=SECONDS)
        while reply["parent_header"].get("msg_id") != request:
            reply = self.client.get_shell_msg(timeout=SECONDS)
        found.status, found.error = reply["content"]["status"], reply["content"].get("ename", "")
        return found

    def messages(self, request: str, timeout: float = SECONDS) -> Iterator[dict]:
        """What IOPub shows of a request, until it has ended."""
        while True:
            message = self.client.get_iopub_msg(timeout=timeout)
            if message["parent_header"].get("msg_id") == request:
                yield message
                if message["content"].get("execution_state") == "idle":
                    return


class Session(Conversation):
    """A conversation with a kernel of our own."""

    def __init__(self, manager: KernelManager) -> None:
        self.manager = manager
        super().__init__(manager.client())

    @property
    def process(self):
        return self.manager.provisioner.process

    def end(self, code: str) -> int:
        """The exit code after a cell from which the kernel does not return."""
        self.client.execute(code)
        return self.process.wait(SECONDS)

    def restart(self) -> None:
        self.manager.restart_kernel(now=True)
        self.client.stop_channels()
        self.client = self.manager.client()
        self.connect()

    def close(self) -> None:
        self.client.stop_channels()


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
    """Start a kernel, "forked" or "ordinary"; as in the press, kernels never race for a port."""

    def start(kind: str = "forked", preload: tuple[str, ...] = PRELOAD, **options) -> Session:
        folder = Path(tempfile.mkdtemp(dir=tmp_path))
        content = specification(sys.executable, preload, kind)
        if kind == "ordinary":
            del content["metadata"]["kernel_provisioner"]
        (folder / kind).mkdir(parents=True)
        (folder / kind / "kernel.json").write_text(json.dumps(content), encoding="utf-8")
        specs = KernelSpecManager(kernel_dirs=[str(folder)], ensure_native_kernel=False)
        sockets = ended.enter_context(private_folder())
        manager = KernelManager(
            kernel_name=kind, kernel_spec_manager=specs, transport="ipc", ip=f"{sockets}/k"
        )
        # Under pytest ipykernel does not watch the descriptors of stdout and stderr.
        environment = {k: v for k, v in os.environ.items() if k != "PYTEST_CURRENT_TEST"}
        manager.start_kernel(env=environment, **options)
        ended.callback(shut_down, manager)
        session = Session(manager)
        ended.callback(session.close)
        return session

    with ExitStack() as ended:
        yield start


def private_folder() -> tempfile.TemporaryDirectory:
    """Where sockets can lie."""
    prefix = "k-"
    return tempfile.TemporaryDirectory(prefix=prefix, dir=parent_for_sockets(prefix))


def shut_down(manager: KernelManager) -> None:
    if manager.has_kernel:
        manager.shutdown_kernel(now=True)


@pytest.fixture
def join() -> Iterator[Callable[[Path], Conversation]]:
    """Talk to somebody else's kernel by its connection file."""
    clients: list[BlockingKernelClient] = []

    def connect(connection_file: Path) -> Conversation:
        clients.append(BlockingKernelClient())
        clients[-1].load_connection_file(str(connection_file))
        return Conversation(clients[-1])

    yield connect
    for client in clients:
        client.stop_channels()


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
