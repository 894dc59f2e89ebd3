"""One notebook in a kernel of its own."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from nbclient.exceptions import DeadKernelError

from briefings.press.build import build
from briefings.press.environment import KERNEL
from briefings.press.execute import ORDINARY_KERNEL, ExecutionError, execute, notebook_bytes
from briefings.press.figures import Owner, figures_csv
from briefings.press.job import Job
from briefings.press.readiness import KernelDiedError
from briefings.press.render import render

MakeJob = Callable[..., Job]

OVER_SOCKETS = """
from ipykernel.kernelapp import IPKernelApp
if IPKernelApp.instance().transport != "ipc": raise ValueError(IPKernelApp.instance().transport)
""".strip()

pytestmark = pytest.mark.slow


def test_equal_jobs_give_equal_files(make_job: MakeJob, prose: str) -> None:
    job = make_job("same", prose)
    first, second = (render(execute(job), job) for _ in range(2))
    assert first == second
    assert set(first) == {
        "briefing.vi.ipynb",
        "briefing.vi.html",
        "briefing.vi.pdf",
        "figures.csv",
    }


def test_the_notebook_keeps_its_stamp_and_nothing_volatile(make_job: MakeJob, prose: str) -> None:
    job = make_job("stamped", prose)
    content = notebook_bytes(execute(job)).decode()
    assert json.loads(content)["metadata"]["briefing"] == {
        "language": "vi",
        "title": "Báo cáo tháng 02/2025",
        "label": "DỮ LIỆU MÔ PHỎNG",
        "parameters": {"month": "2025-02", "unit": "H23"},
    }
    for volatile in ("papermill", "start_time", "iopub", str(job.notebook.parent)):
        assert volatile not in content


def test_where_an_object_lay_in_memory_is_not_kept(make_job: MakeJob) -> None:
    content = notebook_bytes(execute(make_job("object", "object()"))).decode()
    assert "<object at 0x…>" in content


def test_the_parameters_reach_the_figures(make_job: MakeJob, prose: str) -> None:
    content = figures_csv(execute(make_job("parameters", prose)), owner=Owner("H23")).decode()
    assert "sync@2025-02/H23" in content


def test_a_failing_cell_is_named_without_colour(make_job: MakeJob) -> None:
    with pytest.raises(ExecutionError) as caught:
        execute(make_job("raises", "month", "wrong = 1\n{}['sai']"))
    assert caught.value.message == "cell 4 of raises.ipynb failed: KeyError: 'sai'"
    assert caught.value.advice == "The cell: wrong = 1"
    assert "\x1b" not in str(caught.value)


def test_a_dying_kernel_is_named(make_job: MakeJob) -> None:
    with pytest.raises(ExecutionError, match=r"cell 3 of dies\.ipynb failed: the kernel died"):
        execute(make_job("dies", "import os; os._exit(1)"))


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (DeadKernelError("Kernel died"), "the kernel died"),
        (KernelDiedError("before it could answer"), "the kernel died"),
        (RuntimeError("can't start new thread"), "RuntimeError: can't start new thread"),
    ],
)
def test_only_a_dead_kernel_is_called_dead(
    make_job: MakeJob, monkeypatch: pytest.MonkeyPatch, error: RuntimeError, said: str
) -> None:
    def fail(*arguments: object) -> None:
        raise error

    monkeypatch.setattr("briefings.press.execute._run", fail)
    with pytest.raises(ExecutionError) as caught:
        execute(make_job("fails", "month"))
    assert caught.value.message == f"cell 1 of fails.ipynb failed: {said}"


def test_a_kernel_sees_the_same_surroundings_everywhere(make_job: MakeJob) -> None:
    source = "import os, time\nassert time.tzname[0] == 'UTC'"
    execute(make_job("surroundings", source, "assert os.environ['OMP_NUM_THREADS'] == '1'"))


@pytest.mark.parametrize("kernel", [KERNEL, ORDINARY_KERNEL])
def test_what_a_user_sets_for_python_does_not_reach_a_report(
    make_job: MakeJob, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kernel: str
) -> None:
    startup = tmp_path / "startup.py"
    startup.write_text("month = '1999-01'\nimport builtins\nbuiltins.of_the_user = 1\n")
    monkeypatch.setenv("PYTHONSTARTUP", str(startup))
    monkeypatch.setenv("PYTHONOPTIMIZE", "1")
    monkeypatch.setenv("PYTHONWARNINGS", "always")
    checks = (
        "import builtins, sys",
        "if hasattr(builtins, 'of_the_user'): raise ValueError('of the user')",
        "if sys.flags.optimize or sys.warnoptions: raise ValueError('flags')",
    )
    execute(make_job("unmoved", *checks), kernel=kernel)


def test_kernels_never_race_for_ports_however_deep_the_temporary_folder(
    make_job: MakeJob, prose: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deep = tmp_path / "the-temporary-folder-of-a-batch-system"
    deep.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(deep))
    job = make_job("deep", prose, OVER_SOCKETS)
    execute(job)
    (outcome,) = build([job], workers=1, cache=tmp_path / "cache")
    assert outcome.succeeded, outcome.error


@pytest.mark.parametrize("source", ["import sys; sys.exit(0)", "raise SystemExit"])
def test_a_report_is_never_cut_short_in_silence(make_job: MakeJob, source: str) -> None:
    with pytest.raises(ExecutionError, match=r"cell 3 of cut\.ipynb failed: SystemExit"):
        execute(make_job("cut", source, "month"))


@pytest.mark.parametrize(
    ("tag", "fault"), [("skip-execution", "not executed"), ("raises-exception", "ZeroDivision")]
)
def test_a_tag_can_not_hide_a_cell(make_job: MakeJob, tag: str, fault: str) -> None:
    job = make_job("tagged", "1 / 0")
    notebook = json.loads(job.notebook.read_text(encoding="utf-8"))
    notebook["cells"][2]["metadata"]["tags"] = [tag]
    job.notebook.write_text(json.dumps(notebook), encoding="utf-8")
    with pytest.raises(ExecutionError, match=fault):
        execute(job)


def test_a_cell_that_hangs_is_given_up_and_named(make_job: MakeJob) -> None:
    job = make_job("hangs", "month", "import time; time.sleep(600)", cell_seconds=5)
    with pytest.raises(ExecutionError, match=r"cell 4 of hangs\.ipynb failed: it took longer"):
        execute(job)


def test_a_notebook_that_asks_for_input_fails_at_once(make_job: MakeJob) -> None:
    with pytest.raises(ExecutionError, match="StdinNotImplementedError"):
        execute(make_job("asks", "input('who?')"))


def test_a_cell_that_runs_out_of_memory_fails_like_any_other(make_job: MakeJob) -> None:
    source = "import resource\nresource.setrlimit(resource.RLIMIT_AS, (2**31, 2**31))\nb'x' * 2**33"
    with pytest.raises(ExecutionError, match="MemoryError"):
        execute(make_job("greedy", source))


def test_a_kernel_that_the_system_kills_is_a_dead_kernel(make_job: MakeJob) -> None:
    source = "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)"
    with pytest.raises(ExecutionError, match="the kernel died"):
        execute(make_job("killed", source))
