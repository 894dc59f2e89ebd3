"""What the index remembers of earlier runs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from briefings.errors import ReportError
from briefings.press.job import Job
from briefings.press.outcome import Outcome
from briefings.site.record import FILE_NAME, Result, figures_hash, read_record, update_record


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


def made(folder: Path, language: str) -> Outcome:
    files = {f"briefing.{language}.html": 1000, "figures.csv": 100}
    return replace(outcome(folder, "288", language=language), files=files)


def test_a_later_run_replaces_what_it_made_again_and_keeps_the_rest(tmp_path):
    update_record(tmp_path, [outcome(tmp_path, "288"), outcome(tmp_path, "290", error="broken")])
    update_record(tmp_path, [outcome(tmp_path, "290")])
    good = Result(label="synthetic", error=None, files={})
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


def test_a_file_of_an_earlier_run_is_known_to_show_other_figures(tmp_path):
    """A run in one language leaves the other language's page as it was."""
    figures = tmp_path / "288" / "figures.csv"
    figures.parent.mkdir()
    figures.write_text("old", encoding="utf-8")
    old = figures_hash(tmp_path / "288")
    update_record(tmp_path, [made(tmp_path, "vi"), made(tmp_path, "en")])
    figures.write_text("new", encoding="utf-8")
    update_record(tmp_path, [made(tmp_path, "en")])
    record = read_record(tmp_path)
    assert record["288", "vi"].files == {"briefing.vi.html": old}
    assert record["288", "en"].files == {"briefing.en.html": figures_hash(tmp_path / "288")}
    assert figures_hash(tmp_path / "288") != old
