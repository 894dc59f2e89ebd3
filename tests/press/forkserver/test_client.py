"""What an owner sees of a zygote that is absent, silent, broken or unwilling."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from briefings.press.forkserver import client
from briefings.press.forkserver.client import ADDRESS, ZygoteClient, ZygoteError
from briefings.press.forkserver.request import Request, fixed_at_start

pytestmark = pytest.mark.skipif(not client.is_possible(), reason="Linux only")

REQUEST = Request(("-f", "k.json"), {"A": "đ" * 300_000}, "/")
GREETING = {"python": sys.executable, "preload": []}


@pytest.fixture
def ends():
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with ours, theirs:
        yield ZygoteClient(ours), theirs


def test_a_request_comes_back_whole():
    assert Request.read(REQUEST.descriptor()) == REQUEST


def test_what_a_fork_can_not_change_is_compared():
    assert fixed_at_start({"A": "1"}) == fixed_at_start({})
    assert fixed_at_start({"PYTHONHASHSEED": "0"}) != fixed_at_start({})


def test_a_refusal_leaves_the_zygote_in_use(ends):
    zygote, other = ends
    other.send(json.dumps(GREETING).encode())
    other.send(b'{"error": "the zygote has 2 threads"}')
    with pytest.raises(ZygoteError, match="2 threads"):
        zygote.spawn(REQUEST, [0, 1, 2])
    assert zygote.is_alive


def test_a_zygote_that_has_ended(ends):
    zygote, other = ends
    other.send(json.dumps(GREETING).encode())
    assert zygote.is_alive
    assert zygote.greeting == GREETING
    other.close()
    assert not zygote.is_alive
    with pytest.raises(ZygoteError, match="gone"):
        zygote.spawn(REQUEST, [0, 1, 2])


def test_a_zygote_that_ends_while_it_loads(ends):
    zygote, other = ends
    other.close()
    with pytest.raises(ZygoteError, match="ended"):
        zygote.spawn(REQUEST, [0, 1, 2])


def test_a_silent_zygote_is_given_up(ends, monkeypatch):
    monkeypatch.setattr(client, "START_SECONDS", 0.01)
    with pytest.raises(ZygoteError, match="did not answer"):
        ends[0].spawn(REQUEST, [0, 1, 2])
    assert not ends[0].is_alive


def test_a_program_that_is_not_there():
    with pytest.raises(ZygoteError, match="can not be started"):
        client.start("/no/python", [], os.environ)


def test_nobody_listens_at_the_address(monkeypatch, tmp_path):
    monkeypatch.setenv(ADDRESS, str(tmp_path / "nobody"))
    with pytest.raises(ZygoteError, match="no zygote listens"):
        client.zygote_for(sys.executable, ["a"], {})
    client.close_all()


def test_sharing_is_left_out_where_it_is_impossible(monkeypatch, tmp_path):
    monkeypatch.setattr(client, "is_possible", lambda: False)
    with client.shared_zygote(tmp_path, [], {}) as variables:
        assert variables == {}
    too_long = tmp_path / ("x" * 200)
    too_long.mkdir()
    with client.shared_zygote(too_long, [], {}) as variables:
        assert variables == {}


def test_the_client_is_cheap_to_import():
    code = "import sys, briefings.press.forkserver.client; print(*sys.modules)"
    loaded = set(subprocess.check_output([sys.executable, "-c", code], text=True).split())
    assert not loaded & {"asyncio", "ipykernel", "jupyter_client", "zmq", "traitlets", "numpy"}


def test_nothing_else_of_briefings_is_imported():
    folder = Path(client.__file__).parent
    for file in folder.glob("*.py"):
        for line in file.read_text(encoding="utf-8").splitlines():
            if line.startswith(("import briefings", "from briefings")):
                assert line.startswith("from briefings.press.forkserver."), f"{file.name}: {line}"
