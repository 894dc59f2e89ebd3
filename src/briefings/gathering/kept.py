"""The facts of a month's units, kept as files until anything they were counted from changes."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

from briefings.code.memo import Memo
from briefings.code.packages import REPOSITORY, package_versions, python_version
from briefings.code.tree import CodeTree
from briefings.code.watch import Watch
from briefings.files import digest, write_file
from briefings.intake.snapshot import Snapshot
from briefings.periods import Month
from briefings.project import Project
from briefings.statistics.kpis import REGISTRY

Inputs: TypeAlias = dict[str, bytes]

CODE = ("briefings.gathering.gather", "briefings.facts.files")


def facts_of_units(
    project: Project, snapshot: Snapshot, month: Month, units: Sequence[str]
) -> dict[str, Inputs]:
    """Unit code → the files of its facts. Only what is not kept is counted.

    `snapshot` is the one that the last intake left.
    """
    folder = project.cache / "facts" / str(month) / _key(project, snapshot.as_of(month), month)
    kept = {unit: _read(folder / f"{unit}.json") for unit in units}
    lacking = [unit for unit, inputs in kept.items() if inputs is None]
    if lacking:
        kept |= _count(project, month, lacking, folder)
        _prune(folder)
    return {unit: inputs for unit, inputs in kept.items() if inputs is not None}


def _count(project: Project, month: Month, units: Sequence[str], folder: Path) -> dict[str, Inputs]:
    # Imported here, because with nothing to count there is no need for a database.
    from briefings.facts.files import to_files
    from briefings.gathering.counted import open_month
    from briefings.gathering.gather import gather

    counted = open_month(project, month)
    facts = gather(counted, [counted.organisation.unit(unit) for unit in units])
    inputs = {each.unit.code: to_files(each) for each in facts}
    for unit, files in inputs.items():
        _write(folder / f"{unit}.json", files)
    return inputs


def _prune(folder: Path) -> None:
    """Remove what was counted for the same month from something else."""
    for other in folder.parent.iterdir():
        if other != folder:
            shutil.rmtree(other, ignore_errors=True)


def _key(project: Project, snapshot: Snapshot, month: Month) -> str:
    references = (project.units, project.calendar, project.targets, project.published, REGISTRY)
    contents = [b"" if file is None else file.read_bytes() for file in references]
    said = json.dumps([project.name, project.synthetic, project.notes, str(month)])
    return digest(snapshot.identity.encode(), said.encode(), *contents, *_code())


def _code() -> list[bytes]:
    memo, watch = Memo(), Watch()
    modules = CodeTree(memo=memo, watch=watch).closure(CODE)
    packages = package_versions(REPOSITORY, memo=memo, watch=watch)
    memo.save()
    pairs = [*modules.items(), *packages.items(), ("python", python_version())]
    return [part.encode() for pair in pairs for part in pair]


def _write(file: Path, inputs: Inputs) -> None:
    content = json.dumps({name: text.decode() for name, text in inputs.items()}).encode()
    write_file(file, f"{digest(content)}\n".encode() + content)


def _read(file: Path) -> Inputs | None:
    """The files; None where they were not kept, or are not what was written."""
    try:
        check, _, content = file.read_bytes().partition(b"\n")
    except OSError:
        return None
    if digest(content).encode() != check:
        return None
    return {name: text.encode() for name, text in json.loads(content).items()}
