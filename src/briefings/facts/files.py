"""Facts as small files, one for each part, so that it can be said which part has changed.

Each file says of which month and unit it is, so that parts of two reports are never put together.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Generic, TypeVar, get_type_hints

from pydantic import TypeAdapter

from briefings.facts.facts import Facts

SUFFIX = ".json"

Content = TypeVar("Content")


@dataclass(frozen=True)
class Part(Generic[Content]):
    """One part of the facts of a unit in a month."""

    month: str
    unit: str
    content: Content


def to_files(facts: Facts) -> dict[str, bytes]:
    """File name → content; equal facts give equal bytes."""
    return {
        f"{name}{SUFFIX}": _canonical(
            adapter.dump_python(
                Part(str(facts.month), facts.unit.code, getattr(facts, name)), mode="json"
            )
        )
        for name, adapter in _adapters().items()
    }


def from_files(files: Mapping[str, bytes]) -> Facts:
    """The facts that were written; ValueError where a part is missing, damaged or of another."""
    missing = [name for name in _adapters() if f"{name}{SUFFIX}" not in files]
    if missing:
        raise ValueError(f"parts are missing: {', '.join(missing)}")
    parts: dict[str, Part[Any]] = {
        name: adapter.validate_json(files[f"{name}{SUFFIX}"])
        for name, adapter in _adapters().items()
    }
    facts = Facts(**{name: part.content for name, part in parts.items()})
    for name, part in parts.items():
        if (part.month, part.unit) != (str(facts.month), facts.unit.code):
            raise ValueError(
                f"{name} is of {part.unit} in {part.month}, "
                f"about of {facts.unit.code} in {facts.month}"
            )
    return facts


def read_facts(folder: Path) -> Facts:
    """The facts whose files lie in a folder."""
    return from_files({file.name: file.read_bytes() for file in folder.glob(f"*{SUFFIX}")})


def prepare() -> None:
    """Build what reads and writes the parts, which takes longer than any use of it."""
    _adapters()


def _canonical(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


@cache
def _adapters() -> dict[str, TypeAdapter[Part[Any]]]:
    types = get_type_hints(Facts)
    return {
        field.name: TypeAdapter(Part[types[field.name]])  # type: ignore[valid-type, name-defined]
        for field in dataclasses.fields(Facts)
    }
