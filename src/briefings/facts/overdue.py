"""Open overdue dossiers by age."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from briefings.facts.procedures import Procedure
from briefings.organisation import Unit

# Last day of each band of calendar days past the due date; the last band is open.
AGE_BANDS = (5, 10, 30, 90)


@dataclass(frozen=True)
class OverdueGroup:
    """Dossiers open and overdue at the month's end of one group, youngest band first.

    The group is a unit (for the root), a procedure (for a unit), all `other` or the `total`.
    `oldest_days` are calendar days past the due date.
    """

    of: Unit | Procedure | Literal["other", "total"]
    bands: tuple[int, ...]
    oldest_days: int
