"""A measure and its target in each window that a briefing shows."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from briefings.facts.facts import RATES, VOLUMES, windows_of
from briefings.facts.score import Score
from briefings.periods import Month, Regime, Window
from briefings.statistics.kpis import load_kpis
from briefings.statistics.scores import score, scores_of
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


HEADINGS = (
    "kpi,scope,value,unit_of_measure,denominator,direction,legal_source,valid_from,valid_to,"
    "verified\n"
)


def on_time(folder: Path, window: Window, *targets: str, right: int = 9) -> Score:
    """Nine of ten dossiers on time, whatever the window, against rows `value,from,to`."""
    rows = [
        dossier(str(n), window.start.isoformat(), due=due, finished=window.end.isoformat())
        for n in range(10)
        for due in [(window.end if n < right else window.start).isoformat()]
    ]
    file = folder / "targets.csv"
    lines = [
        f"on_time,all,{value},share,,higher,Law {value},{days},true\n"
        for value, days in (row.split(",", 1) for row in targets)
    ]
    file.write_text(HEADINGS + "".join(lines), encoding="utf-8")
    seen = observe(window, dossiers=rows)
    return score(seen, Targets(file, ()), "on_time", window, DEPARTMENT_A)


def test_each_period_of_a_row_is_its_own(tmp_path: Path):
    def row(code: str, finished: str, due: str) -> Row:
        return dossier(code, "2024-01-02", due=due, finished=finished)

    rows = [row("last year", "2024-02-29", "2024-02-28")]
    rows += [row(f"jan{n}", "2025-01-31", "2025-01-30") for n in range(2)]
    rows += [row(f"feb{n}", "2025-02-01", "2025-02-01") for n in range(4)]
    file = tmp_path / "targets.csv"
    file.write_text(
        f"{HEADINGS}on_time,all,0.9,share,,higher,Law,2025-01-15,2025-02-28,true\n",
        encoding="utf-8",
    )
    kpis, compared = load_kpis(), windows_of(Regime(), Month(2025, 2))
    seen = observe(*compared, dossiers=rows)
    scores = scores_of(
        seen, Targets(file, ()), kpis.values(), DEPARTMENT_A, compared=compared, charted=[FEBRUARY]
    )
    on_time = {s.observation.window: s for s in scores if s.observation.kpi == "on_time"}
    assert [
        (window, score.observation.numerator, score.observation.denominator, score.status)
        for window, score in on_time.items()
    ] == [
        ("2025-02", 4, 4, "met"),
        ("2025-01..2025-02", 4, 6, "missed"),
        ("2025-01", 0, 2, "missed"),
        ("2024-02", 0, 1, "no_target"),
    ]
    assert {score.observation.kpi for score in scores} == set(kpis)


def test_a_target_that_comes_back_does_not_hide_that_it_was_there_before(tmp_path: Path):
    year = Regime().year_to_date(Month(2025, 8))
    found = on_time(
        tmp_path,
        year,
        "0.95,2025-01-01,2025-03-31",
        "0.90,2025-04-01,2025-06-30",
        "0.95,2025-07-01,",
    )
    assert [(each.target.value, str(each.since), str(each.until)) for each in found.earlier] == [
        (Fraction(95, 100), "2025-01-01", "2025-03-31"),
        (Fraction(90, 100), "2025-04-01", "2025-06-30"),
    ]
    assert (found.target.value, str(found.since)) == (Fraction(95, 100), "2025-07-01")


def test_a_target_that_has_ended_is_an_earlier_one(tmp_path: Path):
    found = on_time(tmp_path, FEBRUARY, "0.95,2025-01-01,2025-02-27")
    assert (found.target, found.status) == (None, "no_target")
    assert [str(each.until) for each in found.earlier] == ["2025-02-27"]


@pytest.mark.parametrize(
    ("valid_from", "since", "status"),
    [
        ("2025-01-31", None, "missed"),
        ("2025-02-01", None, "missed"),
        ("2025-02-02", "2025-02-02", "missed"),
        ("2025-02-15", "2025-02-15", "missed"),  # 14 of 28 days
        ("2025-02-16", "2025-02-16", "partial"),
    ],
)
def test_a_window_is_judged_by_a_target_that_held_on_half_of_its_days(
    tmp_path, valid_from, since, status
):
    found = on_time(tmp_path, FEBRUARY, f"0.95,{valid_from},")
    assert (found.since and str(found.since), found.status) == (since, status)


@pytest.mark.slow
def test_a_year_cut_by_the_15th_is_judged_by_its_target_once_more_than_half_of_it_is(tmp_path):
    """Legal January holds 17 days of December, and the year to date of February still does."""
    legal = Regime("legal_month")
    january, february = (legal.year_to_date(Month(2025, n)) for n in (1, 2))
    found = [on_time(tmp_path, w, "0.95,2025-01-01,2025-12-31") for w in (january, february)]
    assert [score.status for score in found] == ["partial", "missed"]
    assert {str(score.since) for score in found} == {"2025-01-01"}
    assert {str(score.until) for score in found} == {"2025-12-31"}


def test_charted_measures_are_scored_in_every_month_of_the_charts():
    months = [JANUARY, FEBRUARY]
    seen = observe(*months, dossiers=[])
    scores = scores_of(seen, Targets(None, ()), [], DEPARTMENT_A, compared=[], charted=months)
    charted = {(score.observation.kpi, score.observation.window) for score in scores}
    assert charted == {(kpi, month.name) for kpi in (*VOLUMES, *RATES) for month in months}


def test_periods_are_named_by_their_own_window():
    seen = observe(FEBRUARY, TO_FEBRUARY, dossiers=[])
    assert seen.get("processed", FEBRUARY.name, "A").window == "2025-02"
