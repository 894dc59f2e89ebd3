"""Where no kernel can be forked there is an ordinary one: one warning, and the same bytes."""

from __future__ import annotations

import subprocess
import sys

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from briefings.press import environment
from briefings.press.execute import ORDINARY_KERNEL, execute, notebook_bytes
from briefings.press.forkserver import known, start
from briefings.press.forkserver.process import ForkedProcess
from briefings.press.forkserver.warning import warn_once
from briefings.press.job import Job

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("own_zygote")]

CELLS = ("import os\n{'a': 6 * 7}", "print('in', end=' ')\n!echo shell")
THREAD = "import threading\nthreading.Thread(target=threading.Event().wait, daemon=True).start()"


@pytest.fixture(autouse=True)
def preload(monkeypatch):
    """Nothing of the project is loaded, only what a test names: that is quick."""

    def only(*names):
        monkeypatch.setattr(environment, "PRELOAD", names)

    only()
    return only


@pytest.fixture(scope="module")
def job(tmp_path_factory):
    folder = tmp_path_factory.mktemp("job")
    cells = [new_code_cell(source, id=str(number)) for number, source in enumerate(CELLS)]
    metadata = {"kernelspec": {"name": "python3", "display_name": "", "language": "python"}}
    nbformat.write(new_notebook(cells=cells, metadata=metadata), folder / "steady.ipynb")
    return Job("steady", folder / "steady.ipynb", {}, "vi", "", "", folder, "steady")


@pytest.fixture(scope="module")
def expected(job):
    """What an ordinary kernel gives."""
    return notebook_bytes(execute(job, kernel=ORDINARY_KERNEL))


def test_a_zygote_that_is_killed_between_two_notebooks(job, expected, zygotes, warnings):
    assert notebook_bytes(execute(job)) == expected
    (zygote,) = zygotes()
    zygote.kill()
    zygote.wait()
    assert notebook_bytes(execute(job)) == expected
    assert notebook_bytes(execute(job)) == expected
    (warning,) = warnings()
    assert warning.startswith("Kernels start slowly, because none can be forked: the zygote ")


def test_a_zygote_that_is_killed_during_a_notebook(make_job, tmp_path, warnings):
    once = tmp_path / "killed"
    job = make_job(
        "killer",
        f"import os, pathlib, signal, time\nonce = pathlib.Path({str(once)!r})\n"
        "if not once.exists():\n    once.touch(); os.kill(os.getppid(), signal.SIGKILL)\n"
        "    time.sleep(60)",
        *CELLS,
    )
    survived = notebook_bytes(execute(job))
    assert once.exists()
    assert survived == notebook_bytes(execute(job))
    assert len(warnings()) == 1


def test_a_system_that_can_not_fork(job, expected, monkeypatch, warnings):
    monkeypatch.setattr(start, "is_possible", lambda: False)
    assert notebook_bytes(execute(job)) == expected
    assert notebook_bytes(execute(job)) == expected
    (warning,) = warnings()
    assert "this system can not fork kernels" in warning


@pytest.mark.parametrize(
    ("source", "reason"), [("import missing", "No module named 'missing'"), (THREAD, "2 threads")]
)
def test_modules_that_make_forks_impossible(
    job, expected, preload, source, reason, tmp_path, monkeypatch, warnings, zygotes
):
    (tmp_path / "bad.py").write_text(source)
    preload("bad")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert notebook_bytes(execute(job)) == expected
    assert notebook_bytes(execute(job)) == expected
    (warning,) = warnings()
    assert reason in warning
    assert zygotes() == []


def test_processes_that_share_a_zygote_warn_once(tmp_path, monkeypatch, warnings):
    monkeypatch.setenv("KERNEL_ZYGOTE", str(tmp_path / "zygote"))
    code = "from briefings.press.forkserver.warning import warn_once; warn_once('of another')"
    said = [subprocess.run([sys.executable, "-c", code], capture_output=True) for _ in range(2)]
    assert [len(process.stderr.splitlines()) for process in said] == [1, 0]
    warn_once("of this one")
    assert warnings() == []


def test_surroundings_that_a_fork_can_not_give_get_a_zygote_of_their_own(
    launch, monkeypatch, zygotes
):
    launch(preload=())
    monkeypatch.setenv("PYTHONHASHSEED", "1")
    session = launch(preload=())
    assert isinstance(session.process, ForkedProcess)
    assert session.run("import sys; print(sys.flags.hash_randomization)").out == "1\n"
    assert len(zygotes()) == 2


def test_a_kernel_that_dies_by_itself_takes_no_other_with_it(launch):
    first, second = launch(preload=()), launch(preload=())
    assert first.end("import os; os._exit(4)") == 4
    assert second.run("print(1)").out == "1\n"
    assert not known.zygote_is_lost()
