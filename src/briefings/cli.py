"""The command line: one verb per command. `make` calls nothing else."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from briefings.errors import BriefingsError, ParameterError
from briefings.project import Project, current_project, load_project

# Imports of the verbs stand inside them, so that help and refusals come at once.

app = typer.Typer(
    help="Monthly briefings on administrative procedures, from raw exports to HTML and PDF.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)

ProjectFile = Annotated[
    Path | None,
    typer.Option("--project", help="Project file (TOML). Default: the nearest briefings.toml."),
]
AMonth = Annotated[str, typer.Option("--month", help="The month, as 2025-02.")]
Units = Annotated[
    str,
    typer.Option(
        "--unit",
        help="A unit code, several with commas, a level (province, department, district, "
        "commune), `all`, or `default`: the levels named in the project file. With `all` and "
        "`default` comes the accountability briefing; `accountability` is that one alone.",
    ),
]
Language = Annotated[str, typer.Option("--language", help="vi, en or both.")]
Format = Annotated[str, typer.Option("--format", help="html, pdf or both.")]
Workers = Annotated[int, typer.Option("--workers", min=1, help="Processes that work side by side.")]
AsJson = Annotated[bool, typer.Option("--json", help="For a program to read.")]
CORES = os.cpu_count() or 1


@app.command()
def report(  # noqa: PLR0913  # one argument for each option
    month: AMonth,
    unit: Units = "default",
    language: Language = "both",
    form: Format = "both",
    project: ProjectFile = None,
    workers: Workers = CORES,
    force: Annotated[
        bool, typer.Option("--force", help="Make every briefing again, also the unchanged ones.")
    ] = False,
    scheduler: Annotated[
        str,
        typer.Option("--scheduler", envvar="SCHEDULER", help="A Dask cluster: tcp://host:8786."),
    ] = "",
    draft: Annotated[
        bool, typer.Option("--draft", help="Where gates are not passed: pages marked as drafts.")
    ] = False,
) -> None:
    """Make the briefings of a month that are not up to date; prepares the data first."""
    from briefings.commands.report import make_reports
    from briefings.commands.request import parse_request

    request = parse_request(_project(project), month, unit, language, form)
    make_reports(request, workers, force=force, scheduler=scheduler, draft=draft)


@app.command()
def plan(
    month: AMonth,
    unit: Units = "default",
    language: Language = "both",
    form: Format = "both",
    project: ProjectFile = None,
    as_json: AsJson = False,
) -> None:
    """Say what `report` would make again and why; changes no briefing."""
    from briefings.commands.plan import show_plan
    from briefings.commands.request import parse_request

    request = parse_request(_project(project), month, unit, language, form)
    show_plan(request, CORES, as_json=as_json)


@app.command()
def data(project: ProjectFile = None) -> None:
    """Make the synthetic demonstration exports (data/raw)."""
    from briefings.commands.data import make_demonstration

    make_demonstration(_project(project))


@app.command()
def intake(  # noqa: PLR0913  # one argument for each option
    files: Annotated[
        list[Path] | None,
        typer.Argument(help="Files to inspect with a profile; none: the project's raw files."),
    ] = None,
    profile: Annotated[
        str, typer.Option("--profile", help="A profile: its path, or its name in data/profiles.")
    ] = "",
    table: Annotated[
        str, typer.Option("--table", help="Which table of the profile the files hold.")
    ] = "",
    out: Annotated[
        Path | None, typer.Option("--out", help="A new folder for the rows of inspected files.")
    ] = None,
    as_json: AsJson = False,
    project: ProjectFile = None,
    workers: Workers = CORES,
) -> None:
    """Validate the raw files, set bad rows aside, and write the snapshot; or inspect files."""
    if files:
        from briefings.commands.inspect import FilesRequest, inspect_files

        if not profile:
            raise ParameterError("Files are inspected with a profile.", "Name it with --profile.")
        request = FilesRequest(tuple(files), profile, table, out)
        inspect_files(request, load_project(project) if project else None, as_json=as_json)
        return
    if profile or table or out or as_json:
        raise ParameterError(
            "--profile, --table, --out and --json are for files that are inspected.",
            "Name the files: briefings intake FILE --profile PROFILE",
        )
    from briefings.commands.data import intake as take_in

    take_in(_project(project), workers)


@app.command("profile")
def draft_profile(
    file: Annotated[Path, typer.Argument(help="An export: CSV, XLSX, Parquet …")],
    table: Annotated[
        str, typer.Option("--table", help="The contract table it holds. Default: the likeliest.")
    ] = "",
    sheet: Annotated[
        str | None, typer.Option("--sheet", help="Which sheet, where a workbook has several.")
    ] = None,
    encoding: Annotated[
        str | None, typer.Option("--encoding", help="Of a text file. Default: found by itself.")
    ] = None,
    header_rows: Annotated[
        str, typer.Option("--header-rows", help="As 3 or 5,6,7. Default: found by themselves.")
    ] = "",
    out: Annotated[
        Path | None, typer.Option("--out", help="A new file for the draft. Default: the screen.")
    ] = None,
) -> None:
    """Draft a profile from a file's headings and cells, for a person to correct."""
    from briefings.commands.draft_profile import draft_profile as write_draft

    write_draft(file, out, table=table, sheet=sheet, encoding=encoding, header_rows=header_rows)


@app.command()
def quarantine(
    month: Annotated[str, typer.Option("--month", help="One delivery, as 2025-02 or all.")] = "",
    table: Annotated[str, typer.Option("--table", help="One table, such as dossiers.")] = "",
    out: Annotated[
        Path | None, typer.Option("--out", help="Write a corrections file (.xlsx or .csv).")
    ] = None,
    project: ProjectFile = None,
) -> None:
    """List the rows set aside by the last intake, or write them into a file to correct them."""
    from briefings.commands.quarantine import show_quarantine

    show_quarantine(_project(project), month, table, out)


@app.command()
def changes(project: ProjectFile = None) -> None:
    """Say which rows the last intake found new, changed or gone."""
    from briefings.commands.changes import show_changes

    show_changes(_project(project))


@app.command()
def gates(month: AMonth, project: ProjectFile = None, workers: Workers = CORES) -> None:
    """Say whether the data of a month may be published, and what to do if not."""
    from briefings.commands.gates import show_gates
    from briefings.commands.prepare import gates_of

    chosen = _project(project)
    show_gates(*gates_of(chosen, month, workers))


@app.command()
def units(
    month: AMonth,
    project: ProjectFile = None,
) -> None:
    """List the units of a month: code, level and names."""
    from briefings.commands.units import list_units

    list_units(_project(project), month)


@app.command()
def lab() -> None:
    """Open JupyterLab on the notebooks."""
    from briefings.commands.development import open_lab

    raise typer.Exit(open_lab())


@app.command()
def check() -> None:
    """Format, lint, types and notebooks: yes or no."""
    from briefings.commands.development import run_checks

    raise typer.Exit(run_checks())


@app.command("test")
def run_tests(
    fast: Annotated[bool, typer.Option("--fast", help="Without the slow tests.")] = False,
) -> None:
    """Run the test suite."""
    from briefings.commands.development import run_suite

    raise typer.Exit(run_suite(fast=fast))


def main() -> None:
    """Entry point: a fault a person can mend is printed without a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # whatever letters a terminal knows
            stream.reconfigure(errors="backslashreplace")
    try:
        app()
    except BriefingsError as error:
        from briefings.commands.screen import show_error

        show_error(error)
        sys.exit(error.exit_code)


def _project(file: Path | None) -> Project:
    return load_project(file) if file else current_project()
