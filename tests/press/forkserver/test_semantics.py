"""A forked kernel behaves as an ordinary one does."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from briefings.press.forkserver.process import ForkedProcess

BOTH = pytest.mark.parametrize("kind", ["ordinary", "forked"])


def test_every_notebook_has_a_process_of_its_own(launch):
    first, second = launch(), launch()
    assert isinstance(first.process, ForkedProcess)
    assert first.run("x = 1; import os; print(os.getpid())").out == f"{first.process.pid}\n"
    assert second.run("x").error == "NameError"


@pytest.mark.slow
@BOTH
def test_output_of_python_of_libraries_and_of_other_programs(launch, kind):
    answer = launch(kind).run(
        "import ctypes, os, sys\nprint('out')\nprint('err', file=sys.stderr)\n"
        "sys.stdout.flush()\nos.system('echo shell')\nos.write(2, b'raw\\n')\n"
        "libc = ctypes.CDLL(None); libc.puts(b'from c'); libc.fflush(None);"
    )
    assert sorted(answer.out.splitlines()) == ["from c", "out", "shell"]
    assert sorted(answer.err.split()) == ["err", "raw"]


@pytest.mark.slow
def test_the_surroundings(launch, tmp_path, monkeypatch):
    monkeypatch.setenv("TZ", "Asia/Ho_Chi_Minh")
    monkeypatch.setenv("ONLY_HERE", "1")
    session = launch(cwd=str(tmp_path))
    out = session.run(
        "import os, sys, time, signal\n"
        "print(os.getcwd(), time.tzname[0], os.environ['ONLY_HERE'])\n"
        "print(os.path.basename(sys.argv[0]), os.environ['JPY_PARENT_PID'])\n"
        "print(os.getpgid(0) == os.getsid(0) == os.getpid())\n"
        "print(signal.getsignal(signal.SIGTERM) == signal.SIG_DFL)"
    ).out.splitlines()
    assert out == [f"{tmp_path} +07 1", f"ipykernel_launcher.py {os.getpid()}", "True", "True"]


@pytest.mark.slow
def test_there_is_nothing_to_read(launch):
    session = launch()
    assert session.run("input()").error == "StdinNotImplementedError"
    assert session.run("import sys; print(repr(sys.stdin.read()))").out == "''\n"


@pytest.mark.slow
@BOTH
def test_an_exit_in_a_cell_is_an_error_and_an_exit_of_the_process_its_end(launch, kind):
    session = launch(kind)
    assert session.run("import sys; sys.exit(3)").error == "SystemExit"
    assert session.run("print(1)").out == "1\n"
    assert session.end("import os; os._exit(4)") == 4
    assert not session.manager.is_alive()


@pytest.mark.slow
@pytest.mark.parametrize("name", ["SIGSEGV", "SIGKILL", "SIGTERM"])
def test_an_end_by_a_signal(launch, name):
    signum = getattr(signal, name)
    assert launch().end(f"import os; os.kill(os.getpid(), {signum:d})") == -signum


@pytest.mark.slow
@BOTH
def test_a_polite_shutdown_ends_without_a_kill_and_runs_the_exit_handlers(launch, kind, tmp_path):
    session = launch(kind)
    session.run(
        f"import atexit, tempfile; atexit.register(open, {str(tmp_path / 'ended')!r}, 'w')\n"
        "folder = tempfile.TemporaryDirectory()"
    )
    folder = session.run("print(folder.name, end='')").out
    process = session.process
    session.manager.shutdown_kernel()
    assert process.returncode == 0
    assert (tmp_path / "ended").exists()
    assert not Path(folder).exists()


def test_an_interrupt_stops_the_cell_and_not_the_kernel(launch):
    session = launch()
    session.run("x = 1")
    request = session.start("import time; time.sleep(60)")
    session.manager.interrupt_kernel()
    assert session.answer(request).error == "KeyboardInterrupt"
    assert session.run("print(x)").out == "1\n"


@pytest.mark.slow
def test_a_restart_forgets_everything(launch):
    session = launch()
    session.run("x = 1")
    before = session.process.pid
    session.restart()
    assert session.process.pid != before
    assert session.run("x").error == "NameError"


@pytest.mark.slow
def test_a_kill_reaches_the_whole_process_group(launch, ends):
    session = launch()
    child = "import subprocess; print(subprocess.Popen(['sleep', '60']).pid)"
    first, kernel = int(session.run(child).out), session.process.pid
    session.manager.shutdown_kernel(now=True)
    assert ends(first)
    assert ends(kernel)


@pytest.mark.slow
def test_a_folder_that_is_not_there_is_refused_as_by_popen(launch, tmp_path):
    with pytest.raises(FileNotFoundError):
        launch(cwd=str(tmp_path / "nowhere"))


@pytest.mark.slow
@pytest.mark.parametrize("method", ["fork", "forkserver", "spawn"])
def test_the_processes_of_multiprocessing_work(launch, method):
    code = (
        "import multiprocessing\n"
        f"with multiprocessing.get_context({method!r}).Pool(1) as pool:\n"
        "    print(pool.map(abs, [-1, -2]))"
    )
    assert launch().run(code).out == "[1, 2]\n"


@pytest.mark.slow
def test_threads_and_thread_pools_work(launch):
    code = (
        "from concurrent.futures import ThreadPoolExecutor\n"
        "print(list(ThreadPoolExecutor(2).map(abs, [-1, -2])))"
    )
    assert launch().run(code).out == "[1, 2]\n"
