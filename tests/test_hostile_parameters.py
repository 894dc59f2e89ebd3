"""Nothing typed for a parameter is a path, a command or a sign to the terminal."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from briefings.project import REPOSITORY, Project
from tests import tiny
from tests.screen import Screen

SHELL = ("$(touch ran)", "`touch ran`", "; touch ran", "$(shell touch ran)", '"; touch ran; "', "'")
PATHS = ("../../2025-02", "/etc", "..", ".", "~", "a\nb", "x\x1b[2J", "\u202e20-5202", "\udcff")
MONTHS = (
    *SHELL,
    *PATHS,
    "２０２５-02",
    "٢٠٢٥-٠٢",
    "2025\u201002",
    "2025-02\n",
    " 2025-02",
    "9" * 10_000,
)
UNITS = (
    *SHELL,
    *PATHS,
    "../T1",
    "T1/../D1",
    "T1,../D1",
    "t1",
    "T1 ",
    "T1\u200b",
    "Ｔ1",
    "CON",
    "*",
    ",",
)
LANGUAGES = (*SHELL, *PATHS, "../vi", "vi\n", "VI", "{{ 7*7 }}")
TYPED = [
    *(("month", value) for value in MONTHS),
    *(("unit", value) for value in UNITS),
    *(("language", value) for value in LANGUAGES),
    *(("format", value) for value in (*SHELL, "../pdf", "html\n")),
]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return tiny.write_project(tmp_path / "office", only=["dossiers"])


def everything(folder: Path) -> set[Path]:
    return set(folder.rglob("*"))


@pytest.mark.slow
def test_what_is_no_value_is_refused_before_anything_is_written(
    screen: Screen,
    project: Project,
    tmp_path: Path,
) -> None:
    before = everything(tmp_path)
    for name, value in TYPED:
        typed = {"month": "2025-02", "unit": "T1", "language": "vi", "format": "html"} | {
            name: value
        }
        options = [part for key, text in typed.items() for part in (f"--{key}", text)]
        code, printed = screen.run("report", *options, "--project", project.file)
        assert code == 2, (name, value, printed)
        assert f"{name.upper()}=" in printed
        assert not {"\x1b", "\u202e", "\udcff"} & set(printed), (name, value)
    assert everything(tmp_path) == before


NAMES = ("MONTH", "UNIT", "LANGUAGE", "FORMAT", "PROJECT")


def make_report(folder: Path, *typed: str) -> subprocess.CompletedProcess[str]:
    make = shutil.which("make")
    assert make is not None
    return subprocess.run(
        [make, "-s", "-f", REPOSITORY / "Makefile", "report", "READY=", f"VENV={sys.prefix}",
         *typed],
        cwd=folder, env=os.environ, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_make_hands_over_what_was_typed_and_runs_none_of_it(tmp_path: Path, name: str) -> None:
    shows = tiny.write(tmp_path / "shows", "#!/bin/sh\nprintf '<%s>' \"$@\"\n")
    shows.chmod(0o755)
    usual = dict.fromkeys(NAMES, "x")
    for value in (*SHELL, "../../x", "$(MAKE) -n", "a b", "-", "*", "a\nb"):
        typed = (f"{key}={text}" for key, text in (usual | {name: value}).items())
        done = make_report(tmp_path, f"BRIEFINGS={shows}", *typed)
        assert f"<--{name.lower()}><{value}>" in done.stdout, (value, done.stdout, done.stderr)
        assert done.stdout.count("<") == 1 + 2 * len(NAMES)
        assert not list(tmp_path.rglob("ran"))


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_make_ends_with_a_sentence_where_the_command_refuses(
    project: Project, tmp_path: Path, name: str
) -> None:
    typed = {"MONTH": "2025-02", "UNIT": "T1", "PROJECT": str(project.file)} | {name: "$(MAKE) a;b"}
    done = make_report(tmp_path, *(f"{key}={text}" for key, text in typed.items()))
    assert done.returncode == 2
    assert "Error: " in done.stderr
    assert "Traceback" not in done.stderr
    assert not project.reports.exists()
