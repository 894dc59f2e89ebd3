"""`briefings intake FILE… --profile P` as a person or a program calls it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from typer.testing import CliRunner

from briefings.cli import app
from briefings.commands.inspect import find_profile
from briefings.errors import BriefingsError, ParameterError
from tests import tiny

PROFILE = """
tables:
  dossiers:
    columns: {dossier_code: Mã, unit: Đơn vị, received_at: {heading: Nhận, format: day-first}}
"""
FILE = "Mã,Đơn vị,Nhận,Người nộp,Ghi chú\nA1,D1,03/02/2025,Trần Thị Kín,\nA2,D1,hôm qua,,\n"
KEYS = [
    "read", "used", "quarantined", "idle_rules", "ignored_columns", "dropped_personal_columns",
    "files", "subtotals",
]  # fmt: skip


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    profile = tiny.write(tmp_path / "p.yaml", PROFILE)
    return str(tiny.write(tmp_path / "raw.csv", FILE)), str(profile)


def run(*arguments: str) -> tuple[str, str]:
    """Standard output and the other one; a fault is raised."""
    done = CliRunner().invoke(app, ["intake", *arguments])
    if done.exception is not None:
        raise done.exception
    return done.stdout, done.stderr


def test_a_program_gets_one_object_and_nothing_else(files: tuple[str, str]) -> None:
    out, other = run(files[0], "--profile", files[1], "--json")
    report: dict[str, Any] = json.loads(out)
    assert list(report) == KEYS
    assert (report["read"], report["used"]) == (2, 1)
    assert report["quarantined"] == {"unreadable date": 1}
    assert report["ignored_columns"] == ["Ghi chú"]
    assert report["dropped_personal_columns"] == ["Người nộp"]
    assert other == ""


def test_a_person_gets_the_same_as_a_text(files: tuple[str, str]) -> None:
    out, _ = run(files[0], "--profile", files[1])
    for words in ("raw.csv", "dossiers", "unreadable date: 1", "Ghi chú", "Người nộp"):
        assert words in out
    assert "Kín" not in out


@pytest.mark.slow
def test_the_screen_obeys_neither_a_file_name_nor_a_heading(tmp_path: Path) -> None:
    """A file called [bold].csv lost its name, one with an escape sequence coloured the screen."""
    profile = tiny.write(tmp_path / "p.yaml", PROFILE)
    heads = FILE.replace("Ghi chú", "Ghi \x1b[31mchú [/bold]")
    for name in ("[x] \x1b[31m.csv", "[bold].csv", "a\nb.csv"):
        out, _ = run(str(tiny.write(tmp_path / name, heads)), "--profile", str(profile))
        assert "\x1b" not in out
        assert "chú [/bold]" in out
    assert "[bold]" in run(str(tmp_path / "[bold].csv"), "--profile", str(profile))[0]


def test_used_rows_and_quarantine_are_written_into_a_new_folder(
    files: tuple[str, str], tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    run(files[0], "--profile", files[1], "--out", str(folder))
    assert sorted(file.name for file in folder.iterdir()) == [
        "dossiers.parquet", "quarantine.csv", "report.json",
    ]  # fmt: skip
    assert list(pd.read_parquet(folder / "dossiers.parquet")["dossier_code"]) == ["A1"]
    quarantine = (folder / "quarantine.csv").read_text(encoding="utf-8").splitlines()
    assert quarantine[0] == "table,file,row,column,value,reason"
    assert quarantine[1].endswith(",3,received_at,hôm qua,unreadable date")
    assert "Kín" not in "".join(file.read_text(errors="ignore") for file in folder.iterdir())
    with pytest.raises(ParameterError, match="is there already"):
        run(files[0], "--profile", files[1], "--out", str(folder))


def test_nothing_is_written_where_a_file_cannot_be_read(
    files: tuple[str, str], tmp_path: Path
) -> None:
    with pytest.raises(BriefingsError):
        run(files[0], str(tmp_path / "no.csv"), "--profile", files[1], "--out", f"{tmp_path}/out")
    assert not [file for file in tmp_path.iterdir() if "out" in file.name]


@pytest.mark.slow
def test_a_project_brings_its_unit_codes(files: tuple[str, str], tmp_path: Path) -> None:
    project = tiny.write_project(tmp_path / "office", only=("dossiers",))
    arguments = (files[0], "--profile", files[1], "--json")
    assert json.loads(run(*arguments, "--project", str(project.file))[0])["used"] == 1
    Path(files[0]).write_text(FILE.replace("D1", "D9"), encoding="utf-8")
    assert json.loads(run(*arguments)[0])["used"] == 1
    report = json.loads(run(*arguments, "--project", str(project.file))[0])
    assert report["quarantined"] == {"unknown unit": 1, "unreadable date": 1}


def test_files_and_a_profile_belong_together(files: tuple[str, str]) -> None:
    with pytest.raises(ParameterError, match="inspected with a profile"):
        run(files[0])
    for option in (["--profile", files[1]], ["--table", "x"], ["--json"], ["--out", "x"]):
        with pytest.raises(ParameterError, match="files that are inspected"):
            run(*option)


def test_a_profile_is_named_or_given_by_its_path(files: tuple[str, str]) -> None:
    assert find_profile(files[1]) == Path(files[1])
    assert find_profile("boston_311").name == "boston_311.yaml"
    with pytest.raises(ParameterError, match="no profile 'atlantis'") as caught:
        find_profile("atlantis")
    assert "boston_311, " in caught.value.advice
