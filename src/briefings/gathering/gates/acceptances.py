"""Gates that an office goes beyond knowingly, with the figures that it has seen."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

from pydantic import StringConstraints

from briefings.errors import SettingsError
from briefings.facts.gate import GATES, OF_UNITS, Acceptance, GateResult
from briefings.intake.contracts import CONTRACTS
from briefings.intake.deliveries import ALL_MONTHS
from briefings.periods import MONTH_PATTERN
from briefings.reference_file import MOST_FAULTS, Day, read_numbered


@dataclass(frozen=True)
class AcceptanceRow:
    """One acceptance. It holds for just the figures that `briefings gates` prints."""

    month: Annotated[str, StringConstraints(pattern=f"^({MONTH_PATTERN.pattern}|{ALL_MONTHS})$")]
    gate: str
    place: str | None
    figures: str
    reason_vi: str
    reason_en: str
    accepted_on: Day
    office: str


class Acceptances:
    """The acceptances on record. SettingsError for a gate, table or unit that there is not."""

    def __init__(self, file: Path | None, units: Collection[str]) -> None:
        rows = read_numbered(file, AcceptanceRow) if file else {}
        faults = [f"  row {number}: {wrong}" for number, row in rows.items()
                  if (wrong := _wrong(row, units))]  # fmt: skip
        if faults:
            raise SettingsError(f"{file}:\n" + "\n".join(faults[:MOST_FAULTS]))
        self._rows = tuple(rows.values())

    def applied(self, results: Iterable[GateResult]) -> tuple[GateResult, ...]:
        """The results, those that are not passed with the acceptance of their figures."""
        return tuple(
            each if each.passed else replace(each, acceptance=self._of(each)) for each in results
        )

    def _of(self, result: GateResult) -> Acceptance | None:
        known = (result.month, result.gate, result.place, result.figures)
        for row in self._rows:
            if (row.month, row.gate, row.place or "", row.figures) == known:
                reasons = {"vi": row.reason_vi, "en": row.reason_en}
                return Acceptance(reasons, row.accepted_on, row.office)
        return None


def _wrong(row: AcceptanceRow, units: Collection[str]) -> str:
    if row.gate not in GATES:
        return f"there is no gate {row.gate!r}; valid: {', '.join(GATES)}"
    places = units if row.gate in OF_UNITS else CONTRACTS
    if row.place is not None and row.place not in places:
        kind = "unit" if row.gate in OF_UNITS else "table"
        return f"there is no {kind} {row.place!r}"
    return ""
