"""The look of a Popen over a process that is not our child."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
from concurrent.futures import ThreadPoolExecutor

import pytest

from briefings.press.forkserver.process import STATUS, ForkedProcess
from briefings.press.forkserver.provisioner import ForkserverProvisioner

pytestmark = pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="Linux only")


@pytest.fixture
def sleeper():
    with subprocess.Popen(["sleep", "60"]) as process:
        yield process
        process.kill()


@pytest.fixture
def pipe():
    read, write = os.pipe()
    yield read, write
    os.close(write)


def test_it_runs_until_it_is_killed(sleeper, pipe):
    process = ForkedProcess(sleeper.pid, os.pidfd_open(sleeper.pid), pipe[0])
    assert process.poll() is None
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(0.01)
    os.write(pipe[1], STATUS.pack(-signal.SIGTERM))
    process.terminate()
    assert process.wait(5) == -signal.SIGTERM
    assert process.poll() == process.wait() == -signal.SIGTERM


def test_a_signal_after_the_end_reaches_nobody(sleeper, pipe):
    process = ForkedProcess(sleeper.pid, os.pidfd_open(sleeper.pid), pipe[0])
    os.write(pipe[1], STATUS.pack(3))
    sleeper.kill()
    sleeper.wait()
    process.kill()
    assert process.returncode == 3


def test_an_end_that_nobody_reports_counts_as_a_kill(sleeper):
    read, write = os.pipe()
    process = ForkedProcess(sleeper.pid, os.pidfd_open(sleeper.pid), read)
    os.close(write)
    process.kill()
    assert process.wait(5) == -signal.SIGKILL


def test_a_signal_after_the_end_reaches_no_group_that_has_got_the_number(pipe):
    with subprocess.Popen(["sleep", "60"], start_new_session=True) as innocent:
        with subprocess.Popen(["true"]) as ended:
            pidfd = os.pidfd_open(ended.pid)
        os.write(pipe[1], STATUS.pack(0))
        provisioner = ForkserverProvisioner()
        provisioner.process = ForkedProcess(innocent.pid, pidfd, pipe[0])
        provisioner.pid = provisioner.pgid = innocent.pid
        # In a thread of its own: the browser of other tests has a loop running in this one.
        with ThreadPoolExecutor(1) as thread:
            thread.submit(asyncio.run, provisioner.send_signal(signal.SIGKILL)).result()
        innocent.terminate()
        assert innocent.wait() == -signal.SIGTERM


def test_its_descriptors_are_closed(sleeper, pipe):
    descriptor = os.pidfd_open(sleeper.pid)
    process = ForkedProcess(sleeper.pid, descriptor, pipe[0])
    del process
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(descriptor)
