"""The lineage of a project, from its two reference files."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from briefings.errors import SettingsError
from briefings.lineage.faults import faults
from briefings.lineage.lineage import Lineage
from briefings.lineage.succession import Event, Succession
from briefings.lineage.tenure import Tenure, Tenures, by_code
from briefings.reference import UnitRow
from briefings.reference_file import MOST_FAULTS, Day, Flag, Number, read_numbered, read_reference


@dataclass(frozen=True)
class LineageRow:
    """One step from a unit to another. Empty: `to_unit` not known, `share` all (of a transfer:
    not known)."""

    on: Day
    event: Event
    from_unit: str
    to_unit: str | None
    share: Number | None
    estimate: Flag
    source: str
    verified: Flag
    note: str | None

    @property
    def succession(self) -> Succession:
        """The step."""
        return Succession(
            on=self.on,
            event=self.event,
            old=self.from_unit,
            new=self.to_unit or "",
            share=None if self.share is None else Fraction(self.share),
            estimate=self.estimate,
            verified=self.verified,
        )


def load_lineage(units: Path, file: Path | None) -> Lineage:
    """The units of a file and what became of them; without a lineage file nobody knows.

    SettingsError names every row of the two files that contradicts another.
    """
    tenures = _tenures(units)
    if file is None:
        return Lineage(tenures)
    rows = read_numbered(file, LineageRow)
    successions = {number: row.succession for number, row in rows.items()}
    found = faults(successions, tenures)
    if found:
        shown = [f"  {fault}" for fault in found[:MOST_FAULTS]]
        raise SettingsError(
            "\n".join([f"{file} contradicts itself or {units}:", *shown]),
            "Correct the rows named, or the validity of the units.",
        )
    return Lineage(tenures, tuple(successions.values()))


def _tenures(units: Path) -> Tenures:
    rows = read_reference(units, UnitRow)
    return by_code(Tenure(row.unit, row.valid_from, row.valid_to) for row in rows)
