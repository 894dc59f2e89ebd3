"""The rules of the index as a file, and what a tiny province comes to by them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from briefings.errors import SettingsError
from briefings.facts.service_index import IndicatorResult, ServiceIndex, reachable, reached
from briefings.organisation import Organisation
from briefings.project import REPOSITORY
from briefings.statistics.index_components import count_index_components
from briefings.statistics.kpis import index_kpis
from briefings.statistics.observations import Observations
from briefings.statistics.service_index import IndexRules, service_index
from tests.statistics.tables import (
    CALENDAR,
    FEBRUARY,
    PROVINCE,
    ROOT,
    TO_FEBRUARY,
    A,
    B,
    Row,
    change,
    count,
    decision,
    dossier,
    petition,
    tables_of,
)

pytestmark = pytest.mark.slow

SHIPPED = REPOSITORY / "data" / "reference" / "index_766.csv"
FEBRUARY_28 = date(2025, 2, 28)

HEADINGS = SHIPPED.read_text(encoding="utf-8").splitlines()[0]
GROUP = "group,1,,Một,One,6,true,,false,false,none,,,,none,true,,,2025-01-01,,test"
SYNC = "indicator,1.4,1,Đồng bộ,Sync,6,false,,false,false,zero,sync,,,at_most,true,,,2025-01-01,,t"


def rules(tmp_path: Path, *rows: str) -> IndexRules:
    file = tmp_path / "index.csv"
    file.write_text("\n".join([HEADINGS, *rows]) + "\n", encoding="utf-8")
    return IndexRules(file)


def observed(organisation: Organisation = PROVINCE, **rows: Iterable[Row]) -> Observations:
    """What rows came to in February; exactly the named tables are delivered."""
    components = count(organisation=organisation, **rows)
    own = count_index_components(tables_of(**rows), FEBRUARY, organisation, CALENDAR)
    return Observations(components.join(own), index_kpis().values(), set(rows), ROOT)


def index(rules: IndexRules, seen: Observations, unit: str = ROOT) -> ServiceIndex:
    found = service_index(rules, seen, FEBRUARY, unit, is_root=unit == ROOT)
    assert found is not None
    return found


def result(found: ServiceIndex, identity: str) -> IndicatorResult:
    return next(each for each in found.results if each.indicator.id == identity)


@pytest.fixture(scope="module")
def shipped() -> IndexRules:
    return IndexRules(SHIPPED)


# What is on record


def test_the_maxima_of_every_group_are_on_record(shipped):
    groups = shipped.groups(shipped.on(FEBRUARY_28))
    assert {group.id: int(group.maximum) for group in groups if not group.parent} == {
        "1": 18, "2": 20, "3": 22, "4": 22, "5": 18,
    }  # fmt: skip
    assert {group.id: int(group.maximum) for group in groups if group.parent} == {
        "3A": 12,
        "3B": 10,
    }
    assert all(group.is_complete for group in groups)


def test_only_what_a_second_source_confirms_is_verified(shipped):
    rows = shipped.on(FEBRUARY_28)
    confirmed = {row.id: row.maximum for row in rows if row.maximum_verified}
    assert confirmed == {
        "1": "18", "2": "20", "3": "22", "4": "22", "5": "18", "1.2": "4", "2.1": "20", "5.4": "6",
    }  # fmt: skip
    assert not any(row.full_at_verified for row in rows)
    assert {row.id for row in rows if row.low_confidence} == {"3.1", "3.2", "3.3"}


def test_what_has_no_measure_says_why_in_both_languages(shipped):
    for row in shipped.on(FEBRUARY_28):
        if row.kind == "indicator" and row.measure is None:
            basis = shipped.indicator(row, of_root=True).basis
            assert basis["vi"].startswith("Không đo được")
            assert basis["en"].startswith("Not measurable")


def test_before_the_first_rules_there_is_no_index(shipped):
    assert {row.kind for row in shipped.on(date(2024, 12, 31))} == {"group"}
    assert shipped.on(date(2022, 7, 31)) == ()
    assert IndexRules(None).on(FEBRUARY_28) == ()


# What is refused


def test_two_rules_of_one_indicator_may_follow_each_other(tmp_path):
    ended = SYNC.replace("2025-01-01,,t", "2025-01-01,2025-02-27,t")
    later = SYNC.replace("2025-01-01,,t", "2025-02-28,,t").replace("Sync,6", "Sync,5")
    two = rules(tmp_path, GROUP, ended, later)
    maxima = [two.on(date(2025, 2, day))[1].maximum for day in (27, 28)]
    assert maxima == ["6", "5"]


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ([GROUP, SYNC, SYNC], "two rows for 1.4 are valid on 2025-01-01"),
        (
            [GROUP, SYNC.replace("2025-01-01,,t", "2025-01-01,2025-02-28,t"),
             SYNC.replace("2025-01-01,,t", "2025-02-28,,t")],
            "two rows for 1.4 are valid on 2025-02-28",
        ),
        ([GROUP, SYNC.replace("zero,sync", "zero,synced")], "1.4 is made of synced, which is no"),
        ([GROUP, SYNC.replace("zero,sync", "zero,processed")], "1.4 is made of processed, which"),
        ([GROUP, SYNC.replace("6,false,,", "6,false,0,")], "1.4 has full marks at 0"),
        ([GROUP, SYNC.replace("6,false,,", "6,false,1.01,")], "1.4 has full marks at 1.01"),
        ([GROUP, SYNC.replace("1.4,1,", "1.4,,")], "1.4 belongs to no group"),
        (
            [GROUP, GROUP.replace("1,,", "1A,1,", 1), GROUP.replace("1,,", "1B,1A,", 1)],
            "group 1B lies three levels deep",
        ),
        ([SYNC.replace("zero", "half")], "row 2, when_nothing: 'half'"),
    ],
)  # fmt: skip
def test_rules_that_contradict_are_refused(tmp_path, rows, fault):
    with pytest.raises(SettingsError, match=fault):
        rules(tmp_path, *rows)


def test_full_marks_at_everything_are_allowed(tmp_path):
    row = rules(tmp_path, GROUP, SYNC.replace("6,false,,", "6,false,1,")).on(FEBRUARY_28)[1]
    assert row.full_at == "1"


@pytest.mark.parametrize(
    "group", ["", GROUP.replace("2025-01-01,,test", "2025-01-01,2025-02-27,test")]
)
def test_an_indicator_whose_group_is_not_valid_is_not_lost_in_silence(tmp_path, group):
    found = rules(tmp_path, *filter(None, [group]), SYNC)
    with pytest.raises(SettingsError, match=r"1\.4 belongs to group 1, which is not valid"):
        found.on(FEBRUARY_28)


def test_a_group_whose_points_are_not_all_on_record_says_so(tmp_path):
    found = rules(tmp_path, GROUP.replace("One,6", "One,18"), SYNC)
    (group,) = found.groups(found.on(FEBRUARY_28))
    assert (group.listed, group.maximum, group.is_complete) == (6, 18, False)


# What a province comes to


def hundred(synced: int) -> dict[str, list[Row]]:
    """A hundred dossiers of department A filed in February, some of them on the portal."""
    codes = [f"{number:03d}" for number in range(100)]
    return {
        "dossiers": [
            dossier(code, "2025-02-03", channel="online" if code < "060" else "counter",
                    due="2025-02-10", finished="2025-02-10" if code < "095" else "2025-02-11",
                    supplements=0)
            for code in codes
        ],
        "portal_dossiers": [
            {"dossier_code": code, "synced_at": "2025-02-04"} for code in codes[:synced]
        ],
    }  # fmt: skip


def test_76_percent_synchronised_is_4_56_of_6_and_costs_online_filing_too(shipped):
    found = index(shipped, observed(**hundred(76)))
    sync, filing = result(found, "1.4"), result(found, "3.3")
    assert (sync.points, sync.lost) == (Fraction("4.56"), Fraction("1.44"))
    assert filing.rate == Fraction("0.456")  # 60% online × 76% synchronised; full at 50%
    assert (filing.points, filing.lost_to_factor) == (Fraction("5.472"), Fraction("0.528"))
    assert found.factor(filing) == sync


def test_only_what_is_delivered_can_be_reached(shipped):
    found = index(shipped, observed(**hundred(76)))
    assert [each.indicator.id for each in found.measured] == ["1.4", "2.1", "3.3"]
    assert reached(found.results) == Fraction("4.56") + 19 + Fraction("5.472")
    assert reachable(found.results) == 6 + 20 + 6
    assert found.maximum == 100


def test_petitions_lower_the_satisfaction_and_three_indicators_join(shipped):
    feedback = [
        petition("1", "2025-02-03", "2025-02-24", "2025-02-10", outcome="satisfied"),
        petition("2", "2025-02-03", "2025-02-24", "2025-02-10", outcome="unsatisfied"),
        petition("3", "2025-02-03", "2025-02-24", "2025-02-25", outcome="none"),
        petition("4", "2025-02-20", "2025-03-13", None),
        petition("5", "2025-01-20", "2025-02-20", "2025-02-10", outcome="none"),  # of January
        petition("6", "2025-02-20", "2025-03-13", None, unit=B),
    ]
    found = index(shipped, observed(**hundred(76), feedback=feedback))
    handled = [result(found, identity).rate for identity in ("5.2", "5.3", "5.4")]
    assert handled == [Fraction(5, 6), Fraction(4, 6), Fraction(95 - 5, 100)]
    assert result(found, "5.4").points == 6  # exactly on its threshold
    of_a = index(shipped, observed(**hundred(76), feedback=feedback), A)
    assert result(of_a, "5.4").rate == Fraction(95 - 4, 100)


def test_announced_and_published_are_counted_by_procedure(shipped):
    seen = observed(
        decisions=[decision("1", "2025-02-03", effective="2025-03-01"),
                   decision("2", "2025-02-26", effective="2025-03-01")],
        procedure_changes=[change("1", "P1"), change("1", "P2"), change("2", "P2", "amended")],
        publications=[],
    )  # fmt: skip
    found = index(shipped, seen)
    assert result(found, "1.1").rate == Fraction(1, 2)
    assert result(found, "1.1").points == 3
    assert result(found, "1.2").points == 0  # both due on 10 February, none published


def test_a_province_without_dossiers_and_petitions_has_the_points_of_the_rules(shipped):
    found = index(shipped, observed(dossiers=[], portal_dossiers=[], feedback=[]))
    points = {each.indicator.id: each.points for each in found.measured}
    assert points == {"1.4": 0, "5.2": 6, "5.3": 6, "5.4": 0}
    assert all(each.rate is None for each in found.measured)


def test_a_unit_with_nothing_to_count_has_no_points_instead(shipped):
    seen = observed(**hundred(76), feedback=[petition("1", "2025-02-24", "2025-03-17", None)])
    assert index(shipped, seen, B).measured == ()
    assert result(index(shipped, seen, A), "5.2").points == 6


def test_a_unit_has_only_the_indicators_that_make_sense_for_one(shipped):
    found = index(shipped, observed(**hundred(76)), A)
    assert [each.indicator.id for each in found.results] == [
        "1.1", "1.2", "1.4", "2.1", "3.3", "3.6", "5.2", "5.3", "5.4",
    ]  # fmt: skip
    assert result(found, "1.4").points == Fraction("4.56")


def test_the_list_of_procedures_gives_online_services_and_fees(shipped):
    rows = hundred(76)
    procedures = [
        {"procedure_code": "P1", "name_vi": "1", "online_service": "full", "fee_due": True},
        {"procedure_code": "P2", "name_vi": "2", "online_service": "partial", "fee_due": True},
        {"procedure_code": "P3", "name_vi": "3", "online_service": "none", "fee_due": False},
    ]
    payments = [
        {"transaction_id": f"T{n}", "dossier_code": f"{n:03d}", "paid_at": "2025-02-05",
         "method": "national_portal" if n < 30 else "cash"}
        for n in range(40)
    ]  # fmt: skip
    found = index(shipped, observed(**rows, procedures=procedures, payments=payments))
    rates = {i: result(found, i).rate for i in ("3.1", "3.2", "3.5b", "3.6")}
    half = Fraction(1, 2)
    assert rates == {"3.1": Fraction(2, 3), "3.2": half, "3.5b": half, "3.6": Fraction(3, 10)}
    assert result(found, "3.1").points == 2 * Fraction(2, 3) / Fraction(8, 10)


@pytest.mark.parametrize("lacking", ["online_service", "fee_due"])
def test_a_list_that_does_not_say_what_is_asked_measures_nothing(shipped, lacking):
    procedures = [
        {"procedure_code": "P1", "name_vi": "1", "online_service": "full", "fee_due": True}
    ]
    del procedures[0][lacking]
    found = index(shipped, observed(**hundred(76), procedures=procedures, payments=[]))
    of = {"online_service": ("3.1", "3.2"), "fee_due": ("3.5b", "3.6")}
    for name, identities in of.items():
        for identity in identities:
            measured = result(found, identity).status != "not_measurable"
            assert measured == (name != lacking), identity


def test_a_window_outside_the_data_has_no_results(shipped):
    found = service_index(shipped, observed(dossiers=[]), TO_FEBRUARY, ROOT, is_root=True)
    assert found is not None
    assert found.results == ()


def test_where_no_indicator_is_on_record_there_is_no_index(tmp_path):
    for rows in ([], [GROUP], [GROUP, SYNC.replace("2025-01-01,,t", "2025-03-01,,t")]):
        found = rules(tmp_path, *rows)
        assert service_index(found, observed(), FEBRUARY, ROOT, is_root=True) is None


def test_rules_that_changed_within_the_window_are_named(tmp_path):
    ended = SYNC.replace("2025-01-01,,t", "2025-01-01,2025-02-10,t")
    later = SYNC.replace("2025-01-01,,t", "2025-02-11,,t")
    seen = observed(**hundred(76))
    assert index(rules(tmp_path, GROUP, ended, later), seen).replaced
    assert not index(rules(tmp_path, GROUP, SYNC), seen).replaced


def test_the_order_of_units_and_rows_changes_no_point(shipped):
    rows = hundred(76)
    rows["dossiers"].append(dossier("b", "2025-02-03", unit=B, supplements=0, due="2025-02-03"))
    backwards = Organisation(PROVINCE.units[::-1])
    one = index(shipped, observed(**rows))
    other = index(shipped, observed(backwards, **{name: r[::-1] for name, r in rows.items()}))
    assert one == other
