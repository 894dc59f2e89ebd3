"""What a person asked for on the command line, checked before anything starts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefings.errors import ParameterError
from briefings.organisation import DEFAULT_SELECTION, EVERY_UNIT, Unit
from briefings.periods import Month
from briefings.project import Project
from briefings.reference import load_organisation
from briefings.site.accountability import ACCOUNTABILITY

BOTH = "both"
FORMATS = ("html", "pdf")
# The briefing on all units together: made with the units of a whole month, or asked for alone.
WHOLE_MONTH = (DEFAULT_SELECTION, EVERY_UNIT)


@dataclass(frozen=True)
class Request:
    """What a person asked for, checked against the project before anything starts."""

    project: Project
    month: Month
    units: tuple[Unit, ...]
    languages: tuple[str, ...]
    formats: tuple[str, ...]
    root: Unit
    accountability: bool = False


def parse_request(project: Project, month: str, unit: str, language: str, form: str) -> Request:
    """The request behind the words on the command line; ParameterError names the valid ones."""
    parsed = Month.parse(month)
    organisation = load_organisation(project.units, parsed, project.regime)
    alone = unit == ACCOUNTABILITY
    return Request(
        project=project,
        month=parsed,
        units=() if alone else organisation.select(unit, project.default_levels),
        languages=_choose("LANGUAGE", language, project.languages),
        formats=_choose("FORMAT", form, FORMATS),
        root=organisation.root,
        accountability=alone or unit in WHOLE_MONTH,
    )


def _choose(name: str, chosen: str, valid: Sequence[str]) -> tuple[str, ...]:
    if chosen == BOTH:
        return tuple(valid)
    if chosen not in valid:
        raise ParameterError(
            f"{name}={chosen!r} is unknown.", f"Valid: {', '.join(valid)}, {BOTH}."
        )
    return (chosen,)
