"""The parameters a notebook declares, and the check of a job against them."""

from __future__ import annotations

import ast
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from briefings.errors import ParameterError
from briefings.press.job import Job


def check_parameters(job: Job) -> None:
    """Raise one ParameterError naming every unknown, missing or wrongly typed parameter.

    Every declared parameter must be given: a default is for the reader of the notebook, and
    must never slip into an official report.
    """
    declared = declared_parameters(job.notebook)
    faults = [
        *(f"unknown: {name}" for name in job.parameters if name not in declared),
        *(f"missing: {name}" for name in declared if name not in job.parameters),
        *_wrong_types(job.parameters, declared),
    ]
    if faults:
        known = ", ".join(declared) or "none"
        raise ParameterError(
            f"{job.name}: parameters do not fit {job.notebook.name} ({'; '.join(faults)})",
            f"The notebook declares: {known}.",
        )


def declared_parameters(notebook: Path) -> dict[str, Any]:
    """Names and defaults of the single cell tagged `parameters`: literal assignments only."""
    cells = _read(notebook)["cells"]
    tagged = [cell for cell in cells if "parameters" in cell["metadata"].get("tags", ())]
    if len(tagged) != 1:
        raise ParameterError(f"{notebook.name}: {len(tagged)} cells tagged `parameters`, not one")
    return dict(_assignment(node, notebook) for node in _parse(tagged[0], notebook).body)


def _read(notebook: Path) -> dict[str, Any]:
    try:
        content: dict[str, Any] = json.loads(notebook.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ParameterError(f"{notebook}: not a readable notebook ({error})") from error
    return content


def _parse(cell: Mapping[str, Any], notebook: Path) -> ast.Module:
    try:
        return ast.parse("".join(cell["source"]))
    except SyntaxError as error:
        raise ParameterError(f"{notebook.name}: the parameters cell is not Python") from error


def _assignment(node: ast.stmt, notebook: Path) -> tuple[str, Any]:
    match node:
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            pass
        case ast.AnnAssign(ast.Name(id=name), ast.Name(), ast.expr() as value):
            pass
        case _:
            raise _not_literal(notebook, node)
    try:
        return name, ast.literal_eval(value)
    except ValueError as error:
        raise _not_literal(notebook, node) from error


def _not_literal(notebook: Path, node: ast.stmt) -> ParameterError:
    return ParameterError(
        f"{notebook.name}: the parameters cell holds more than literals: {ast.unparse(node)}"
    )


def _wrong_types(given: Mapping[str, Any], declared: Mapping[str, Any]) -> list[str]:
    return [
        f"{name} is {type(given[name]).__name__}, not {type(default).__name__}"
        for name, default in declared.items()
        if name in given and type(given[name]) is not type(default)
    ]
