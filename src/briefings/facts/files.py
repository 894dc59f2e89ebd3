"""Facts as small files, one for each part, so that it can be said which part has changed."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, get_type_hints

from pydantic import TypeAdapter

from briefings.facts.facts import Facts

SUFFIX = ".json"


def to_files(facts: Facts) -> dict[str, bytes]:
    """File name → content; equal facts give equal bytes."""
    return {
        f"{name}{SUFFIX}": _canonical(adapter.dump_python(getattr(facts, name), mode="json"))
        for name, adapter in _adapters().items()
    }


def from_files(files: Mapping[str, bytes]) -> Facts:
    """The facts that were written; ValueError where a part is missing or is not what it was."""
    missing = [name for name in _adapters() if f"{name}{SUFFIX}" not in files]
    if missing:
        raise ValueError(f"parts are missing: {', '.join(missing)}")
    parts: dict[str, Any] = {
        name: adapter.validate_json(files[f"{name}{SUFFIX}"])
        for name, adapter in _adapters().items()
    }
    return Facts(**parts)


def read_facts(folder: Path) -> Facts:
    """The facts whose files lie in a folder."""
    return from_files({file.name: file.read_bytes() for file in folder.glob(f"*{SUFFIX}")})


def prepare() -> None:
    """Build what reads and writes the parts, which takes longer than any use of it."""
    _adapters()


def _canonical(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


@cache
def _adapters() -> dict[str, TypeAdapter[Any]]:
    types = get_type_hints(Facts)
    return {field.name: TypeAdapter(types[field.name]) for field in dataclasses.fields(Facts)}
