"""Many reports at once; each succeeds or fails on its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeAlias

from briefings.code.state import watched_code
from briefings.errors import BriefingsError, ReportError
from briefings.press.cache import find_results
from briefings.press.cluster import produce_on_cluster
from briefings.press.execution_error import ExecutionError
from briefings.press.ground import Ground
from briefings.press.job import Job
from briefings.press.made import Made
from briefings.press.outcome import Event, Outcome
from briefings.press.plan import plan
from briefings.press.shelf import put_failure, put_report, sha256
from briefings.press.step import Action, Step
from briefings.press.workers import Product, Products, produce_all

OnEvent: TypeAlias = Callable[[Event], None]
Crew: TypeAlias = Callable[[Sequence[Job]], Products]
# The file of the figures → the SHA-256 that the languages show.
Agreed: TypeAlias = dict[Path, str]


def build(
    jobs: Sequence[Job],
    *,
    workers: int,
    cache: Path,
    force: bool = False,
    scheduler: str = "",
    on_event: OnEvent = lambda event: None,
) -> tuple[Outcome, ...]:
    """One outcome per job, in the order of `jobs`; only what changed is made again.

    The work is done by `workers` processes of this machine, or by those of the Dask cluster at
    `scheduler`; both give the same bytes.

    Raises ParameterError before anything starts if any job does not fit its notebook, and
    ReportError if code was edited since this process first built. After that nothing is raised
    for a job: its outcome carries the error, its folder keeps the good files it had. `on_event`
    hears of each start and end, in this process.
    """
    # A process, and the one that its workers are forked from, go on with what they have loaded.
    watched_code().refuse_disturbed("this process, which has it loaded, was at work")
    ground = Ground()
    steps = plan(jobs, cache=cache, force=force, ground=ground)
    outcomes: dict[Path, Outcome] = {}
    crew = partial(_produce, workers=workers, scheduler=scheduler, on_event=on_event)
    for outcome in _carry_out(steps, ground, crew, cache):
        outcomes[_target(outcome.job)] = outcome
        on_event(Event(outcome.job, outcome))
    return tuple(outcomes[_target(job)] for job in jobs)


def _produce(jobs: Sequence[Job], *, workers: int, scheduler: str, on_event: OnEvent) -> Products:
    def on_start(job: Job) -> None:
        on_event(Event(job))

    if scheduler:
        return produce_on_cluster(jobs, scheduler=scheduler, on_start=on_start)
    return produce_all(jobs, workers=workers, on_start=on_start)


def _carry_out(steps: Sequence[Step], ground: Ground, crew: Crew, cache: Path) -> Iterable[Outcome]:
    unchanged = [step for step in steps if step.action == Action.NOTHING]
    yield from map(_unchanged, unchanged)
    faulty = [step for step in steps if step.job.fault is not None]
    yield from map(_refused, faulty)
    waiting = {
        _target(step.job): step
        for step in steps
        if step.action != Action.NOTHING and step.job.fault is None
    }
    agreed: Agreed = {_figures_file(step.job): _figures(step) for step in unchanged}
    jobs = [_ready(step, cache) for step in waiting.values()]
    with closing(crew(jobs)) as products:
        for product in products:
            yield _publish(waiting[_target(product.job)], product, ground, agreed, cache)


def _target(job: Job) -> Path:
    return job.folder / job.stem


def _figures_file(job: Job) -> Path:
    return job.folder / job.figures


def _unchanged(step: Step) -> Outcome:
    outputs = step.record.outputs if step.record else {}
    files = {name: outputs[name].bytes for name in step.job.files}
    return Outcome(step.job, step.action, files=files)


def _refused(step: Step) -> Outcome:
    fault = step.job.fault or ReportError("it can not be made")
    return Outcome(step.job, step.action, error=_remember(step, fault))


def _figures(step: Step) -> str:
    return step.record.outputs[step.job.figures].sha256 if step.record else ""


def _ready(step: Step, cache: Path) -> Job:
    key = step.dependencies.execution_key
    executed = find_results(cache, key) if step.action == Action.RENDER else None
    return replace(step.job, key=key, executed=executed)


def _publish(step: Step, product: Product, ground: Ground, agreed: Agreed, cache: Path) -> Outcome:
    job, seconds = step.job, product.seconds
    try:
        made = _made(product)
        _check_ground(ground)
        _agree(job, made, agreed)
        put_report(step, made, seconds=seconds, cache=cache)
    except BriefingsError as error:
        return Outcome(job, step.action, seconds, error=_remember(step, error))
    except OSError as error:
        fault = ReportError(
            f"its files can not be kept: {error}",
            f"Make room in {job.folder} and {cache}, or make them writable, and run again.",
        )
        return Outcome(job, step.action, seconds, error=_remember(step, fault))
    files = {name: len(content) for name, content in made.files.items()}
    return Outcome(job, step.action, seconds, files=files)


def _remember(step: Step, error: BriefingsError) -> BriefingsError:
    try:
        put_failure(step, error, error.evidence if isinstance(error, ExecutionError) else b"")
    except OSError as fault:
        return ReportError(error.message, f"{error.advice}\nNor could that be noted: {fault}")
    return error


def _made(product: Product) -> Made:
    if isinstance(product.result, BriefingsError):
        raise product.result
    return product.result


def _check_ground(ground: Ground) -> None:
    """What was read halfway through a change has no name under which it could be kept."""
    disturbed = ground.disturbed()
    if disturbed:
        raise ReportError(
            f"{disturbed[0].name} was written to while the report was made",
            "Run the same command again.",
        )


def _agree(job: Job, made: Made, agreed: Agreed) -> None:
    figures = sha256(made.files[job.figures])
    if agreed.setdefault(_figures_file(job), figures) != figures:
        raise ReportError(
            f"its figures differ from those of the other language in {job.folder}",
            "Both languages must display the same figures.",
        )
