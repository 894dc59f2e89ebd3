"""The line of the index that leads to the accountability briefing of a month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from briefings.site.entries import Fault, Kept, Links, faults_of, links_of

# What its files are called, and how it is asked for in place of a unit.
ACCOUNTABILITY = "accountability"
FIGURES = f"{ACCOUNTABILITY}.figures.csv"


@dataclass(frozen=True)
class MonthAccountability:
    """Its files by language, and what the last run could not make; both may be empty."""

    links: Links
    failures: tuple[Fault, ...]


def month_accountability(folder: Path, languages: Sequence[str]) -> MonthAccountability:
    """The briefing in the folder of a month; the page's language first."""
    kept = Kept(folder, ACCOUNTABILITY, FIGURES, depth=1)
    links = links_of(kept, kept.records(languages))
    return MonthAccountability(links, faults_of(kept, languages))
