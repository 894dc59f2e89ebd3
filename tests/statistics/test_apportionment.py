"""A split conserves every dossier, and what holds between the counts of a unit."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.facts.form import COLUMNS, FormRow
from briefings.statistics.apportionment import apportion, deal
from briefings.statistics.form import COMPONENTS

SIXTY_FORTY = {"B": Fraction(3, 5), "C": Fraction(2, 5)}


def test_five_dossiers_split_sixty_to_forty_are_three_and_two():
    assert apportion({"received_online": 5}, SIXTY_FORTY) == {
        "B": {"received_online": 3},
        "C": {"received_online": 2},
    }


@pytest.mark.parametrize(
    ("dossiers", "first"),
    [(0, 0), (1, 1), (2, 1), (3, 2), (4, 2), (5, 3), (6, 4), (10, 6), (11, 7)],
)
def test_two_units_get_what_largest_remainders_give(dossiers: int, first: int):
    assert deal(dossiers, list(SIXTY_FORTY.values())) == [first, dossiers - first]


@pytest.mark.parametrize(("dossiers", "first"), [(1, 1), (2, 1), (3, 2)])
def test_of_two_halves_the_first_in_order_of_codes_gets_the_odd_one(dossiers: int, first: int):
    halves = {"C": Fraction(1, 2), "B": Fraction(1, 2)}
    found = apportion({"decisions": dossiers}, halves)
    assert found["B"]["decisions"] == first


def test_one_of_each_kind_goes_to_the_same_unit():
    """One dossier, received, synchronised and finished in time: not half here and half there."""
    counts = {
        "received_online": 1,
        "received_synced": 1,
        "processed_early": 1,
        "processed_dated": 1,
    }
    assert apportion(counts, SIXTY_FORTY)["B"] == counts


# Dossiers with everything that is counted about them, so that the counts hang together.
dossiers = st.fixed_dictionaries(
    {
        "receipt": st.sampled_from(["received_online", "received_other", "carried_over"]),
        "outcome": st.sampled_from(
            [
                "processed_early",
                "processed_on_day",
                "processed_late",
                "processed_undated",
                "pending_in_time",
                "pending_overdue",
                "pending_undated",
            ]
        ),
        "synced": st.booleans(),
    }
)
NAMES = {name for names, _ in COMPONENTS.values() for name in names}


def counted(rows: list[dict[str, object]]) -> dict[str, int]:
    counts = dict.fromkeys(sorted(NAMES), 0)
    for row in rows:
        counts[str(row["receipt"])] += 1
        counts[str(row["outcome"])] += 1
    received = [row for row in rows if row["receipt"] != "carried_over"]
    return counts | {
        "received_synced": sum(bool(row["synced"]) for row in received),
        "processed_dated": sum(
            counts[name] for name in ("processed_early", "processed_on_day", "processed_late")
        ),
        "pending_dated": counts["pending_in_time"] + counts["pending_overdue"],
        "index_on_time": counts["processed_early"] + counts["pending_in_time"],
    }


@st.composite
def shares(draw: st.DrawFn) -> dict[str, Fraction]:
    weights = draw(st.lists(st.integers(1, 9), min_size=1, max_size=4))
    return {f"U{number}": Fraction(each, sum(weights)) for number, each in enumerate(weights)}


@pytest.mark.slow
@given(st.lists(dossiers, max_size=40), shares())
def test_nothing_is_lost_and_what_held_for_the_whole_holds_for_each(rows, shares):
    counts = counted(rows)
    found = apportion(counts, shares)
    assert found.keys() == shares.keys()
    for name, count in counts.items():
        assert sum(each[name] for each in found.values()) == count
    for each in found.values():
        assert min(each.values()) >= 0
        form = FormRow(
            cells={column: sum(each[n] for n in COMPONENTS[column][0]) for column in COLUMNS},
            processed_undated=each["processed_undated"],
            pending_undated=each["pending_undated"],
        )
        assert form.broken_identities() == ()
        received = each["received_online"] + each["received_other"]
        assert each["received_synced"] <= received
        dated = each["processed_dated"] + each["pending_dated"]
        assert each["index_on_time"] <= dated
        in_time = each["processed_early"] + each["processed_on_day"]
        assert each["processed_dated"] == in_time + each["processed_late"]


@given(st.integers(0, 10_000), shares())
def test_up_to_three_units_get_their_share_to_the_dossier(places, shares):
    weights = list(shares.values())
    dealt = deal(places, weights)
    assert sum(dealt) == places
    if len(weights) <= 3:
        assert all(
            abs(part - places * weight) < 1 for part, weight in zip(dealt, weights, strict=True)
        )


@given(st.integers(0, 1_000), shares())
def test_one_more_dossier_never_takes_one_away(places, shares):
    weights = list(shares.values())
    now, then = deal(places, weights), deal(places + 1, weights)
    assert all(0 <= b - a <= 1 for a, b in zip(now, then, strict=True))


@given(st.lists(dossiers, max_size=10), shares())
def test_the_order_of_shares_is_irrelevant(rows, shares):
    backwards = dict(reversed(shares.items()))
    assert apportion(counted(rows), backwards) == apportion(counted(rows), shares)
