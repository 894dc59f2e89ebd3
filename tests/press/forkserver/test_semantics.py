"""A forked kernel behaves as an ordinary one does: every test holds for both."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from briefings.press.forkserver.process import ForkedProcess

pytestmark = [
    pytest.mark.slow,
    pytest.mark.parametrize("kind", ["ordinary", "forked"]),
]


def test_it_runs_cells_in_a_process_of_its_own(launch, kind):
    first, second = launch(kind), launch(kind)
    assert isinstance(first.process, ForkedProcess) == (kind == "forked")
    assert first.run("x = 1; import os; print(os.getpid())").out == f"{first.process.pid}\n"
    assert second.run("x").error == "NameError"


def test_an_interrupt_stops_the_cell_and_not_the_kernel(launch, kind):
    session = launch(kind)
    session.run("x = 1")
    message = session.client.execute("import time; time.sleep(60)")
    time.sleep(0.5)
    session.manager.interrupt_kernel()
    assert session.answer(message).error == "KeyboardInterrupt"
    assert session.run("print(x)").out == "1\n"


def test_a_restart_forgets_everything(launch, kind):
    session = launch(kind)
    session.run("x = 1")
    before = session.process.pid
    session.manager.restart_kernel(now=True)
    session.client.stop_channels()
    session.connect()
    assert session.process.pid != before
    assert session.run("x").error == "NameError"


def test_a_polite_shutdown_is_quick_and_clean(launch, kind, tmp_path):
    session = launch(kind)
    session.run(f"import atexit; atexit.register(open, {str(tmp_path / 'ended')!r}, 'w')")
    process, start = session.process, time.monotonic()
    session.manager.shutdown_kernel()
    assert process.returncode == 0
    assert time.monotonic() - start < 4
    assert (tmp_path / "ended").exists()


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("import os; os._exit(7)", 7),
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", -signal.SIGSEGV),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", -signal.SIGKILL),
        ("import os, signal; os.kill(os.getpid(), signal.SIGTERM)", -signal.SIGTERM),
    ],
)
def test_exit_codes(launch, kind, code, status):
    session = launch(kind)
    assert session.end(code) == status
    assert not session.manager.is_alive()


def test_output_of_python_and_of_descriptors(launch, kind):
    answer = launch(kind).run(
        "import os, sys\nprint('out')\nprint('err', file=sys.stderr)\n"
        "sys.stdout.flush()\nos.system('echo shell')\nos.write(2, b'raw\\n');"
    )
    assert sorted(answer.out.split()) == ["out", "shell"]
    assert sorted(answer.err.split()) == ["err", "raw"]


def test_input_is_refused(launch, kind):
    session = launch(kind)
    assert session.run("input()").error == "StdinNotImplementedError"
    assert session.run("import sys; print(repr(sys.stdin.read()))").out == "''\n"


def test_a_kill_takes_the_whole_process_group(launch, kind):
    session = launch(kind)
    answer = session.run("import subprocess; print(subprocess.Popen(['sleep', '60']).pid)")
    kernel = session.process.pid
    session.manager.shutdown_kernel(now=True)
    assert ends(int(answer.out))
    assert ends(kernel)


def test_a_signal_reaches_the_whole_process_group(launch, kind):
    session = launch(kind)
    assert os.getpgid(session.process.pid) == session.process.pid == os.getsid(session.process.pid)
    answer = session.run("import subprocess; print(subprocess.Popen(['sleep', '60']).pid)")
    session.manager.signal_kernel(signal.SIGTERM)
    assert ends(int(answer.out))


def test_the_surroundings(launch, kind, tmp_path, monkeypatch):
    monkeypatch.setenv("TZ", "Asia/Ho_Chi_Minh")
    monkeypatch.setenv("ONLY_HERE", "1")
    session = launch(kind, cwd=str(tmp_path))
    out = session.run(
        "import os, sys, time, signal\n"
        "print(os.getcwd(), time.tzname[0], os.environ['ONLY_HERE'])\n"
        "print(os.path.basename(sys.argv[0]))\n"
        "print(signal.getsignal(signal.SIGTERM) == signal.SIG_DFL)"
    ).out.splitlines()
    assert out == [f"{tmp_path} +07 1", "ipykernel_launcher.py", "True"]


def test_the_processes_of_multiprocessing_work(launch, kind):
    code = (
        "import multiprocessing\n"
        "with multiprocessing.get_context('fork').Pool(1) as pool:\n"
        "    print(pool.map(abs, [-1, -2]))"
    )
    assert launch(kind).run(code).out == "[1, 2]\n"


def ends(pid: int, seconds: float = 5.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        stat = Path(f"/proc/{pid}/stat")
        try:
            if stat.read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except (FileNotFoundError, ProcessLookupError):
            return True
        time.sleep(0.02)
    return False
