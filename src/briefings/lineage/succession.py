"""One step in the life of a unit: from whom to whom, on which day, and how much of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

Event = Literal["merge", "split", "rename", "abolish", "transfer"]


@dataclass(frozen=True)
class Succession:
    """What `old` gave to `new` on the first day of the new state.

    `new` is empty where nobody is known to have taken over. `share` is how much of `old` it was;
    None is all of it, but for a transfer, where nobody knows. A renamed unit that keeps its code
    is followed by itself. `estimate` says that the share has no source, `verified` that the step
    has one.
    """

    on: date
    event: Event
    old: str
    new: str
    share: Fraction | None = None
    estimate: bool = False
    verified: bool = True

    @property
    def moves_dossiers(self) -> bool:
        """Whether it is known that dossiers went elsewhere, and how many."""
        if self.event == "rename" and self.old == self.new:
            return False
        return self.event != "transfer" or self.share is not None

    @property
    def part(self) -> Fraction:
        """How much of `old` it was."""
        return Fraction(1) if self.share is None else self.share
