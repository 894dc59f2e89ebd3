"""Why a report must be made again, in words a statistician understands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from briefings.files import file_digest
from briefings.press.dependencies import Dependencies
from briefings.press.failure import read_failure
from briefings.press.job import Job
from briefings.press.record import Record, record_file

# Dependencies whose value a person can read, so that both are told.
READABLE = ("package ", "parameter ", "python", "title", "label", "language", "kind of data")


def reasons_to_make(job: Job, record: Record | None, now: Dependencies) -> tuple[str, ...]:
    """Every reason, each once; none where all files of the job are as they should be."""
    if job.fault is not None:
        return (f"can not be made: {job.fault.message}",)
    found = [*_failure(job)]
    if record is None:
        found += _without_record(job)
    else:
        found += [*_changes(job, record, now), *_outputs(job, record)]
    return tuple(dict.fromkeys(found))


def _failure(job: Job) -> Iterator[str]:
    failure = read_failure(job.folder, job.stem)
    if failure is not None:
        yield f"failed last time: {failure.message}"


def _without_record(job: Job) -> list[str]:
    if record_file(job.folder, job.stem).exists():
        return ["its record is damaged"]
    if any((job.folder / name).exists() for name in job.files[:-1]):
        return ["its record is missing"]
    return ["never made"]


def _changes(job: Job, record: Record, now: Dependencies) -> Iterator[str]:
    """What changed for the files asked for; their keys decide, the names explain."""
    made = [name for name in job.files if name in record.outputs]
    stale = [name for name in made if record.outputs[name].key != now.key_of(name)]
    if not stale:
        return
    changes = [*_named_changes(record.dependencies, now.of(stale), now.all)]
    yield from changes or (f"output {name} was not made by the last run" for name in stale)


def _named_changes(
    before: Mapping[str, str], relevant: Mapping[str, str], now: Mapping[str, str]
) -> Iterator[str]:
    for name, value in relevant.items():
        if name not in before:
            yield f"{name} is new"
        elif before[name] != value:
            is_readable = name.startswith(READABLE)
            yield f"{name}: {before[name]} → {value}" if is_readable else f"{name} changed"
    yield from (f"{name} is gone" for name in before if name not in now)


def _outputs(job: Job, record: Record) -> Iterator[str]:
    for name in job.files:
        if name not in record.outputs:
            yield f"output {name} was not asked for before"
        elif not _is_intact(job.folder / name, record.outputs[name].sha256):
            yield f"output {name} was altered or is missing"


def _is_intact(file: Path, sha256: str) -> bool:
    try:
        return file_digest(file) == sha256
    except OSError:
        return False
