"""A measure and its target in each window that a briefing shows."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefings.facts.facts import RATES, VOLUMES, windows_of
from briefings.periods import Month, Regime
from briefings.statistics.kpis import load_kpis
from briefings.statistics.scores import scores_of
from briefings.statistics.targets import Targets
from tests.statistics.tables import (
    DEPARTMENT_A,
    FEBRUARY,
    JANUARY,
    TO_FEBRUARY,
    Row,
    dossier,
    observe,
)


@pytest.mark.parametrize(
    ("month", "names"),
    [
        (Month(2025, 2), ["2025-02", "2025-01..2025-02", "2025-01", "2024-02"]),
        (Month(2025, 1), ["2025-01", "2025-01..2025-01", "2024-12", "2024-01"]),
        (Month(2024, 12), ["2024-12", "2024-01..2024-12", "2024-11", "2023-12"]),
    ],
)
def test_a_scorecard_reads_the_month_the_year_and_two_months_to_compare(month, names):
    assert [window.name for window in windows_of(Regime(), month)] == names


def test_each_period_of_a_row_is_its_own(tmp_path: Path):
    def late(code: str, finished: str) -> Row:
        return dossier(code, "2024-01-02", due="2024-01-31", finished=finished)

    rows = [late("last year", "2024-02-29")]
    rows += [late(f"jan{n}", "2025-01-31") for n in range(2)]
    rows += [late(f"feb{n}", "2025-02-01") for n in range(4)]
    file = tmp_path / "targets.csv"
    file.write_text(
        "kpi,scope,value,unit_of_measure,denominator,direction,legal_source,valid_from,valid_to,"
        "verified\nprocessed_late,all,5,dossiers,,lower,Law,2025-02-01,2025-02-28,true\n",
        encoding="utf-8",
    )
    kpis, compared = load_kpis(), windows_of(Regime(), Month(2025, 2))
    seen = observe(*compared, dossiers=rows)
    scores = scores_of(
        seen, Targets(file), kpis.values(), DEPARTMENT_A, compared=compared, charted=[FEBRUARY]
    )
    late = {s.observation.window: s for s in scores if s.observation.kpi == "processed_late"}
    assert [(window, score.observation.value) for window, score in late.items()] == [
        ("2025-02", 4),
        ("2025-01..2025-02", 6),
        ("2025-01", 2),
        ("2024-02", 1),
    ]
    assert (late["2025-02"].status, late["2025-02"].variance) == ("met", -1)
    assert (late[TO_FEBRUARY.name].status, late[TO_FEBRUARY.name].variance) == ("missed", 1)
    assert {score.observation.kpi for score in scores} == set(kpis)


def test_charted_measures_are_scored_in_every_month_of_the_charts():
    months = [JANUARY, FEBRUARY]
    seen = observe(*months, dossiers=[])
    scores = scores_of(seen, Targets(None), [], DEPARTMENT_A, compared=[], charted=months)
    charted = {(score.observation.kpi, score.observation.window) for score in scores}
    assert charted == {(kpi, month.name) for kpi in (*VOLUMES, *RATES) for month in months}


def test_periods_are_named_by_their_own_window():
    seen = observe(FEBRUARY, TO_FEBRUARY, dossiers=[])
    assert seen.get("processed", FEBRUARY.name, "A").window == "2025-02"
