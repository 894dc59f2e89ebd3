from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer.main

from briefings import cli
from briefings.errors import (
    BriefingsError,
    InputError,
    ParameterError,
    ReportError,
    SettingsError,
)
from briefings.project import Project
from tests import tiny
from tests.screen import Screen

HEAVY = ("pandas", "papermill", "nbconvert", "ibis", "matplotlib", "duckdb", "pandera", "nbclient")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return tiny.write_project(tmp_path, only=["dossiers"])


def commands() -> Iterator[tuple[str, typer.main.TyperCommand]]:
    group = typer.main.get_command(cli.app)
    yield from sorted(group.commands.items())  # type: ignore[attr-defined]


def reported(project: Project) -> list[Path]:
    return list(project.reports.rglob("*")) if project.reports.exists() else []


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (BriefingsError, 1),
        (ParameterError, 2),
        (InputError, 3),
        (SettingsError, 4),
        (ReportError, 5),
    ],
)
def test_every_class_of_error_has_its_exit_code(error: type[BriefingsError], code: int) -> None:
    assert error.exit_code == code
    assert str(error("What is wrong.", "What to do.")) == "What is wrong.\nWhat to do."
    assert str(error("What is wrong.")) == "What is wrong."


@pytest.mark.parametrize(
    ("option", "value", "words"),
    [
        ("--month", "2025-13", ["MONTH='2025-13' is not a month", "2025-02"]),
        ("--month", "2025-2", ["MONTH='2025-2' is not a month", "2025-02"]),
        ("--month", "2025-02; rm -rf", ["MONTH='2025-02; rm -rf' is not a month"]),
        ("--month", "", ["MONTH='' is not a month"]),
        ("--unit", "D9", ["UNIT='D9' is not a unit", "department: D1, D2", "province: T1"]),
        ("--unit", "D1,../D2", ["UNIT='../D2' is not a unit", "D1, D2"]),
        ("--unit", "", ["UNIT='' is not a unit", "D1, D2"]),
        ("--language", "fr", ["LANGUAGE='fr' is unknown", "vi, en, both"]),
        ("--format", "docx", ["FORMAT='docx' is unknown", "html, pdf, both"]),
        ("--month", "2025-03", ["MONTH=2025-03 has no data", "2025-01 to 2025-02"]),
        ("--month", "2024-12", ["MONTH=2024-12 has no data", "2025-01 to 2025-02"]),
    ],
)
def test_a_wrong_parameter_is_refused_with_the_valid_values(
    screen: Screen, project: Project, option: str, value: str, words: list[str]
) -> None:
    arguments = {"--month": "2025-02", "--project": project.file, "--workers": 1} | {option: value}
    code, printed = screen.run("report", *(part for pair in arguments.items() for part in pair))
    assert code == ParameterError.exit_code
    for word in words:
        assert word in printed
    assert not reported(project)


def test_what_the_request_alone_can_refuse_is_refused_before_data_are_read(
    screen: Screen, project: Project
) -> None:
    screen.run("report", "--month", "2025-02", "--unit", "D9", "--project", project.file)
    assert not project.snapshots.exists()


def test_a_level_without_units_is_refused(screen: Screen, project: Project) -> None:
    code, printed = screen.run(
        "report",
        "--month",
        "2025-02",
        "--unit",
        "commune",
        "--workers",
        "1",
        "--project",
        project.file,
    )
    assert code == ParameterError.exit_code
    assert "commune" in printed
    assert not reported(project)


def test_a_project_without_any_dossier_is_refused(screen: Screen, tmp_path: Path) -> None:
    project = tiny.write_project(tmp_path, only=["dossiers"], dossiers=f"{tiny.DOSSIER_HEADINGS}\n")
    code, printed = screen.run("report", "--month", "2025-02", "--project", project.file)
    assert code in (ParameterError.exit_code, InputError.exit_code)
    assert "no data" in printed.lower()
    assert not reported(project)


