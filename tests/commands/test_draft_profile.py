from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from briefings.cli import app
from briefings.commands.draft_profile import draft_profile
from briefings.errors import ParameterError
from briefings.intake.profiles import load_profile
from tests import tiny


def run(*arguments: str) -> str:
    done = CliRunner().invoke(app, ["profile", *arguments])
    if done.exception is not None:
        raise done.exception
    return done.stdout


@pytest.mark.slow
def test_a_draft_goes_to_the_screen_or_into_a_new_file(tmp_path: Path) -> None:
    file = tiny.write(tmp_path / "raw.csv", "Mã hồ sơ,Đơn vị,Ngày nhận\nA1,D1,2025-02-03\n")
    text = run(str(file))
    assert run(str(file), "--out", str(tmp_path / "p.yaml")) == ""
    assert (tmp_path / "p.yaml").read_text(encoding="utf-8") == text
    assert list(load_profile(tmp_path / "p.yaml")) == ["dossiers"]


def test_a_profile_that_somebody_corrected_is_never_written_over(tmp_path: Path) -> None:
    file = tiny.write(tmp_path / "raw.csv", "Mã hồ sơ\nA1\n")
    mine = tiny.write(tmp_path / "p.yaml", "mine")
    with pytest.raises(ParameterError, match="is there already"):
        run(str(file), "--out", str(mine))
    assert mine.read_text(encoding="utf-8") == "mine"


def test_a_table_may_be_named(tmp_path: Path) -> None:
    file = tiny.write(tmp_path / "raw.csv", "Mã hồ sơ,Đơn vị,Ngày nhận\nA1,D1,2025-02-03\n")
    assert "  feedback:\n" in run(str(file), "--table", "feedback")
    with pytest.raises(ParameterError, match="no table 'x'"):
        run(str(file), "--table", "x")


def test_encoding_and_heading_rows_may_be_stated(tmp_path: Path) -> None:
    file = tmp_path / "raw.csv"
    file.write_bytes("a,b\nMã hồ sơ,Đơn vị\nA1,D1\n".encode("utf-16-le"))
    text = run(str(file), "--encoding", "utf-16-le", "--header-rows", "2")
    assert "  encoding: utf-16-le\n  header_rows: 2\n" in text
    with pytest.raises(ParameterError, match="--header-rows is 'two'"):
        run(str(file), "--header-rows", "two")


def test_the_terminal_says_what_must_not_be_overlooked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tiny.write(tmp_path / "raw.csv", "Vorgang,Amt\n1,A\n")
    draft_profile(file, tmp_path / "p.yaml")
    said = " ".join(capsys.readouterr().err.split())
    assert "Attention: No heading of the file was recognised" in said
    file = tiny.write(tmp_path / "raw.csv", "Case ID,Open Date\n1,01/02/2025\n")
    draft_profile(file, tmp_path / "q.yaml")
    said = " ".join(capsys.readouterr().err.split())
    assert "Day or month first? The dates do not tell (Open Date)." in said


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    """A file of cases whose name a shell would read."""
    return tiny.write(tmp_path / "a $(id) b.csv", "Mã hồ sơ,Đơn vị,Ngày nhận\nA1,D1,2025-02-03\n")


def test_the_command_that_comes_next_can_be_copied(
    cases: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft_profile(cases, tmp_path / "p.yaml")
    assert f"briefings intake '{cases}' --profile {tmp_path}/p.yaml" in " ".join(
        capsys.readouterr().err.replace("\n", "").split()
    )


def test_a_link_that_leads_nowhere_is_not_replaced(cases: Path, tmp_path: Path) -> None:
    link = tmp_path / "p.yaml"
    link.symlink_to(tmp_path / "gone.yaml")
    with pytest.raises(ParameterError, match="is there already"):
        draft_profile(cases, link)
    assert link.is_symlink()


def test_a_place_that_can_not_be_written_to_is_named(cases: Path) -> None:
    with pytest.raises(ParameterError, match="Cannot write"):
        draft_profile(cases, cases / "p.yaml")
    with pytest.raises(ParameterError, match="Cannot write"):
        draft_profile(cases, cases.parent / f"{250 * 'x'}.yaml")


def test_a_text_file_has_no_sheets(cases: Path) -> None:
    with pytest.raises(ParameterError, match="has no sheets"):
        draft_profile(cases, None, sheet="Tháng 2")


@pytest.mark.slow
def test_a_terminal_without_vietnamese_letters_gets_their_numbers(cases: Path) -> None:
    command = [sys.executable, "-m", "briefings", "profile", str(cases)]
    surroundings = {**os.environ, "PYTHONIOENCODING": "cp1252"}
    done = subprocess.run(command, capture_output=True, check=True, env=surroundings)
    assert b'heading: "M\xe3 h\\u1ed3 s\\u01a1"' in done.stdout
