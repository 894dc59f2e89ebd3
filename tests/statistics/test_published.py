"""A published figure is matched as it was printed; nothing is bent to fit."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from briefings.errors import SettingsError
from briefings.facts.observation import Observation
from briefings.facts.published import Comparison, Published
from briefings.periods import Month, Regime
from briefings.statistics.published import compare
from tests.statistics.tables import ROOT, TO_FEBRUARY, dossier, observe


def verdict(relation: str, printed: str, computed: Fraction, decimals: int = 3, upper: str = ""):
    published = Published(
        "sync", relation, Fraction(printed), Fraction(upper) if upper else None, decimals, "Press"
    )  # type: ignore[arg-type]
    observation = Observation(
        "sync", "w", ROOT, "percent", computed.numerator, computed.denominator, "measured"
    )
    return Comparison(published, observation).verdict


TINY = Fraction(1, 10**12)


@pytest.mark.parametrize(
    ("computed", "expected"),
    [
        (Fraction("0.571"), "exact"),
        (Fraction("0.5705") - TINY, "differs"),
        (Fraction("0.5705"), "within_rounding"),  # half up
        (Fraction("0.5715") - TINY, "within_rounding"),
        (Fraction("0.5715"), "differs"),  # would print as 57.2%
    ],
)
def test_a_rounded_figure_allows_for_half_up_and_no_more(computed, expected):
    assert verdict("rounded", "0.571", computed) == expected


@pytest.mark.parametrize(
    ("computed", "expected"),
    [
        (Fraction("0.76"), "differs"),
        (Fraction("0.76") + TINY, "within_bounds"),
        (Fraction("0.77") - TINY, "within_bounds"),
        (Fraction("0.77"), "differs"),
    ],
)
def test_over_a_bound_excludes_both_bounds(computed, expected):
    assert verdict("between", "0.76", computed, upper="0.77") == expected


@pytest.mark.parametrize("step", [-1, 1])
def test_a_count_is_exact_or_differs(step):
    assert verdict("equal", "143269", Fraction(143_269), decimals=0) == "exact"
    assert verdict("equal", "143269", Fraction(143_269 + step), decimals=0) == "differs"
    assert verdict("equal", "1.0", Fraction(9_999_999, 10_000_000), decimals=2) == "differs"


def test_no_value_is_no_agreement():
    published = Published("sync", "between", Fraction("0.76"), Fraction("0.77"), 2, "Press")
    for status in ("no_data", "not_measurable"):
        missing = Observation("sync", "w", ROOT, "percent", None, None, status)
        assert Comparison(published, missing).verdict == "not_computed"


HEADINGS = "id,period_from,period_to,unit,kpi,relation,value,upper,decimals,source,note"
ROWS = [
    dossier("1", "2025-01-05", finished="2025-01-06"),
    dossier("2", "2025-02-05", finished="2025-02-06"),
]


def published_file(tmp_path: Path, *rows: str) -> Path:
    file = tmp_path / "published.csv"
    file.write_text("\n".join([HEADINGS, *rows]), encoding="utf-8")
    return file


@pytest.mark.slow
def test_only_figures_of_this_unit_and_of_january_to_this_month_are_compared(tmp_path):
    file = published_file(
        tmp_path,
        "mine,2025-01,2025-02,R,processed,equal,2,,0,Press,",
        "shorter,2025-02,2025-02,R,processed,equal,1,,0,Press,",
        "earlier,2025-01,2025-01,R,processed,equal,1,,0,Press,",
        "year before,2024-01,2024-02,R,processed,equal,1,,0,Press,",
        "of a unit,2025-01,2025-02,A,processed,equal,2,,0,Press,",
    )
    (found,) = compare(file, observe(TO_FEBRUARY, dossiers=ROWS), Regime(), Month(2025, 2), ROOT)
    assert (found.computed.value, found.verdict) == (2, "exact")
    assert found.computed.window == "2025-01..2025-02"


@pytest.mark.slow
def test_a_figure_of_calendar_months_is_not_judged_by_months_that_begin_on_the_15th(tmp_path):
    """Nobody who published `the first two months` meant 15 December to 14 February."""
    file = published_file(tmp_path, "mine,2025-01,2025-02,R,processed,equal,1,,0,Press,")
    legal = Regime("legal_month")
    window = legal.year_to_date(Month(2025, 2))
    seen = observe(window, dossiers=ROWS)
    (found,) = compare(file, seen, legal, Month(2025, 2), ROOT)
    assert (found.computed.value, found.verdict) == (2, "scope_change")
    quarters = Regime(kind="quarter")
    (found,) = compare(file, observe(TO_FEBRUARY, dossiers=ROWS), quarters, Month(2025, 2), ROOT)
    assert found.verdict == "differs"


def test_a_project_without_published_figures_compares_nothing():
    assert compare(None, observe(TO_FEBRUARY, dossiers=ROWS), Regime(), Month(2025, 2), ROOT) == ()


@pytest.mark.parametrize("value", ["143.269,0", "76%", "", "-1"])
def test_a_figure_that_is_no_plain_number_is_refused(tmp_path, value):
    file = published_file(tmp_path, f'x,2025-01,2025-02,R,sync,equal,"{value}",,0,Press,')
    with pytest.raises(SettingsError, match="row 2, value"):
        compare(file, observe(TO_FEBRUARY, dossiers=ROWS), Regime(), Month(2025, 2), ROOT)
