"""The headings of a raw file: which are taken in, which are not, which of those look personal."""

from __future__ import annotations

import pandas as pd

from briefings.intake.personal import looks_personal
from briefings.intake.profiles import TableProfile
from briefings.intake.samples import Sample


class TakenHeadings:
    """What a profile makes of the headings of one file, told chunk by chunk.

    `others` are not taken in; `personal` only says what the office should not have delivered. All
    in the order of the file.
    """

    def __init__(self, profile: TableProfile) -> None:
        self._profile = profile
        self._others: dict[str, Sample] = {}

    def add(self, raw: pd.DataFrame) -> None:
        """The next rows of the file."""
        known = list(raw.columns)
        used = self._profile.used_headings(known)
        for heading in known:
            if heading not in used:
                self._others.setdefault(heading, Sample()).add(raw[heading])

    @property
    def others(self) -> tuple[str, ...]:
        """The headings that no column and no rule reads."""
        return tuple(self._others)

    @property
    def ignored(self) -> tuple[str, ...]:
        """Those of the others that do not look personal."""
        personal = self.personal
        return tuple(name for name in self._others if name not in personal)

    @property
    def personal(self) -> tuple[str, ...]:
        """Those of the others that look personal, by their name or by what stands below."""
        return tuple(name for name, cells in self._others.items() if looks_personal(name, cells))
