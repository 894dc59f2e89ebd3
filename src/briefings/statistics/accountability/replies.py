"""The replies of offices to their entries on the lists."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, TypeAlias

from pydantic import StringConstraints

from briefings.errors import SettingsError
from briefings.facts.accountability import RULES, Reply
from briefings.periods import MONTH_PATTERN, Month
from briefings.reference_file import Day, read_reference

MonthName: TypeAlias = Annotated[str, StringConstraints(pattern=f"^{MONTH_PATTERN.pattern}$")]


@dataclass(frozen=True)
class ReplyRow:
    """One reply. `rule` is empty where it is to the whole entry; `office` is no person's name."""

    month: MonthName
    unit: str
    rule: str | None
    reply_vi: str
    reply_en: str
    date: Day
    office: str


class Replies:
    """The replies on record. SettingsError for a unit or a rule that does not exist."""

    def __init__(self, file: Path | None, units: Collection[str]) -> None:
        self._rows = read_reference(file, ReplyRow) if file else []
        for row in self._rows:
            if row.unit not in units:
                raise SettingsError(f"{file}: {row.unit} is no unit.", "Use a code of units.csv.")
            if row.rule is not None and row.rule not in RULES:
                raise SettingsError(
                    f"{file}: there is no rule {row.rule}.", f"Valid: {', '.join(RULES)}, or none."
                )

    def of(self, unit: str, month: Month) -> tuple[Reply, ...]:
        """The replies of a unit in a month, in file order."""
        return tuple(
            Reply(row.rule or "", {"vi": row.reply_vi, "en": row.reply_en}, row.date, row.office)
            for row in self._rows
            if (row.unit, row.month) == (unit, str(month))
        )
