"""The procedures with the lowest share on time, and the large ones without a late dossier."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from briefings.facts.procedures import (
    LEAST_PROCESSED,
    Procedure,
    ProcedureResult,
    Procedures,
)
from briefings.gathering.counted import Row

SHOWN = 5


def rank_procedures(rows: Iterable[Row]) -> Procedures:
    """Rows of processed_by_procedure, added up over their units, and ranked."""
    results = [each for each in _results(rows) if each.processed >= LEAST_PROCESSED]
    late = [each for each in results if each.on_time < each.processed]
    sound = [each for each in results if each.on_time == each.processed]
    return Procedures(
        worst=tuple(sorted(late, key=_share)[:SHOWN]),
        best=tuple(sorted(sound, key=_volume)[:SHOWN]),
    )


def procedure_of(row: Row) -> Procedure:
    """The procedure that a row names; without a code it is one of its own."""
    return Procedure(row["procedure_code"] or "", row["name_vi"] or "", row["name_en"] or "")


def _results(rows: Iterable[Row]) -> list[ProcedureResult]:
    sums: dict[Procedure, tuple[int, int]] = {}
    for row in rows:
        processed, on_time = sums.get(procedure_of(row), (0, 0))
        sums[procedure_of(row)] = (processed + row["processed"], on_time + row["on_time"])
    return [ProcedureResult(each, *map(int, parts)) for each, parts in sums.items()]


def _share(result: ProcedureResult) -> tuple[Fraction, int, str]:
    share = Fraction(result.on_time, result.processed)
    return share, -result.processed, result.procedure.code


def _volume(result: ProcedureResult) -> tuple[int, str]:
    return -result.processed, result.procedure.code
