"""The facts of a month's units, kept as files until anything they were counted from changes."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from briefings.code.state import code_state, watched_code
from briefings.code.watch import Watch
from briefings.errors import BriefingsError
from briefings.files import digest, read_checked, write_checked
from briefings.intake.snapshot import Snapshot
from briefings.periods import Month
from briefings.project import Project
from briefings.statistics.kpis import INDEX_MEASURES, REGISTRY

if TYPE_CHECKING:
    from briefings.gathering.counted import Counted

Inputs: TypeAlias = dict[str, bytes]

CODE = ("briefings.gathering.gather", "briefings.gathering.form_book", "briefings.facts.files")
# Asked for like units; no unit's code begins so.
FORM_BOOK = "_form_book"
GATES = "_gates"


def facts_of_units(
    project: Project, snapshot: Snapshot, month: Month, units: Sequence[str]
) -> dict[str, Inputs | BriefingsError]:
    """Unit code → the files of its facts, or why it has none. Only what is not kept is counted.

    FORM_BOOK stands for the form of all units, whichever others are asked for, and GATES for the
    gates of the month. `snapshot` is the one that the last intake left. A fault that concerns all
    units is raised, and so is ReportError where something they are counted from is touched
    meanwhile.
    """
    watch = Watch(watched_code())
    folder = project.facts / str(month) / _key(project, snapshot.as_of(month), month, watch)
    found = {unit: _read(folder / f"{unit}.json") for unit in units}
    kept = {unit: inputs for unit, inputs in found.items() if inputs is not None}
    lacking = [unit for unit in units if unit not in kept]
    if not lacking:
        return {**kept}
    # Imported here, because with nothing to count there is no need for a database.
    from briefings.gathering.counted import month_of

    results = _count(month_of(project, snapshot, month), lacking)
    # The key says what lay there before the counting read it once more.
    watch.refuse_disturbed("facts were counted from it")
    _keep(results, folder)
    return {**kept, **results}


def _count(counted: Counted, units: Sequence[str]) -> dict[str, Inputs | BriefingsError]:
    counted.count()
    return {unit: _gather(counted, unit) for unit in units}


def _keep(results: Mapping[str, Inputs | BriefingsError], folder: Path) -> None:
    """Spare the next run the counting; on a full disk it counts again."""
    for unit, inputs in results.items():
        if not isinstance(inputs, BriefingsError):
            with suppress(OSError):
                _write(folder / f"{unit}.json", inputs)
    _prune(folder)


def _gather(counted: Counted, unit: str) -> Inputs | BriefingsError:
    from briefings.facts.files import to_files
    from briefings.facts.form_book import to_bytes
    from briefings.facts.gate import to_bytes as gates_to_bytes
    from briefings.gathering.form_book import form_book
    from briefings.gathering.gather import gather

    try:
        if unit == FORM_BOOK:
            return {FORM_BOOK: to_bytes(form_book(counted))}
        if unit == GATES:
            return {GATES: gates_to_bytes(counted.gates)}
        (facts,) = gather(counted, [counted.organisation.unit(unit)])
    except BriefingsError as error:
        return error
    return to_files(facts)


def _prune(folder: Path) -> None:
    """Remove what was counted for the same month from something else."""
    for other in folder.parent.glob("*"):
        if other != folder:
            shutil.rmtree(other, ignore_errors=True)


def _key(project: Project, snapshot: Snapshot, month: Month, watch: Watch) -> str:
    files = (*project.references, REGISTRY, INDEX_MEASURES)
    contents = [b"" if file is None else watch.read(file) for file in files]
    said = json.dumps(
        [
            project.name,
            project.synthetic,
            project.notes,
            asdict(project.regime),
            project.series,
            asdict(project.gates),
            project.repeated,
            str(month),
            # It must not matter, and so what another has counted is not taken for its own.
            project.engine.identity,
        ]
    )
    return digest(snapshot.identity.encode(), said.encode(), *contents, code_state(*CODE).encode())


def _write(file: Path, inputs: Inputs) -> None:
    write_checked(file, json.dumps({name: text.decode() for name, text in inputs.items()}).encode())


def _read(file: Path) -> Inputs | None:
    """The files; None where they were not kept, or are not what was written."""
    content = read_checked(file)
    if content is None:
        return None
    return {name: text.encode() for name, text in json.loads(content).items()}
