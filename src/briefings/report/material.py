"""What one briefing prints: the facts of a unit and month, in a language."""

from __future__ import annotations

import os
import pkgutil
from dataclasses import dataclass
from pathlib import Path

from briefings.errors import InputError, ParameterError
from briefings.facts import Facts
from briefings.facts.files import read_facts

# The press lays the facts of its own report beside a running notebook and says where.
INPUTS_VARIABLE = "NOTEBOOK_INPUTS"
# By name: who reads a notebook in JupyterLab has the facts counted now; a report never does.
COUNT_NOW = "briefings.gathering.gather:gather_facts"


@dataclass(frozen=True)
class Material:
    """Facts and the language they are printed in."""

    facts: Facts
    language: str


def open_material(month: str, unit: str, language: str) -> Material:
    """The material of one briefing; ParameterError for anything that does not exist.

    InputError where the facts laid beside the notebook are damaged or of another report.
    """
    laid = os.environ.get(INPUTS_VARIABLE)
    facts = _laid(Path(laid), month, unit) if laid else _counted(month, unit)
    if language not in facts.about.project:
        raise ParameterError(
            f"LANGUAGE={language!r} is not a language of this project.",
            f"Valid are {', '.join(facts.about.project)}.",
        )
    return Material(facts, language)


def _laid(folder: Path, month: str, unit: str) -> Facts:
    try:
        facts = read_facts(folder)
    except ValueError as error:
        raise InputError(f"The facts in {folder} can not be read: {error}") from error
    if (str(facts.month), facts.unit.code) != (month, unit):
        raise InputError(
            f"The facts in {folder} are those of {facts.unit.code} in {facts.month}, "
            f"not of {unit} in {month}."
        )
    return facts


def _counted(month: str, unit: str) -> Facts:
    facts: Facts = pkgutil.resolve_name(COUNT_NOW)(month, unit)
    return facts
