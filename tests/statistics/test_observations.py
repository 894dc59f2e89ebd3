"""What is measured, what has no data, and what these data cannot say."""

from __future__ import annotations

import pytest

from briefings.statistics.kpis import load_kpis
from briefings.statistics.observations import Observations
from tests.statistics.tables import (
    FEBRUARY,
    JANUARY,
    ROOT,
    TO_FEBRUARY,
    A,
    B,
    change,
    components,
    decision,
    dossier,
    observe,
    petition,
    publication,
)

MONTH = FEBRUARY.name
BOTH = ("national_db", "provincial")


def from_components(*rows: dict[str, object]) -> Observations:
    """Observations of components written out; every table is delivered."""
    supplied = {kpi.table for kpi in load_kpis().values()}
    return Observations(components(rows), load_kpis().values(), supplied, ROOT)


def processed(unit: str, dated: int, undated: int) -> dict[str, object]:
    """Dossiers processed in February, all of those with a return date early."""
    return {
        "window": MONTH,
        "unit": unit,
        "processed_early": dated,
        "processed_dated": dated,
        "processed_undated": undated,
    }


def test_a_rate_carries_both_of_its_parts_and_is_exact():
    rows = [
        dossier("1", "2025-02-03", due="2025-02-10", finished="2025-02-10"),
        dossier("2", "2025-02-03", due="2025-02-10", finished="2025-02-09"),
        dossier("3", "2025-02-03", due="2025-02-10", finished="2025-02-11"),
    ]
    on_time = observe(dossiers=rows).get("on_time", MONTH, A)
    assert (on_time.numerator, on_time.denominator, on_time.status) == (2, 3, "measured")
    assert on_time.value is not None
    assert on_time.value * 3 == 2


def test_a_count_of_nothing_is_zero_but_a_rate_of_nothing_has_no_data():
    seen = observe(dossiers=[])
    assert (seen.get("received_total", MONTH, A).value) == 0
    assert seen.get("processed_late", MONTH, A).value == 0
    assert seen.get("on_time", MONTH, A).status == "no_data"
    assert seen.get("online_filing", MONTH, A).value is None


def test_a_window_outside_the_data_has_no_data():
    seen = observe(dossiers=[dossier("1", "2025-02-03")])
    outside = seen.get("received_total", "2024-02", A)
    assert (outside.status, outside.value, outside.numerator) == ("no_data", None, None)


def test_a_table_that_is_not_delivered_cannot_be_measured_in_any_window():
    seen = observe(dossiers=[dossier("1", "2025-02-03")])
    for kpi in ("sync", "online_payment", "decisions", "publication_coverage", "feedback_on_time"):
        for window in (MONTH, "2024-02"):
            assert seen.get(kpi, window, A).status == "not_measurable"
            assert seen.get(kpi, window, A).value is None


def test_a_delivered_table_without_rows_is_a_true_zero():
    seen = observe(dossiers=[dossier("1", "2025-02-03")], portal_dossiers=[])
    sync = seen.get("sync", MONTH, A)
    assert (sync.numerator, sync.denominator, sync.status) == (0, 1, "measured")


@pytest.mark.parametrize(
    ("dated", "undated", "status"),
    [(94, 6, "not_measurable"), (95, 5, "measured"), (96, 4, "measured"), (0, 1, "not_measurable")],
)
def test_nineteen_of_twenty_dossiers_need_a_return_date(dated, undated, status):
    seen = from_components(processed(ROOT, dated, undated), processed(A, dated, undated))
    for kpi in ("on_time", "processed_on_time", "processed_late"):
        assert seen.get(kpi, MONTH, A).status == status
    assert seen.get("processed", MONTH, A).value == dated + undated


def test_where_the_province_lacks_an_input_no_unit_is_judged_on_chance_rows():
    seen = from_components(processed(ROOT, 5, 95), processed(A, 5, 0), processed(B, 0, 95))
    assert seen.get("on_time", MONTH, A).status == "not_measurable"


def test_where_one_unit_lacks_an_input_the_others_are_still_measured():
    seen = from_components(processed(ROOT, 995, 5), processed(A, 995, 0), processed(B, 0, 5))
    assert seen.get("on_time", MONTH, A).status == "measured"
    assert seen.get("on_time", MONTH, B).status == "not_measurable"
    assert seen.get("on_time", MONTH, ROOT).value == 1


def test_each_window_is_judged_by_itself():
    rows = [dossier("1", "2025-01-06", finished="2025-01-10")]
    rows += [dossier("2", "2025-02-03", due="2025-02-10", finished="2025-02-10")]
    seen = observe(FEBRUARY, JANUARY, TO_FEBRUARY, dossiers=rows)
    assert seen.get("on_time", FEBRUARY.name, A).value == 1
    assert seen.get("on_time", JANUARY.name, A).status == "not_measurable"
    assert seen.get("on_time", TO_FEBRUARY.name, A).status == "not_measurable"


def test_the_total_divides_the_sums_and_is_no_mean_of_percentages():
    rows = [dossier("a", "2025-02-03", due="2025-02-10", finished="2025-02-11")]  # A: 0 of 1
    rows += [
        dossier(f"b{number}", "2025-02-03", due="2025-02-10", finished="2025-02-10", unit=B)
        for number in range(3)  # B: 3 of 3
    ]
    seen = observe(dossiers=rows)
    total = seen.get("on_time", MONTH, ROOT)
    assert (total.numerator, total.denominator) == (3, 4)


def test_sync_counts_unknown_channels_and_online_filing_does_not():
    rows = [dossier(f"{number}", "2025-02-03") for number in range(19)]
    rows.append(dossier("19", "2025-02-03", channel=None))
    seen = observe(dossiers=rows, portal_dossiers=[])
    assert seen.get("sync", MONTH, A).denominator == 20
    assert seen.get("received_in_period", MONTH, A).value == 20
    filing = seen.get("online_filing", MONTH, A)
    assert (filing.numerator, filing.denominator) == (19, 19)


@pytest.mark.slow
def test_without_a_calendar_nobody_says_what_was_published_in_time():
    """The deadline is unknown: 0% in time, or 100% of the few published, would be made up."""
    seen = observe(
        calendar=None,
        dossiers=[],
        decisions=[decision("1", "2025-02-03")],
        procedure_changes=[change("1", "P1"), change("1", "P2")],
        publications=[publication("1", "P1", "2025-02-04", system) for system in BOTH],
    )
    assert seen.get("publication_on_time", MONTH, A).status == "not_measurable"
    assert seen.get("publication_coverage", MONTH, A).status == "not_measurable"


def test_petitions_without_a_due_date_are_not_late():
    """Two answered petitions that carry no due date: 0% answered on time would be made up."""
    seen = observe(
        feedback=[
            petition("1", "2025-02-03", None, "2025-02-04"),
            petition("2", "2025-02-03", None, "2025-02-05"),
        ]
    )
    assert seen.get("feedback_on_time", MONTH, A).value is None


def test_the_table_holds_every_window_unit_and_measure_once():
    seen = observe(dossiers=[dossier("1", "2025-02-03")])
    table = seen.table()
    assert len(table) == 3 * len(load_kpis())
    assert not table.duplicated(["window", "unit", "kpi"]).any()
    row = table.set_index(["unit", "kpi"]).loc[("A", "received_total")]
    assert (row["numerator"], row["value"], row["status"]) == (1, 1.0, "measured")
    missing = table.set_index(["unit", "kpi"]).loc[("A", "sync")]
    assert missing[["numerator", "denominator", "value"]].isna().all()
