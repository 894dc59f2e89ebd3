"""What an owner sees of a zygote that is absent, silent, broken or unwilling."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from dataclasses import asdict, replace

import pytest

from briefings.press.forkserver import client as module
from briefings.press.forkserver import known, start
from briefings.press.forkserver.client import ZygoteClient
from briefings.press.forkserver.errors import ZygoteError
from briefings.press.forkserver.recipe import Recipe
from briefings.press.forkserver.request import Request
from briefings.press.forkserver.sharing import ADDRESS, shared_zygote

pytestmark = pytest.mark.skipif(not start.is_possible(), reason="Linux only")

REQUEST = Request(("-f", "k.json"), {"A": "đ" * 300_000}, "/")
RECIPE = Recipe(sys.executable, (), (), ())
GREETING = json.dumps({"recipe": asdict(RECIPE), "fault": ""}).encode()


@pytest.fixture
def ends():
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with ours, theirs:
        yield ZygoteClient(ours), theirs


def test_a_request_comes_back_whole():
    assert Request.read(REQUEST.descriptor()) == REQUEST


def test_a_refusal_leaves_the_zygote_in_use(ends):
    zygote, other = ends
    other.send(GREETING)
    other.send(b'{"error": "the zygote has 2 threads"}')
    with pytest.raises(ZygoteError, match="2 threads"):
        zygote.spawn(REQUEST, [0, 1, 2])
    assert zygote.is_alive


def test_a_zygote_that_has_ended(ends):
    zygote, other = ends
    other.send(GREETING)
    assert zygote.is_alive
    assert zygote.recipe() == RECIPE
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
    monkeypatch.setattr(module, "LOAD_SECONDS", 0.01)
    with pytest.raises(ZygoteError, match="did not answer"):
        ends[0].spawn(REQUEST, [0, 1, 2])
    assert not ends[0].is_alive


def test_a_zygote_that_can_not_fork_says_why(ends):
    zygote, other = ends
    other.send(json.dumps({"recipe": asdict(RECIPE), "fault": "no module x"}).encode())
    with pytest.raises(ZygoteError, match="no module x"):
        zygote.spawn(REQUEST, [0, 1, 2])
    assert not zygote.is_alive


def test_while_another_thread_waits_for_an_answer_it_counts_as_alive(ends):
    zygote, other = ends
    other.close()
    with zygote._lock:
        assert zygote.is_alive
    assert not zygote.is_alive


def test_a_kernel_whose_descriptors_do_not_all_arrive_is_ended(ends):
    zygote, other = ends
    other.send(GREETING)
    with subprocess.Popen(["sleep", "60"]) as kernel:
        socket.send_fds(other, [json.dumps({"pid": kernel.pid}).encode()], [0, 1])
        with pytest.raises(ZygoteError, match="too many files open"):
            zygote.spawn(REQUEST, [0, 1, 2])
        assert kernel.wait(20) == -signal.SIGKILL
    assert zygote.is_alive


def test_a_program_that_is_not_there():
    with pytest.raises(ZygoteError, match="can not be started"):
        start.start(replace(RECIPE, python="/no/python"), os.environ)


def test_nobody_listens_at_the_address(monkeypatch, tmp_path):
    monkeypatch.setenv(ADDRESS, str(tmp_path / "nobody"))
    with pytest.raises(ZygoteError, match="no zygote listens"):
        known.zygote_for(RECIPE, {})
    assert known.zygote_is_lost()
    known.close_all()
    assert not known.zygote_is_lost()


def test_where_none_can_be_shared_the_others_still_hear_of_the_place(monkeypatch, tmp_path):
    monkeypatch.setattr("briefings.press.forkserver.sharing.start", start.start)
    monkeypatch.setattr(start, "is_possible", lambda: False)
    with shared_zygote(tmp_path, [], {}) as variables:
        assert list(variables) == [ADDRESS]


def test_where_no_socket_can_be_everyone_has_their_own(tmp_path):
    too_long = tmp_path / ("x" * 200)
    too_long.mkdir()
    with shared_zygote(too_long, [], {}) as variables:
        assert variables == {}


def test_a_forked_child_does_not_keep_the_zygote_of_its_parent(monkeypatch, ends):
    zygote, other = ends
    monkeypatch.setitem(known._known, RECIPE, zygote)
    known._forget()
    assert known._known == {}
    assert not other.recv(1)
