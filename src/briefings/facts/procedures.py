"""Procedures by their share on time."""

from __future__ import annotations

from dataclasses import dataclass

# Below this number of processed dossiers a procedure is not ranked: one late dossier would
# decide its place. Our own convention.
LEAST_PROCESSED = 30


@dataclass(frozen=True)
class Procedure:
    """A procedure as the catalogue names it; names are empty where the catalogue lacks it."""

    code: str
    name_vi: str
    name_en: str


@dataclass(frozen=True)
class ProcedureResult:
    """Dossiers of one procedure processed in the year to date, and those of them on time."""

    procedure: Procedure
    processed: int
    on_time: int


@dataclass(frozen=True)
class Procedures:
    """The procedures with the lowest share on time, and the large ones without a late dossier."""

    worst: tuple[ProcedureResult, ...]
    best: tuple[ProcedureResult, ...]
