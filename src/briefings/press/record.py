"""How a report was made, kept beside its files; the only place where times stand."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from briefings.files import write_file

RECORD_SUFFIX = ".build.json"


@dataclass(frozen=True)
class Output:
    """A file as it was published.

    `key` is that of its dependencies, `figures` the SHA-256 of the figures it was made with.
    """

    sha256: str
    bytes: int
    key: str
    figures: str


@dataclass(frozen=True)
class Record:
    """The last time a report was made.

    `dependencies` are those of that time by name. An output that was made earlier, because
    another format was asked for last, has a key that does not fit them.
    """

    report: str
    language: str
    label: str
    parameters: Mapping[str, Any]
    execution_key: str
    dependencies: Mapping[str, str]
    outputs: Mapping[str, Output]
    built_at: str
    seconds: float
    versions: Mapping[str, str]


def record_file(folder: Path, stem: str) -> Path:
    """Where the record of a report is kept."""
    return folder / f"{stem}{RECORD_SUFFIX}"


def write_record(record: Record, folder: Path, stem: str) -> None:
    """Write the record whole or not at all."""
    content = json.dumps(asdict(record), ensure_ascii=False, indent=1)
    write_file(record_file(folder, stem), f"{content}\n".encode())


def read_record(file: Path) -> Record | None:
    """The record in a file; None where there is none or it is damaged."""
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        outputs = {name: Output(**output) for name, output in content.pop("outputs").items()}
        record = Record(**content, outputs=outputs)
    except (OSError, ValueError, TypeError, AttributeError, KeyError):
        return None
    return record if _is_sound(record) else None


def _is_sound(record: Record) -> bool:
    maps = (record.parameters, record.dependencies, record.versions)
    texts = (record.report, record.language, record.label, record.execution_key, record.built_at)
    return all(isinstance(map_, dict) for map_ in maps) and all(
        isinstance(text, str) for text in texts
    )
