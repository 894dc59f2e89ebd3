"""What comes out of the work on one report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Made:
    """The bytes of each file by name; `results` of the code cells if they were executed."""

    files: Mapping[str, bytes]
    results: bytes | None
