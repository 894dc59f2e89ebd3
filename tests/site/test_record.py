"""What the index remembers of earlier runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefings.errors import ReportError
from briefings.press.job import Job
from briefings.press.outcome import Outcome
from briefings.site.record import FILE_NAME, Result, read_record, update_record


def outcome(folder: Path, unit: str, *, language: str = "vi", error: str = "") -> Outcome:
    job = Job(
        name=f"{unit}/{language}",
        notebook=Path("some.ipynb"),
        parameters={},
        language=language,
        title="",
        label="synthetic",
        folder=folder / unit,
        stem=f"briefing.{language}",
    )
    return Outcome(job, seconds=1.0, error=ReportError(error) if error else None)


def test_a_later_run_replaces_what_it_made_again_and_keeps_the_rest(tmp_path):
    update_record(tmp_path, [outcome(tmp_path, "288"), outcome(tmp_path, "290", error="broken")])
    update_record(tmp_path, [outcome(tmp_path, "290")])
    good = Result(label="synthetic", error=None)
    assert read_record(tmp_path) == {("288", "vi"): good, ("290", "vi"): good}


def test_a_failure_is_remembered_with_its_cause(tmp_path):
    update_record(tmp_path, [outcome(tmp_path, "290", language="en", error="cell 4 failed")])
    assert read_record(tmp_path)["290", "en"].error == "cell 4 failed"


@pytest.mark.parametrize("content", ["", "{", "[]", '{"288/vi": null}', '{"288": {}}'])
def test_a_damaged_record_never_stops_a_finished_run(tmp_path, content):
    (tmp_path / FILE_NAME).write_text(content, encoding="utf-8")
    assert read_record(tmp_path) == {}
    update_record(tmp_path, [outcome(tmp_path, "288")])
    assert list(read_record(tmp_path)) == [("288", "vi")]
