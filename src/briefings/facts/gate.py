"""A gate: a condition on the data of a month without which nothing official is published."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import date

# By their names, in the order in which they are told.
GATES = (
    "quarantined",
    "unknown_units",
    "future",
    "corrections",
    "missing_months",
    "volume",
    "missing_units",
    "stock",
    "identities",
)
# What of them is about units; the others are about tables.
OF_UNITS = ("missing_units", "stock", "identities")


@dataclass(frozen=True)
class Acceptance:
    """That an office goes on although a gate is not passed: why, since when, and who says so."""

    reasons: dict[str, str]
    accepted_on: date
    office: str


@dataclass(frozen=True)
class GateResult:
    """What a gate found at one place: a table, a unit code, or all of the data where it is empty.

    `month` is the month the rows are of, or `all`. What `count` and `of` are, the gate says, such
    as the rows set aside and the rows read; `of` is None where nothing is divided by. `limit` is
    the share or factor that decides, None where any one is too many. `names` are those of a unit,
    by language.
    """

    gate: str
    month: str
    place: str
    passed: bool
    count: int
    of: int | None = None
    limit: float | None = None
    acceptance: Acceptance | None = None
    names: dict[str, str] = field(default_factory=dict)

    @property
    def figures(self) -> str:
        """Both figures as an acceptance states them."""
        return str(self.count) if self.of is None else f"{self.count} of {self.of}"

    @property
    def holds_back(self) -> bool:
        """Whether nothing official may be published because of it."""
        return not self.passed and self.acceptance is None

    def concerns(self, unit: str, root: str) -> bool:
        """Whether the page of a unit must speak of it: its own, those of tables, the root all."""
        return self.gate not in OF_UNITS or self.place in ("", unit) or unit == root


def to_bytes(results: Iterable[GateResult]) -> bytes:
    """The results as JSON; equal results give equal bytes."""
    return json.dumps([asdict(each) for each in results], default=str).encode()


def from_bytes(content: bytes) -> tuple[GateResult, ...]:
    """The results that were written."""
    return tuple(
        GateResult(**{**row, "acceptance": _acceptance(row["acceptance"])})
        for row in json.loads(content)
    )


def _acceptance(row: dict[str, object] | None) -> Acceptance | None:
    if row is None:
        return None
    day = date.fromisoformat(str(row["accepted_on"]))
    return Acceptance(**{**row, "accepted_on": day})  # type: ignore[arg-type]
