"""A figure: one printed number with the identity and the parts it was made from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Figure:
    """One number that may be printed, bound to the measure, period and unit it belongs to.

    `value` is None wherever no value exists (`status` says why); `text` is the printed form in
    the language of the briefing and the only part that differs between languages.
    """

    kpi: str
    period: str
    unit: str
    value: float | None
    text: str
    status: str = "measured"
    numerator: float | None = None
    denominator: float | None = None
    unit_of_measure: str = ""

    @property
    def identity(self) -> str:
        """`kpi@period/unit`, unique within a briefing."""
        return f"{self.kpi}@{self.period}/{self.unit}"

    @property
    def measured(self) -> bool:
        """Whether there is a value to speak of; prose asks this before it states one."""
        return self.value is not None

    def record(self) -> dict[str, Any]:
        """The figure without its printed form: one row of figures.csv."""
        record = {"figure": self.identity, **vars(self)}
        del record["text"]
        return record
