"""What a zygote survives, and what it says when it does not."""

from __future__ import annotations

import itertools
import json
import os
import resource
import signal
import socket
from pathlib import Path

import psutil
import pytest

from briefings.press.forkserver.client import ZygoteClient
from briefings.press.forkserver.errors import ZygoteError
from briefings.press.forkserver.recipe import Recipe
from briefings.press.forkserver.request import Request
from briefings.press.forkserver.start import is_possible, start

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not is_possible(), reason="Linux only"),
]

REQUEST = Request((), {}, "/")
STANDARD = (0, 1, 2)
# Four arrive with a request, and four are the ends of two pipes.
UNTIL_THE_FORK = 8


@pytest.fixture
def address(tmp_path):
    return tmp_path / "zygote"


@pytest.fixture
def zygote(address):
    """One that also lets others in."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listener:
        listener.bind(str(address))
        listener.listen()
        client = start(Recipe.build((), os.environ), os.environ, listener)
    client.recipe()
    yield client
    client.close()


@pytest.fixture
def stranger(zygote, address):
    """Another connection, on which anything can be said."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as connection:
        connection.settimeout(20)
        connection.connect(str(address))
        connection.recv(65536)
        yield connection


def process_of(zygote: ZygoteClient) -> psutil.Process:
    assert zygote._process
    return psutil.Process(zygote._process.pid)


def leave_free(process: psutil.Process, count: int) -> None:
    """Let it open so many more descriptors."""
    used = {int(path.name) for path in Path(f"/proc/{process.pid}/fd").iterdir()}
    free = (number for number in range(1024) if number not in used)
    limit = next(itertools.islice(free, count, None))
    _, most = resource.prlimit(process.pid, resource.RLIMIT_NOFILE)
    resource.prlimit(process.pid, resource.RLIMIT_NOFILE, (limit, most))


def ask(connection: socket.socket, content: bytes, standard: int = 3) -> dict:
    file = os.memfd_create("request")
    os.write(file, content)
    socket.send_fds(connection, [b"\0"], [*standard * [0], file])
    os.close(file)
    return json.loads(connection.recv(65536))


@pytest.mark.parametrize("content", [b"[1]", b'{"arguments": []}', b"1", b"no JSON", b""])
def test_a_request_that_is_none_harms_nobody(zygote, stranger, content):
    assert "error" in ask(stranger, content)
    assert "error" in ask(stranger, content)
    assert zygote.is_alive


@pytest.mark.parametrize("standard", [0, 1, 2])
def test_a_kernel_never_gets_a_stream_of_the_zygote(zygote, stranger, standard):
    whole = json.dumps({"arguments": [], "environment": {}, "folder": "/"}).encode()
    assert ask(stranger, whole, standard) == {"error": f"{standard + 1} of 4 descriptors arrived"}
    assert process_of(zygote).children() == []


def test_a_shortage_of_descriptors_passes(zygote, address):
    process = process_of(zygote)
    before = resource.prlimit(process.pid, resource.RLIMIT_NOFILE)
    leave_free(process, 0)
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as connection:
        connection.settimeout(20)
        connection.connect(str(address))
        for _ in range(2):  # the second comes after the zygote has tried to let the other in
            with pytest.raises(ZygoteError, match="Too many open files"):
                zygote.spawn(REQUEST, STANDARD)
        resource.prlimit(process.pid, resource.RLIMIT_NOFILE, before)
        assert json.loads(connection.recv(65536))["fault"] == ""
    assert zygote.is_alive


def test_a_kernel_that_can_not_be_watched_ends(zygote):
    leave_free(process_of(zygote), UNTIL_THE_FORK)
    with pytest.raises(ZygoteError, match="Too many open files"):
        zygote.spawn(REQUEST, STANDARD)
    assert process_of(zygote).children() == []
    assert zygote.is_alive


def test_a_zygote_that_is_told_to_end_says_so(capfd):
    zygote = start(Recipe.build((), os.environ), os.environ)
    zygote.recipe()
    process_of(zygote).send_signal(signal.SIGTERM)
    assert zygote._process.wait(20) == -signal.SIGTERM
    assert "ends without kernels: it was sent SIGTERM" in capfd.readouterr().err
    zygote.close()
