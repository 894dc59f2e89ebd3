"""Form II.06a: flows and stocks of dossiers in the form's own columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from briefings.organisation import Level

# The numbers that the form gives its columns. Column 1 numbers the rows, column 2 names them.
COLUMNS = tuple(range(3, 14))


@dataclass(frozen=True)
class FormRow:
    """One row of the form, summed over units; a cell is None where it is not measurable.

    Dossiers without an appointed return date stand in columns 7 and 11 but in none of 8 to 10,
    12 and 13: `processed_undated` and `pending_undated` count them. An `estimate` rests on
    dossiers that were divided among units by a share.
    """

    cells: dict[int, int | None]
    processed_undated: int
    pending_undated: int
    estimate: bool = False

    def broken_identities(self) -> tuple[str, ...]:
        """The identities of the form that the row breaks, written as equations; none if sound."""
        identities = {
            "(3) = (4) + (5) + (6)": (3, (4, 5, 6), 0),
            "(7) = (8) + (9) + (10)": (7, (8, 9, 10), self.processed_undated),
            "(11) = (12) + (13)": (11, (12, 13), self.pending_undated),
            "(3) = (7) + (11)": (3, (7, 11), 0),
        }
        return tuple(text for text, sides in identities.items() if not self._holds(*sides))

    def differences(self, parts: Sequence[FormRow]) -> tuple[str, ...]:
        """What of the row is not the sum of its parts; parts with a gap may be less than it."""
        wholes, columns = self._counts(), [part._counts() for part in parts]
        return tuple(
            name
            for name, whole in wholes.items()
            if not _adds_up(whole, [column[name] for column in columns])
        )

    def without(self, parts: Sequence[FormRow]) -> FormRow:
        """What of the row is in none of its parts; a gap in one is a gap in the rest."""

        def rest(number: int) -> int | None:
            whole, taken = self.cells[number], [part.cells[number] for part in parts]
            known = [value for value in taken if value is not None]
            return None if whole is None or len(known) < len(taken) else whole - sum(known)

        return FormRow(
            {number: rest(number) for number in self.cells},
            self.processed_undated - sum(part.processed_undated for part in parts),
            self.pending_undated - sum(part.pending_undated for part in parts),
        )

    def _counts(self) -> dict[str, int | None]:
        return {
            **{f"({number})": value for number, value in self.cells.items()},
            "(7) without a return date": self.processed_undated,
            "(11) without a return date": self.pending_undated,
        }

    def _holds(self, total: int, parts: Iterable[int], undated: int) -> bool:
        sides = [self.cells[number] for number in (total, *parts)]
        known = [value for value in sides if value is not None]
        return len(known) < len(sides) or known[0] == sum(known[1:]) + undated


def _adds_up(whole: int | None, parts: Sequence[int | None]) -> bool:
    known = [part for part in parts if part is not None]
    if whole is None:
        return True
    return whole == sum(known) if len(known) == len(parts) else whole >= sum(known)


@dataclass(frozen=True)
class FormLine:
    """A row of the form and whose it is: one unit's, or a level's (then `level` is set)."""

    identity: str
    level: Level | None
    row: FormRow


@dataclass(frozen=True)
class Form:
    """The form for the period and for the year to date; the last line is that of the unit."""

    period: tuple[FormLine, ...]
    to_date: tuple[FormLine, ...]