@pytest.mark.parametrize("command", ["report", "plan", "units", "intake"])
def test_a_missing_project_file_is_a_fault_of_the_settings(
    screen: Screen, tmp_path: Path, command: str
) -> None:
    month = () if command == "intake" else ("--month", "2025-02")
    code, printed = screen.run(command, *month, "--project", tmp_path / "nowhere.toml")
    assert code == SettingsError.exit_code
    assert f"Cannot read the project file {tmp_path / 'nowhere.toml'}" in printed


def test_missing_data_are_a_fault_of_the_input(screen: Screen, tmp_path: Path) -> None:
    project = tiny.write_project(tmp_path, only=["dossiers"], dossiers={})
    code, printed = screen.run("report", "--month", "2025-02", "--project", project.file)
    assert code == InputError.exit_code
    assert "No data" in printed
    assert not reported(project)


def test_a_broken_file_is_a_fault_of_the_input(screen: Screen, tmp_path: Path) -> None:
    broken = dict.fromkeys(tiny.MONTHS, "Sai,Tiêu đề\n1,2\n")
    project = tiny.write_project(tmp_path, only=["dossiers"], dossiers=broken)
    code, printed = screen.run("intake", "--workers", "1", "--project", project.file)
    assert code == InputError.exit_code
    assert "missing column 'Mã hồ sơ' (for dossier_code)" in printed
    assert "The file has: Sai, Tiêu đề" in printed


def test_demonstration_data_are_refused_for_a_project_of_real_data(
    screen: Screen, project: Project
) -> None:
    code, printed = screen.run("data", "--project", project.file)
    assert code == SettingsError.exit_code
    assert "not marked synthetic" in printed


def test_units_are_listed_with_code_level_and_names(screen: Screen, project: Project) -> None:
    code, printed = screen.run("units", "--month", "2025-02", "--project", project.file)
    assert code == 0
    for word in ("T1", "D2", "department", "Sở Một", "Department One"):
        assert word in printed


@pytest.mark.slow
def test_the_intake_shows_what_became_of_the_rows(screen: Screen, project: Project) -> None:
    code, printed = screen.run("intake", "--workers", "1", "--project", project.file)
    assert code == 0
    assert "dossiers" in printed
    assert "2 months" in printed


@pytest.mark.parametrize(
    "arguments",
    [("report",), ("units",), ("nonsense",), ("report", "--month", "2025-02", "--workers", "0")],
)
def test_a_wrong_command_line_is_refused_like_a_wrong_parameter(
    screen: Screen, arguments: tuple[str, ...]
) -> None:
    code, printed = screen.run(*arguments)
    assert code == ParameterError.exit_code
    assert "Usage" in printed


def test_the_commands_are_those_of_the_makefile_and_one_to_draft_profiles() -> None:
    assert [name for name, _ in commands()] == [
        "changes",
        "check",
        "data",
        "gates",
        "intake",
        "lab",
        "plan",
        "profile",
        "quarantine",
        "report",
        "test",
        "units",
    ]


@pytest.mark.parametrize(
    ("name", "command"), list(commands()), ids=[name for name, _ in commands()]
)
def test_every_command_and_every_option_has_help(
    screen: Screen, name: str, command: typer.main.TyperCommand
) -> None:
    assert command.help
    for parameter in command.params:
        assert getattr(parameter, "help", None), f"{name} {parameter.name}"
    code, printed = screen.run(name, "--help")
    assert code == 0
    assert command.help.split("\n")[0].split(";")[0] in printed


def test_help_comes_at_once_because_nothing_heavy_is_imported() -> None:
    script = f"import sys, briefings.cli; print([m for m in {HEAVY} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.slow
def test_the_installed_command_ends_with_the_exit_code(tmp_path: Path) -> None:
    command = Path(sys.executable).with_name("briefings")
    done = subprocess.run(
        [command, "units", "--month", "2025-13", "--project", tmp_path / "nowhere.toml"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == SettingsError.exit_code
    assert done.stderr.startswith("Error: Cannot read the project file")
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
