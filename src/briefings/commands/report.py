"""`briefings report`: from raw exports to the briefings of a month."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from briefings.commands.draft import DRAFTS, as_drafts
from briefings.commands.form import make_form
from briefings.commands.gates import refuse_unpassed
from briefings.commands.interrupt import interruptible, nothing_begun
from briefings.commands.prepare import prepare
from briefings.commands.request import Request
from briefings.commands.screen import Progress, say, summarise
from briefings.errors import InputError, InterruptedRunError, ReportError
from briefings.files import write_file
from briefings.press.build import build
from briefings.press.cache import prune
from briefings.press.outcome import Outcome
from briefings.press.step import Action
from briefings.project import Project
from briefings.site import refresh_site


def make_reports(
    request: Request,
    workers: int,
    *,
    force: bool = False,
    scheduler: str = "",
    draft: bool = False,
) -> None:
    """Prepare the data, make what changed, write the site; ReportError if a briefing failed.

    GateError where a gate is not passed: what was published stays. A `draft` is made just then;
    it has a place and a mark of its own, and neither form nor index.
    """
    project = request.project
    _check_place(project.reports)
    form_fault = None
    with nothing_begun():
        prepared = prepare(request, workers)
        jobs = prepared.jobs
        if draft:
            jobs = as_drafts(jobs, prepared.gates, project, request.month)
        else:
            refuse_unpassed(prepared.gates, request.month)
            form_fault = make_form(project, request.month, prepared.form, force=force)
    try:
        with interruptible(), Progress(len(jobs)) as progress:
            outcomes = build(
                jobs,
                workers=workers,
                cache=project.executed,
                force=force,
                scheduler=scheduler,
                on_event=progress.show,
            )
    except KeyboardInterrupt:
        raise InterruptedRunError(
            f"Interrupted: {progress.done} of {len(jobs)} briefings are up to date.",
            f"The same command makes the rest. {_show(project, draft=draft)}".rstrip(),
        ) from None
    # What failed is said first: on a full disk nothing after it may succeed.
    summarise(outcomes)
    hindrance = _show(project, draft=draft)
    if any(outcome.action == Action.EXECUTE for outcome in outcomes):
        with suppress(OSError):  # results that stay do no harm
            prune(project.executed, project.reports)
    _refuse_failures(outcomes, hindrance)
    if form_fault is not None:
        reason = str(form_fault)
        raise ReportError("Form II.06a could not be made; the briefings are finished.", reason)


def _check_place(reports: Path) -> None:
    """Find out before the work, not after it, that nothing can be written."""
    try:
        write_file(reports / ".writable", b"")
        (reports / ".writable").unlink()
    except OSError as error:
        raise InputError(
            f"Nothing can be written into {reports}: {error.strerror}.",
            "Make it a folder that you may write into, or change [output] in the project file.",
        ) from error


def _show(project: Project, *, draft: bool) -> str:
    """Refresh the index and say where it is; returns what hindered that, else nothing.

    No index shows drafts.
    """
    if draft:
        say(f"Drafts, not for publication: {project.reports / DRAFTS}")
        return ""
    try:
        say(f"Open {refresh_site(project)}")
    except OSError as error:
        return f"The index does not show it, because it can not be written: {error}"
    return ""


def _refuse_failures(outcomes: Sequence[Outcome], hindrance: str) -> None:
    failed = [outcome for outcome in outcomes if not outcome.succeeded]
    if failed:
        raise ReportError(
            f"{len(failed)} of {len(outcomes)} briefings failed; the others are finished.",
            f"Correct the cause and run the same command again. {hindrance}".rstrip(),
        )
    if hindrance:
        raise ReportError("All briefings are up to date, but not the index.", hindrance)
