"""A finished report put beside its record, or its failure beside the good files of before."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from briefings.errors import BriefingsError
from briefings.lock import locked
from briefings.press.cache import keep_results
from briefings.press.failure import Failure, forget_failure, write_failure
from briefings.press.made import Made
from briefings.press.publish import publish
from briefings.press.record import Output, Record, read_record, record_file, write_record
from briefings.press.step import Step

SECONDS_DECIMALS = 2


def put_report(step: Step, made: Made, *, seconds: float, cache: Path) -> None:
    """Files first, then the record: a run that dies between leaves what the next plan repairs."""
    job = step.job
    with locked(cache, shared=True), locked(job.folder.parent):
        if made.results is not None:
            keep_results(cache, step.dependencies.execution_key, made.results)
        before = read_record(record_file(job.folder, job.stem))
        publish(made.files, job.folder)
        kept = before.outputs if before else {}
        outputs = {**kept, **_outputs(step, made)}
        write_record(_record(step, outputs, seconds), job.folder, job.stem)
        forget_failure(job.folder, job.stem)


def put_failure(step: Step, error: BriefingsError, evidence: bytes) -> None:
    """Say why the report could not be made; its files and their record stay as they are."""
    job = step.job
    failure = Failure(error.message, error.advice, _now())
    with locked(job.folder.parent):
        write_failure(failure, evidence, job.folder, job.stem)


def sha256(content: bytes) -> str:
    """As `sha256sum` prints it."""
    return hashlib.sha256(content).hexdigest()


def _outputs(step: Step, made: Made) -> dict[str, Output]:
    figures = sha256(made.files[step.job.figures])
    return {
        name: Output(sha256(content), len(content), step.dependencies.key_of(name), figures)
        for name, content in made.files.items()
    }


def _record(step: Step, outputs: Mapping[str, Output], seconds: float) -> Record:
    job, now = step.job, step.dependencies
    return Record(
        report=job.name,
        language=job.language,
        label=job.label,
        parameters=dict(job.parameters),
        execution_key=now.execution_key,
        dependencies=now.all,
        outputs=outputs,
        built_at=_now(),
        seconds=round(seconds, SECONDS_DECIMALS),
        versions={
            "python": platform.python_version(),
            "briefings": now.execution["package briefings"],
        },
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
