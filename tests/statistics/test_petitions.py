"""One petition at a time, across the edges of February."""

from __future__ import annotations

import pytest

from briefings.statistics.petitions import petition_components
from briefings.statistics.tables import span_of
from tests.statistics.tables import FEBRUARY, by_unit, not_zero, petition, tables_of

OPEN, WELL, BADLY, LATE = (
    {"petitions", "judged", "in_time", "outcome_known", "well_handled"},
    {"petitions", "judged", "in_time", "outcome_known", "well_handled"},
    {"petitions", "judged", "in_time", "outcome_known"},
    {"petitions", "judged", "outcome_known"},
)


def counted(received: str, due: str | None, answered: str | None, outcome: str | None) -> set[str]:
    """The components of one petition, without what stands in every name."""
    feedback = tables_of(feedback=[petition("1", received, due, answered, outcome=outcome)])
    expression = petition_components(feedback["feedback"], span_of([FEBRUARY]))
    found = not_zero(by_unit(expression), FEBRUARY)
    assert set(found.values()) <= {1}
    return {name.removeprefix("petitions_") for name in found}


@pytest.mark.parametrize(
    ("due", "answered", "outcome", "expected"),
    [
        ("2025-02-10", "2025-02-10", "satisfied", WELL),
        ("2025-02-10", "2025-02-10", "none", WELL),  # not rated is not unhappy
        ("2025-02-10", "2025-02-10", "unsatisfied", BADLY),
        ("2025-02-10", "2025-02-11", "satisfied", LATE),  # satisfied, and late all the same
        ("2025-02-27", None, None, LATE),
        ("2025-02-28", None, None, OPEN),  # as if it were answered on the last day
        ("2025-03-01", None, None, OPEN),
        ("2025-03-05", "2025-03-04", "unsatisfied", OPEN),  # open at the end: no hindsight
        ("2025-02-10", "2025-02-10", None, {"petitions", "judged", "in_time"}),
        (None, "2025-02-10", "satisfied", {"petitions"}),
        (None, None, None, {"petitions"}),
    ],
)
def test_a_petition_is_judged_by_its_answer_or_as_open(due, answered, outcome, expected):
    assert counted("2025-01-10", due, answered, outcome) == expected


@pytest.mark.parametrize(
    ("received", "answered", "expected"),
    [
        ("2025-01-31", "2025-01-31", set()),
        ("2025-01-31", "2025-02-01", {"petitions"}),
        ("2025-02-01", "2025-02-01", {"petitions", "received"}),
        ("2025-02-28", "2025-02-28", {"petitions", "received"}),
        ("2025-02-28", None, {"petitions", "received"}),
        ("2025-03-01", "2025-03-01", set()),
    ],
)
def test_a_petition_counts_where_it_is_answered_or_open_and_where_it_is_received(
    received, answered, expected
):
    assert counted(received, None, answered, None) == expected
