"""The header of the form: which heading stands over which of its columns."""

from __future__ import annotations

from dataclasses import dataclass

HEIGHT = 3
COLUMNS = tuple(range(1, 14))


@dataclass(frozen=True)
class Heading:
    """One heading by its word, and the rows and columns it spans; columns by the form's numbers."""

    word: str
    top: int
    bottom: int
    first: int
    last: int


# As two provinces' systems export the form; the Circular's annex was not read.
HEADER = (
    Heading("row", 1, 3, 1, 1),
    Heading("rows", 1, 3, 2, 2),
    Heading("received", 1, 1, 3, 6),
    Heading("total", 2, 3, 3, 3),
    Heading("in_period", 2, 2, 4, 5),
    Heading("online", 3, 3, 4, 4),
    Heading("other", 3, 3, 5, 5),
    Heading("carried_over", 2, 3, 6, 6),
    Heading("processed", 1, 1, 7, 10),
    Heading("total", 2, 3, 7, 7),
    Heading("early", 2, 3, 8, 8),
    Heading("on_time", 2, 3, 9, 9),
    Heading("late", 2, 3, 10, 10),
    Heading("pending", 1, 1, 11, 13),
    Heading("total", 2, 3, 11, 11),
    Heading("in_time", 2, 3, 12, 12),
    Heading("overdue", 2, 3, 13, 13),
)
