"""A failure is kept beside the good files of before, with the notebook as far as it ran."""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable
from pathlib import Path

import pytest

from briefings.press.build import build
from briefings.press.execution_error import ExecutionError
from briefings.press.job import Job
from briefings.press.outcome import Event
from briefings.press.plan import plan
from briefings.press.step import Action

MakeJob = Callable[..., Job]

BREAKS_LATER = "from pathlib import Path\nassert not Path({!r}).exists(), object()"


def cells(folder: Path) -> list[dict]:
    return json.loads((folder / "briefing.vi.failed.ipynb").read_text(encoding="utf-8"))["cells"]


def test_the_evidence_travels_with_its_error() -> None:
    error = pickle.loads(pickle.dumps(ExecutionError("what", "do", b"{}")))
    assert (error.message, error.advice, error.evidence) == ("what", "do", b"{}")


@pytest.mark.slow
def test_a_failure_keeps_the_good_files_and_goes_when_it_is_mended(
    make_job: MakeJob, cache: Path, tmp_path: Path, prose: str
) -> None:
    switch = tmp_path / "broken"
    job = make_job("some", prose, BREAKS_LATER.format(str(switch)))
    build([job], workers=1, cache=cache)
    good = {path.name: path.read_bytes() for path in job.folder.iterdir()}

    switch.touch()
    (outcome,) = build([job], workers=1, cache=cache, force=True)
    assert "AssertionError" in str(outcome.error)
    assert {name: (job.folder / name).read_bytes() for name in good} == good
    failure = json.loads((job.folder / "briefing.vi.failure.json").read_text("utf-8"))
    assert failure["message"] == outcome.error.message  # type: ignore[union-attr]
    sources = ["".join(cell["source"]) for cell in cells(job.folder)]
    assert "In [4]" in sources[0]
    assert "encountered an exception here" in sources[-2]
    (error,) = cells(job.folder)[-1]["outputs"]
    assert error["evalue"] == "<object object at 0x…>"
    assert "76,34%" in json.dumps(cells(job.folder), ensure_ascii=False)

    switch.unlink()
    (step,) = plan([job], cache=cache)
    assert step.action == Action.RENDER
    assert step.reasons == (f"failed last time: {failure['message']}",)
    (outcome,) = build([job], workers=1, cache=cache)
    assert outcome.succeeded
    assert {path.name for path in job.folder.iterdir()} == set(good)


@pytest.mark.slow
def test_a_kernel_that_dies_leaves_what_it_had_reached(
    make_job: MakeJob, cache: Path, prose: str
) -> None:
    job = make_job("dies", prose, "import os; os._exit(1)")
    build([job], workers=1, cache=cache)
    sources = ["".join(cell["source"]) for cell in cells(job.folder)]
    assert "encountered an exception here" in sources[-2]
    assert "76,34%" in json.dumps(cells(job.folder), ensure_ascii=False)
    assert (plan([job], cache=cache)[0].action) == Action.EXECUTE


@pytest.mark.slow
def test_a_notebook_edited_while_it_runs_is_not_taken_for_the_one_that_ran(
    make_job: MakeJob, cache: Path, prose: str
) -> None:
    job = make_job("edited", prose)

    def restore_it(event: Event) -> None:
        if event.outcome is None:
            job.notebook.write_bytes(job.notebook.read_bytes())

    (outcome,) = build([job], workers=1, cache=cache, on_event=restore_it)
    assert "edited.ipynb was written to while the report was made" in str(outcome.error)
    assert not (job.folder / "briefing.vi.html").exists()
    (outcome,) = build([job], workers=1, cache=cache)
    assert outcome.succeeded


@pytest.mark.slow
def test_a_notebook_finds_its_inputs_and_nothing_else(
    make_job: MakeJob, cache: Path, prose: str
) -> None:
    look = "import os\nfrom pathlib import Path\nfolder = Path(os.environ['NOTEBOOK_INPUTS'])\n"
    check = (
        "assert folder.is_absolute()\n"
        "assert [(p.name, p.read_text()) for p in folder.iterdir()] == [('counts.json', '[1]')]"
    )
    job = make_job("inputs", prose, look + check, inputs={"counts.json": b"[1]"})
    (outcome,) = build([job], workers=1, cache=cache)
    assert outcome.error is None


@pytest.mark.parametrize("name", ["../a.json", "a/b.json", ".hidden"])
def test_an_input_is_a_plain_file(make_job: MakeJob, name: str) -> None:
    with pytest.raises(ValueError, match="not a plain file name"):
        make_job("odd", inputs={name: b""})


def test_one_kind_of_data_has_one_input(make_job: MakeJob) -> None:
    with pytest.raises(ValueError, match="same kind of data"):
        make_job("twice", inputs={"a.json": b"", "a.csv": b""})
