"""Many reports at once: each one succeeds or fails on its own."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from briefings.press.build import build
from briefings.press.job import Job
from briefings.press.outcome import Event
from briefings.press.publish import publish

MakeJob = Callable[..., Job]

# The parent of a forked kernel is the zygote; Jupyter says for whom it runs.
KILL_THE_WORKER = "import os, signal\nos.kill(int(os.environ['JPY_PARENT_PID']), signal.SIGKILL)"
# Only once: an ordinary kernel, in which the cell may be run again, has the worker as its parent.
KILL_THE_ZYGOTE = """
import os, pathlib, signal
once = pathlib.Path({once!r})
if not once.exists():
    once.touch(); os.kill(os.getppid(), signal.SIGKILL)
""".strip()
SLEEP_SECONDS = 240
SLEEP = f"""
import os, time
from pathlib import Path
Path({{!r}}).write_text(f"{{{{os.getpid()}}}}.", encoding="utf-8")
time.sleep({SLEEP_SECONDS})
"""
DRIVER = """
import pickle, sys
from pathlib import Path
from briefings.press.build import build
if __name__ == "__main__":
    build(pickle.loads(Path(sys.argv[1]).read_bytes()), workers=2, cache=Path(sys.argv[2]))
"""


def test_the_build_is_cheap_to_import() -> None:
    code = "import sys, briefings.press.build; print('papermill' in sys.modules, end='')"
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "False"


@pytest.mark.slow
def test_a_failing_report_never_stops_or_harms_the_others(
    make_job: MakeJob, cache: Path, prose: str
) -> None:
    jobs = [make_job("first", prose), make_job("raises", "1 / 0"), make_job("last", prose)]
    kept = jobs[1].folder / "briefing.vi.pdf"
    publish({kept.name: b"good"}, kept.parent)
    events: list[Event] = []

    first, raises, last = build(jobs, workers=2, cache=cache, on_event=events.append)

    assert first.succeeded
    assert last.succeeded
    assert "ZeroDivisionError" in str(raises.error)
    assert kept.read_bytes() == b"good"
    assert sorted(path.name for path in kept.parent.iterdir()) == [
        "briefing.vi.failed.ipynb",
        "briefing.vi.failure.json",
        kept.name,
    ]
    assert first.files == {
        path.name: path.stat().st_size
        for path in jobs[0].folder.iterdir()
        if path.name != "briefing.vi.build.json"
    }
    assert sorted(event.job.name for event in events) == sorted(2 * [job.name for job in jobs])


@pytest.mark.slow
def test_a_dead_worker_costs_only_its_own_report(
    make_job: MakeJob, cache: Path, prose: str
) -> None:
    jobs = [make_job("killer", KILL_THE_WORKER), *(make_job(f"job{n}", prose) for n in range(3))]
    killer, *others = build(jobs, workers=2, cache=cache)
    assert "worker process died" in str(killer.error)
    assert all(other.succeeded for other in others)


@pytest.mark.slow
def test_a_worker_that_dies_between_two_jobs_costs_no_report(
    make_job: MakeJob, cache: Path, prose: str
) -> None:
    ours = set(threading.enumerate())

    def kill_the_idle_worker(event: Event) -> None:
        if event.outcome is not None and event.job.name == "job0":
            (worker,) = multiprocessing.active_children()
            worker.kill()
            for watcher in set(threading.enumerate()) - ours:
                watcher.join()  # now the pool knows

    jobs = [make_job(f"job{n}", prose) for n in range(3)]
    outcomes = build(jobs, workers=1, cache=cache, on_event=kill_the_idle_worker)
    assert [str(outcome.error) for outcome in outcomes] == 3 * ["None"]


@pytest.mark.slow
def test_a_dead_zygote_costs_no_report(
    make_job: MakeJob, cache: Path, prose: str, tmp_path: Path
) -> None:
    # The last cell lasts until the kernel has noticed, so that the notebook is always run again.
    killer = KILL_THE_ZYGOTE.format(once=str(tmp_path / "killed"))
    jobs = [make_job("killer", prose, f"{killer}; import time; time.sleep(5)")]
    jobs += [make_job(f"job{n}", prose, "import time\ntime.sleep(1)") for n in range(3)]
    outcomes = build(jobs, workers=2, cache=cache)
    assert [str(outcome.error) for outcome in outcomes] == 4 * ["None"]


@pytest.mark.slow
def test_both_languages_must_show_the_same_figures(
    make_job: MakeJob, cache: Path, prose: str
) -> None:
    vi = make_job("vi", prose)
    same = make_job("same", prose, folder=vi.folder, stem="briefing.en", language="en")
    other = prose.replace("0.7634", "0.5")
    differs = make_job("differs", other, folder=vi.folder, stem="briefing.fr")
    outcomes = build([vi, same, differs], workers=1, cache=cache)
    assert [outcome.succeeded for outcome in outcomes] == [True, True, False]
    assert "figures differ" in str(outcomes[2].error)
    assert not (vi.folder / "briefing.fr.pdf").exists()


@pytest.mark.slow
def test_a_printed_line_fails_the_report(make_job: MakeJob, cache: Path, prose: str) -> None:
    (outcome,) = build([make_job("prints", prose, "print(month)")], workers=1, cache=cache)
    assert "cell 4 (`print(month)`)" in str(outcome.error)


@pytest.mark.slow
def test_an_interrupt_stops_the_build_and_leaves_nothing_behind(
    make_job: MakeJob, cache: Path, prose: str
) -> None:
    jobs = [make_job(f"job{n}", prose) for n in range(3)]

    def interrupt(event: Event) -> None:
        if event.outcome is not None:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(jobs, workers=1, cache=cache, on_event=interrupt)
    assert [job.folder.exists() for job in jobs] == [True, False, False]
    assert not list(jobs[0].folder.glob(".*"))


@pytest.mark.slow
def test_an_interrupt_does_not_wait_for_cells_that_run(
    make_job: MakeJob, cache: Path, tmp_path: Path
) -> None:
    jobs = [make_job(f"job{n}", SLEEP.format(str(tmp_path / f"kernel{n}"))) for n in range(2)]
    (tmp_path / "jobs").write_bytes(pickle.dumps(jobs))
    (tmp_path / "driver.py").write_text(DRIVER, encoding="utf-8")
    command = [sys.executable, "driver.py", "jobs", str(cache)]
    # A terminal of its own, in which everybody hears of Ctrl-C.
    with subprocess.Popen(
        command, cwd=tmp_path, start_new_session=True, stderr=subprocess.PIPE
    ) as run:
        kernels = [kernel_of(tmp_path / f"kernel{n}") for n in range(2)]
        os.killpg(run.pid, signal.SIGINT)
        try:
            _, screen = run.communicate(timeout=SLEEP_SECONDS / 4)
        finally:
            run.kill()
    assert b"KeyboardInterrupt" in screen
    _, alive = psutil.wait_procs(kernels, timeout=SLEEP_SECONDS / 4)
    assert alive == []


def kernel_of(note: Path) -> psutil.Process:
    """The process that has named itself in a file, as soon as it has."""
    end = time.monotonic() + SLEEP_SECONDS
    while not note.exists() or not note.read_text(encoding="utf-8").endswith("."):
        assert time.monotonic() < end, "the notebook did not start"
        time.sleep(0.02)
    return psutil.Process(int(note.read_text(encoding="utf-8").rstrip(".")))


@pytest.mark.slow
def test_each_build_hands_down_its_own_environment(
    make_job: MakeJob, cache: Path, prose: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for value in ("first", "second"):
        monkeypatch.setenv("BRIEFINGS_TEST", value)
        check = f"import os\nassert os.environ['BRIEFINGS_TEST'] == {value!r}"
        (outcome,) = build([make_job(value, prose, check)], workers=1, cache=cache)
        assert outcome.error is None
