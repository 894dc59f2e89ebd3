"""The data taken in and counted for a request, and the jobs that print them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from briefings.code.state import watched_code
from briefings.commands.data import prepare_raw
from briefings.commands.form import FormFacts
from briefings.commands.gates import results_in
from briefings.commands.interrupt import nothing_begun
from briefings.commands.request import Request
from briefings.engine import refuse_unready
from briefings.errors import BriefingsError
from briefings.facts.gate import GateResult
from briefings.gathering.kept import FORM_BOOK, GATES, Inputs, facts_of_units
from briefings.intake.deliveries import delivered_months
from briefings.intake.take_in import take_in
from briefings.language import format_period, page_title, words
from briefings.organisation import ROOT_LEVEL, Unit
from briefings.periods import Month, require_data
from briefings.press.job import Job
from briefings.project import REPOSITORY, Project
from briefings.site.accountability import ACCOUNTABILITY, FIGURES

NOTEBOOKS = REPOSITORY / "notebooks"


@dataclass(frozen=True)
class Prepared:
    """A job per unit and language, the facts of the form of all units or their fault, and what
    the gates found."""

    jobs: tuple[Job, ...]
    form: FormFacts
    gates: tuple[GateResult, ...]


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
