"""How every briefing of a month ended last, kept beside the briefings."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from briefings.files import file_digest, write_file
from briefings.press.job import FIGURES_NAME
from briefings.press.outcome import Outcome

FILE_NAME = "build.json"


@dataclass(frozen=True)
class Result:
    """One briefing's last result: the label on its pages, and the error if it failed.

    `files` maps each file of the briefing to a hash of the figures it was made from: a run in
    one language or format leaves the other files as they were.
    """

    label: str
    error: str | None
    files: dict[str, str]


def read_record(folder: Path) -> dict[tuple[str, str], Result]:
    """The results of a month's folder by unit and language.

    Empty where nothing was made or the file is damaged: it only says how runs ended, and must
    never keep a finished run from its index.
    """
    try:
        content = json.loads((folder / FILE_NAME).read_text(encoding="utf-8"))
        return {_key(name): Result(**result) for name, result in content.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def update_record(folder: Path, outcomes: Iterable[Outcome]) -> None:
    """Put the results of a run over those of earlier runs."""
    record = read_record(folder)
    for outcome in outcomes:
        key = (outcome.job.folder.name, outcome.job.language)
        before = record[key].files if key in record else {}
        record[key] = Result(
            label=outcome.job.label,
            error=None if outcome.error is None else outcome.error.message,
            files=before | _made(outcome),
        )
    content = {"/".join(key): asdict(result) for key, result in sorted(record.items())}
    write_file(folder / FILE_NAME, json.dumps(content, ensure_ascii=False, indent=1).encode())


def figures_hash(folder: Path) -> str:
    """A hash of the figures that a unit's folder holds now; empty where it holds none."""
    file = folder / FIGURES_NAME
    return file_digest(file) if file.exists() else ""


def _made(outcome: Outcome) -> dict[str, str]:
    figures = figures_hash(outcome.job.folder)
    return {name: figures for name in outcome.files if name != FIGURES_NAME}


def _key(name: str) -> tuple[str, str]:
    unit, language = name.split("/")
    return unit, language
