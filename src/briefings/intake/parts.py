"""A raw table that is no file here: how it is called, what it holds, where it will be laid."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Part:
    """One table of one delivery, kept elsewhere.

    `digest` stands for its content; `file` is there only after the part was brought. What is a
    file there as well has one for every month, or was forgotten.
    """

    table: str
    delivery: str
    name: str
    digest: str
    file: Path
    is_file: bool = False
