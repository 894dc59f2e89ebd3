from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from briefings.cli import app
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
