"""Where no kernel can be forked there is an ordinary one, with one warning."""

from __future__ import annotations

import logging
import os
import signal
import subprocess

import pytest

from briefings.press.execute import execute
from briefings.press.forkserver import client, provisioner
from briefings.press.forkserver.process import ForkedProcess

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("own_zygote")]


@pytest.fixture
def warnings(caplog, monkeypatch):
    monkeypatch.setattr(provisioner, "_warned", set())
    caplog.set_level(logging.WARNING, logger=provisioner.__name__)
    return lambda: [r.getMessage() for r in caplog.records if r.name == provisioner.__name__]


def is_ordinary(session) -> bool:
    assert session.run("print(6 * 7)").out == "42\n"
    return isinstance(session.process, subprocess.Popen)


def test_a_system_without_pidfd(launch, monkeypatch, warnings):
    monkeypatch.delattr(os, "pidfd_open")
    assert is_ordinary(launch())
    assert is_ordinary(launch())
    (warning,) = warnings()
    assert "this system can not fork kernels" in warning


def test_a_module_that_can_not_be_loaded(launch, warnings, capfd):
    assert is_ordinary(launch(preload=["no_such_module"]))
    assert is_ordinary(launch(preload=["no_such_module"]))
    assert len(warnings()) == 1
    assert capfd.readouterr().err.count("No module named 'no_such_module'") == 1


def test_a_zygote_with_threads_refuses(launch, warnings, tmp_path, monkeypatch):
    (tmp_path / "threaded.py").write_text(
        "import threading, time\n"
        "threading.Thread(target=time.sleep, args=(60,), daemon=True).start()"
    )
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}{os.pathsep}{os.environ.get('PYTHONPATH', '')}")
    assert is_ordinary(launch(preload=["threaded"]))
    assert "the zygote has 2 threads" in warnings()[0]


def test_a_zygote_that_was_killed(launch, warnings):
    session = launch()
    zygote = int(session.run("import os; print(os.getppid())").out)
    os.kill(zygote, signal.SIGKILL)
    assert session.process.wait(10) != 0
    assert client.zygote_is_lost()
    assert is_ordinary(launch())
    assert is_ordinary(launch())
    assert len(warnings()) == 1


def test_surroundings_that_a_fork_can_not_give_get_a_zygote_of_their_own(launch, monkeypatch):
    launch()
    monkeypatch.setenv("PYTHONHASHSEED", "1")
    session = launch()
    assert isinstance(session.process, ForkedProcess)
    assert session.run("import sys; print(sys.flags.hash_randomization)").out == "1\n"


def test_a_report_survives_the_death_of_the_zygote(make_job, prose, warnings, tmp_path):
    once = tmp_path / "killed"
    code = (
        f"import os, pathlib, signal, time\nonce = pathlib.Path({str(once)!r})\n"
        "if not once.exists():\n    once.touch(); os.kill(os.getppid(), signal.SIGKILL)\n"
        "    time.sleep(60)"
    )
    assert execute(make_job("killer", code, prose)).cells
    assert once.exists()
