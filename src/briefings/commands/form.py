"""The form of a month beside its briefings: written if it changed, or why it could not be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

from briefings.commands.screen import say
from briefings.errors import BriefingsError, ReportError
from briefings.forms import FORM_STEM, forget_form, is_current, refresh_form
from briefings.lock import locked
from briefings.periods import Month
from briefings.press.failure import Failure, forget_failure, write_failure
from briefings.project import Project

FormFacts: TypeAlias = Mapping[str, bytes] | BriefingsError


def make_form(
    project: Project, month: Month, facts: FormFacts, *, force: bool
) -> BriefingsError | None:
    """Write the form unless it is as it would be written; the fault, if it could not be.

    A file of an earlier run then stays, but the index no longer calls it current.
    """
    folder = project.reports / str(month)
    with locked(folder.parent), locked(folder):
        if force:
            forget_form(folder)
        fault = _write(folder, project.languages, facts)
        if fault is None:
            forget_failure(folder, FORM_STEM)
        else:
            say(f"failed: Form II.06a: {fault.message}")
            forget_form(folder)
            now = datetime.now(UTC).isoformat(timespec="seconds")
            with suppress(OSError):  # it is on the screen and in the exit code
                write_failure(Failure(fault.message, fault.advice, now), b"", folder, FORM_STEM)
    return fault


def form_as_planned(project: Project, month: Month, facts: FormFacts) -> str:
    """What a run would do with the form, in a line."""
    if isinstance(facts, BriefingsError):
        return f"Form II.06a can not be made: {facts.message}"
    current = is_current(project.reports / str(month), project.languages, _content(facts))
    return f"Form II.06a: {'unchanged' if current else 'to write'}."


def _write(folder: Path, languages: Sequence[str], facts: FormFacts) -> BriefingsError | None:
    if isinstance(facts, BriefingsError):
        return facts
    try:
        if refresh_form(folder, languages, _content(facts)):
            say(f"Form II.06a: written into {folder}")
    except BriefingsError as error:
        return error
    except OSError as error:
        return ReportError(
            f"it can not be written into {folder}: {error}",
            "Close the file if it is open, then run the same command again.",
        )
    return None


def _content(facts: Mapping[str, bytes]) -> bytes:
    (content,) = facts.values()
    return content
