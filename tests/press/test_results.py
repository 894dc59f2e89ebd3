"""Results taken out of an executed notebook and put back give the same notebook."""

from __future__ import annotations

import json
from collections.abc import Callable

import nbformat
import pytest

from briefings.press.execute import execute, notebook_bytes
from briefings.press.job import Job
from briefings.press.results import assemble, results_of

MakeJob = Callable[..., Job]


@pytest.mark.slow
def test_a_notebook_put_together_is_the_one_that_was_executed(
    make_job: MakeJob, prose: str
) -> None:
    job = make_job("whole", prose, "", "# only a comment", "month")
    executed = execute(job)
    results = results_of(executed)
    assert notebook_bytes(assemble(job, results)) == notebook_bytes(executed)


@pytest.mark.slow
def test_results_go_into_a_notebook_with_other_text(make_job: MakeJob, prose: str) -> None:
    job = make_job("text", prose)
    results = results_of(execute(job))
    notebook = nbformat.read(job.notebook, as_version=4)
    notebook.cells[1].source = "## Tóm tắt"
    notebook.cells[2].source = f"# why\n{prose}"
    nbformat.write(notebook, job.notebook)
    text = json.dumps(assemble(job, results), ensure_ascii=False)
    assert "76,34%" in text
    assert "## Tóm tắt" in text
    assert "Kết quả" not in text
