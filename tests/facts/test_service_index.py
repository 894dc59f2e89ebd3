"""Points of the service index, by hand: below, on and above each threshold, and nothing at all."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.facts.observation import DataStatus, Observation
from briefings.facts.service_index import (
    IndexGroup,
    Indicator,
    IndicatorResult,
    ServiceIndex,
    reachable,
    reached,
)


def share(numerator: int, denominator: int = 100, kpi: str = "on_time") -> Observation:
    return Observation(kpi, "2025-02", "T1", "percent", numerator, denominator, "measured")


def without(status: DataStatus, kpi: str = "on_time") -> Observation:
    return Observation(kpi, "2025-02", "T1", "percent", None, None, status)


def indicator(identity: str = "1.1", maximum: str = "6", **options: Any) -> Indicator:
    rest = {
        "group": identity.partition(".")[0],
        "names": {"vi": identity, "en": identity},
        "basis": {"vi": "", "en": ""},
        "maximum_verified": False,
        "full_at": None,
        "full_at_verified": False,
        "low_confidence": False,
        "when_nothing": "none",
        "bound": "none",
    }
    return Indicator(id=identity, maximum=Fraction(maximum), **{**rest, **options})


def group(identity: str, maximum: int, parent: str = "") -> IndexGroup:
    return IndexGroup(identity, parent, {}, Fraction(maximum), True, Fraction(maximum))


SYNC = IndicatorResult(indicator("1.4"), share(76, kpi="sync"))


def filed_online(online: int, synced: int = 76) -> IndicatorResult:
    """3.3: full marks at 50%, multiplied by the sync rate."""
    half = indicator("3.3", full_at=Fraction(1, 2))
    return IndicatorResult(half, share(online), times=share(synced, kpi="sync"))


def satisfied(in_time: int, petitions: int, of: int = 1000) -> IndicatorResult:
    """5.4: full marks at 90%, less the share of petitions."""
    nine_tenths = indicator("5.4", full_at=Fraction(9, 10), when_nothing="zero")
    return IndicatorResult(nine_tenths, share(in_time, of), less=share(petitions, of))


def test_a_sync_rate_of_76_percent_is_4_56_of_6_points():
    assert SYNC.points == Fraction("4.56")
    assert SYNC.lost == Fraction("1.44")


@pytest.mark.parametrize(
    ("percent", "points"), [(0, "0"), (49, "5.88"), (50, "6"), (51, "6"), (100, "6")]
)
def test_from_its_threshold_on_an_indicator_has_full_marks(percent, points):
    half = IndicatorResult(indicator(full_at=Fraction(1, 2)), share(percent))
    assert half.points == Fraction(points)


@pytest.mark.parametrize(("percent", "points"), [(0, "0"), (99, "19.8"), (100, "20")])
def test_without_a_threshold_points_follow_the_rate(percent, points):
    assert IndicatorResult(indicator(maximum="20"), share(percent)).points == Fraction(points)


@pytest.mark.parametrize(
    ("in_time", "petitions", "points"),
    [
        (929, 30, Fraction(6) * Fraction(899, 900)),
        (930, 30, 6),
        (931, 30, 6),
        (900, 0, 6),
        (20, 50, 0),  # more petitions than dossiers in time: never below zero
    ],
)
def test_petitions_are_taken_off_the_rate_in_time(in_time, petitions, points):
    assert satisfied(in_time, petitions).points == points


@pytest.mark.parametrize(
    ("online", "rate", "points", "to_sync"),
    [
        (60, "0.456", "5.472", "0.528"),  # alone it would have full marks
        (40, "0.304", "3.648", "1.152"),  # 4.8 alone
        (70, "0.532", "6", "0"),  # above the threshold all the same
        (0, "0", "0", "0"),
    ],
)
def test_a_low_sync_rate_costs_a_second_time_in_online_filing(online, rate, points, to_sync):
    result = filed_online(online)
    assert result.rate == Fraction(rate)
    assert result.points == Fraction(points)
    assert result.lost_to_factor == Fraction(to_sync)


def test_only_a_rate_of_one_measure_has_a_numerator_and_a_denominator():
    assert SYNC.parts == (76, 100)
    for other in (filed_online(60), satisfied(930, 30), IndicatorResult(indicator(), None)):
        assert other.parts == (None, None)


def test_only_what_is_multiplied_can_lose_to_a_factor():
    assert SYNC.lost_to_factor is None


@pytest.mark.parametrize(("rule", "points"), [("maximum", 6), ("zero", 0), ("none", None)])
def test_where_nothing_happened_the_rule_of_the_indicator_speaks(rule, points):
    result = IndicatorResult(indicator(when_nothing=rule), without("no_data"))
    assert (result.rate, result.points) == (None, points)
    assert result.lost == (None if points is None else 6 - points)


@pytest.mark.parametrize("rule", ["maximum", "zero", "none"])
def test_what_is_not_measurable_has_no_points_whatever_the_rule(rule):
    one = indicator(when_nothing=rule)
    for result in (
        IndicatorResult(one, None),
        IndicatorResult(one, without("not_measurable")),
        IndicatorResult(one, share(90), less=without("not_measurable")),
        IndicatorResult(one, without("no_data"), times=without("not_measurable")),
    ):
        assert (result.status, result.points, result.lost) == ("not_measurable", None, None)


GROUPS = (group("1", 18), group("3", 22), group("3A", 12, "3"), group("3B", 10, "3"))


def index(*results: IndicatorResult) -> ServiceIndex:
    return ServiceIndex(GROUPS, results, replaced=False)


def test_what_is_not_measured_is_left_out_of_what_can_be_reached_and_never_inferred():
    unknown = IndicatorResult(indicator("1.3", "2"), None)
    whole = index(SYNC, unknown, filed_online(60))
    assert reached(whole.results) == Fraction("4.56") + Fraction("5.472")
    assert reachable(whole.results) == 12
    assert whole.maximum == 40  # of the two groups of the decision, not of those within one
    assert whole.measured == (SYNC, filed_online(60))


def test_an_index_of_nothing_has_nothing_to_reach():
    nothing = index(IndicatorResult(indicator(), None))
    assert (reached(nothing.results), reachable(nothing.results)) == (0, 0)
    assert nothing.losses == ()


def test_a_group_holds_what_the_groups_below_it_hold():
    online = IndicatorResult(indicator("3.1", group="3A"), share(80))
    paid = IndicatorResult(indicator("3.6", group="3B"), share(50))
    whole = index(SYNC, online, paid)
    ids = {group.id: [r.indicator.id for r in whole.within(group)] for group in GROUPS}
    assert ids == {"1": ["1.4"], "3": ["3.1", "3.6"], "3A": ["3.1"], "3B": ["3.6"]}


def test_losses_come_dearest_first_and_full_marks_lose_nothing():
    full = IndicatorResult(indicator("2.1", "20"), share(100))
    whole = index(full, filed_online(60), SYNC)
    assert [each.indicator.id for each in whole.losses] == ["1.4", "3.3"]


def test_the_indicator_of_a_factor_is_found_by_its_rate():
    whole = index(SYNC, filed_online(60), filed_online(60, synced=75))
    assert whole.factor(filed_online(60)) == SYNC
    assert whole.factor(filed_online(60, synced=75)) is None
    assert whole.factor(SYNC) is None


wholes = st.integers(1, 10_000)
thresholds = st.none() | st.fractions(Fraction(1, 100), 1, max_denominator=100)
maxima = st.integers(1, 20)


@st.composite
def rates(draw: st.DrawFn) -> Observation:
    whole = draw(wholes)
    return share(draw(st.integers(0, whole)), whole)


@st.composite
def results(draw: st.DrawFn) -> IndicatorResult:
    rules = st.sampled_from(["maximum", "zero", "none"])
    parts = rates() | st.sampled_from([without("no_data"), without("not_measurable")])
    one = indicator(maximum=str(draw(maxima)), full_at=draw(thresholds), when_nothing=draw(rules))
    others = [draw(st.none() | parts) for _ in range(3)]
    return IndicatorResult(one, *others)


@given(results())
def test_points_lie_between_zero_and_the_maximum(result):
    if result.points is not None:
        assert 0 <= result.points <= result.indicator.maximum
        assert result.points + result.lost == result.indicator.maximum
        assert 0 <= (result.lost_to_factor or 0) <= result.lost


@given(maxima, thresholds, wholes, st.data())
def test_a_higher_rate_never_has_fewer_points(maximum, full_at, whole, data):
    low, high = sorted(data.draw(st.integers(0, whole)) for _ in range(2))
    one = indicator(maximum=str(maximum), full_at=full_at)
    points = [IndicatorResult(one, share(part, whole)).points for part in (low, high)]
    assert points[0] <= points[1]


@pytest.mark.slow
@given(st.lists(results(), max_size=8), st.randoms(use_true_random=False))
def test_the_total_is_the_sum_of_its_indicators_in_whatever_order(found, random):
    shuffled = random.sample(found, len(found))
    assert reached(found) == reached(shuffled) == sum(each.points or 0 for each in found)
    lost = sum(each.lost or 0 for each in found)
    assert reached(found) + lost == reachable(found) == reachable(shuffled)
    assert sum(each.lost for each in index(*found).losses) == lost
