"""`briefings report`: from raw exports to the briefings of a month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from briefings.code.state import watched_code
from briefings.commands.data import prepare_raw
from briefings.commands.draft import DRAFTS, as_drafts
from briefings.commands.form import FormFacts, make_form
from briefings.commands.gates import refuse_unpassed, results_in
from briefings.commands.interrupt import interruptible, nothing_begun
from briefings.commands.screen import Progress, say, summarise
from briefings.engine import refuse_unready
from briefings.errors import (
    BriefingsError,
    InputError,
    InterruptedRunError,
    ParameterError,
    ReportError,
)
from briefings.facts.gate import GateResult
from briefings.files import write_file
from briefings.gathering.kept import FORM_BOOK, GATES, Inputs, facts_of_units
from briefings.intake.deliveries import delivered_months
from briefings.intake.take_in import take_in
from briefings.language import format_period, page_title, words
from briefings.organisation import DEFAULT_SELECTION, EVERY_UNIT, ROOT_LEVEL, Unit
from briefings.periods import Month, require_data
from briefings.press.build import build
from briefings.press.cache import prune
from briefings.press.job import Job
from briefings.press.outcome import Outcome
from briefings.press.step import Action
from briefings.project import REPOSITORY, Project
from briefings.reference import load_organisation
from briefings.site import refresh_site
from briefings.site.accountability import ACCOUNTABILITY, FIGURES

BOTH = "both"
FORMATS = ("html", "pdf")
NOTEBOOKS = REPOSITORY / "notebooks"
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


@dataclass(frozen=True)
class Prepared:
    """A job per unit and language, the facts of the form of all units or their fault, and what
    the gates found."""

    jobs: tuple[Job, ...]
    form: FormFacts
    gates: tuple[GateResult, ...]


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


def prepare(request: Request, workers: int) -> Prepared:
    """The data taken in and counted: what a run would make of them."""
    root = [request.root] if request.accountability else []
    units = dict.fromkeys(unit.code for unit in (*request.units, *root))
    facts = _facts(request.project, request.month, [*units, FORM_BOOK, GATES], workers)
    jobs = (
        _job(request, unit, language, facts[unit.code])
        for unit in request.units
        for language in request.languages
    )
    about_all = (
        _accountability(_job(request, unit, language, facts[unit.code]), request)
        for unit in root
        for language in request.languages
    )
    return Prepared((*jobs, *about_all), facts[FORM_BOOK], results_in(facts[GATES]))


def gates_of(project: Project, month: str, workers: int) -> tuple[tuple[GateResult, ...], Month]:
    """What the gates of a month find in the data as they are now."""
    parsed = Month.parse(month)
    with nothing_begun():
        facts = _facts(project, parsed, [GATES], workers)
    return results_in(facts[GATES]), parsed


def _facts(
    project: Project, month: Month, names: Sequence[str], workers: int
) -> dict[str, Inputs | BriefingsError]:
    refuse_unready(project.engine, project.snapshots)
    watched_code()  # before the data: what is loaded by now stays as it is for minutes
    prepare_raw(project)
    delivered = delivered_months(project)
    if delivered is not None:  # else only the intake can tell
        require_data(month, delivered, project.regime)
    snapshot = take_in(project, workers)
    require_data(month, snapshot.months, project.regime)
    return facts_of_units(project, snapshot, month, names)


def _job(
    request: Request, unit: Unit, language: str, facts: Mapping[str, bytes] | BriefingsError
) -> Job:
    project, month = request.project, request.month
    period = format_period(project.regime, month, language)
    is_root = unit.level == ROOT_LEVEL
    return Job(
        name=f"{month}/{unit.code}/{language}",
        notebook=NOTEBOOKS / f"{'province' if is_root else 'department'}_briefing.ipynb",
        parameters={"month": str(month), "unit": unit.code, "language": language},
        language=language,
        title=f"{page_title(unit.name(language), language)}, {period}",
        label=project.synthetic.get(language, ""),
        folder=project.reports / str(month) / unit.code,
        stem=f"briefing.{language}",
        formats=request.formats,
        data="synthetic" if project.is_synthetic else "",
        units=None if is_root else frozenset({unit.code}),
        inputs={} if isinstance(facts, BriefingsError) else facts,
        fault=facts if isinstance(facts, BriefingsError) else None,
    )


def _accountability(job: Job, request: Request) -> Job:
    """The job that prints the root's facts as the accountability briefing of the month."""
    language, month = job.language, request.month
    title = words(language)["accountability"]["title"].format(unit=request.root.name(language))
    return replace(
        job,
        name=f"{month}/{ACCOUNTABILITY}/{language}",
        notebook=NOTEBOOKS / "accountability_briefing.ipynb",
        title=f"{title}, {format_period(request.project.regime, month, language)}",
        folder=request.project.reports / str(month),
        stem=f"{ACCOUNTABILITY}.{language}",
        figures=FIGURES,
    )


def _choose(name: str, chosen: str, valid: Sequence[str]) -> tuple[str, ...]:
    if chosen == BOTH:
        return tuple(valid)
    if chosen not in valid:
        raise ParameterError(
            f"{name}={chosen!r} is unknown.", f"Valid: {', '.join(valid)}, {BOTH}."
        )
    return (chosen,)


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
