"""Open descriptors, and those for the standard streams of a kernel."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from briefings.press.forkserver.descriptors import open_descriptors, standard_streams
from briefings.press.forkserver.errors import ZygoteError
from briefings.press.forkserver.fitness import why_unfit
from briefings.press.forkserver.start import is_possible

pytestmark = pytest.mark.skipif(not is_possible(), reason="Linux only")


def test_an_opened_file_is_seen(tmp_path):
    before = open_descriptors()
    with (tmp_path / "a").open("w") as stream:
        assert open_descriptors() - before == {stream.fileno()}
    assert open_descriptors() == before


def test_where_the_standard_streams_go(tmp_path):
    with (tmp_path / "log").open("w") as log, standard_streams({"stdout": log}) as streams:
        null, out, err = streams
        assert (out, err) == (log.fileno(), 2)
        assert os.read(null, 1) == b""
    with standard_streams({"stderr": subprocess.DEVNULL}) as (null, out, err):
        assert (out, err) == (1, null)


def test_a_pipe_is_left_to_an_ordinary_launch():
    with pytest.raises(ZygoteError, match="no pipes"), standard_streams({"stdin": subprocess.PIPE}):
        pass


def test_what_two_kernels_can_not_share(tmp_path, monkeypatch):
    monkeypatch.setattr("briefings.press.forkserver.fitness.too_many_threads", str)
    monkeypatch.setattr("briefings.press.forkserver.fitness._children", str)
    path = tmp_path / "file"
    with path.open("w") as written, path.open() as read:
        assert why_unfit([read.fileno()]) == ""
        assert why_unfit([read.fileno(), written.fileno()]) == f"the zygote holds {path} open"


def test_threads_are_counted():
    code = (
        "import threading\n"
        "from briefings.press.forkserver.fitness import too_many_threads\n"
        "stop = threading.Event()\nthreading.Thread(target=stop.wait).start()\n"
        "print(too_many_threads())\nstop.set()"
    )
    assert "2 threads" in subprocess.check_output([sys.executable, "-c", code], text=True)
