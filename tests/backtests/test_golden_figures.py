"""The demonstration, from its raw exports, against every figure that was published for it."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from briefings.gathering.counted import Counted, open_month
from briefings.intake.consistency import check_consistency
from briefings.intake.snapshot import Snapshot
from briefings.intake.take_in import take_in
from briefings.periods import Month
from briefings.project import REPOSITORY, load_project
from briefings.statistics.published import compare

PUBLISHED = REPOSITORY / "data" / "reference" / "published.csv"
TO_DATE = "2025-01..2025-02"
VERDICTS = {"equal": "exact", "rounded": "within_rounding", "between": "within_bounds"}
# The demonstration makes one row of each kind faulty in each of its 14 months.
FAULTS = (
    "dossiers: empty cell",
    "dossiers: finished before received",
    "dossiers: repeats an earlier row",
    "dossiers: unknown unit",
    "dossiers: value outside the code list",
    "payments: number outside 0 to 999999999999999",
)
# What was printed, and what follows from it (pending, late): none of it may stand in the code.
TELLING = ("143269", "127110", "126920", "16159", "57.1", "0.571", "0.76")


@pytest.fixture(scope="session")
def snapshot(full_office) -> Snapshot:
    project = load_project(full_office.folder / "briefings.toml")
    taken = take_in(project)
    check_consistency(taken)
    return taken


@pytest.fixture(scope="session")
def province(full_office, snapshot: Snapshot) -> Counted:
    return open_month(load_project(full_office.folder / "briefings.toml"), Month(2025, 2))


@pytest.mark.slow
def test_every_published_figure_is_reached_as_it_was_printed(province: Counted):
    rows = pd.read_csv(PUBLISHED, dtype="str")
    found = compare(
        province.project.published,
        province.observations,
        province.regime,
        province.month,
        "H23",
    )
    assert len(found) == len(rows) == 10
    for row, comparison in zip(rows.itertuples(), found, strict=True):
        assert comparison.published.kpi == row.kpi
        assert comparison.verdict == VERDICTS[row.relation], (row.id, comparison.computed)


@pytest.mark.slow
def test_what_follows_from_the_published_figures(province: Counted):
    def value(kpi: str) -> object:
        return province.observations.get(kpi, TO_DATE, "H23").value

    assert value("pending") == 143_269 - 127_110 == 16_159
    assert value("processed_late") == 127_110 - 126_920 == 190
    assert value("received_total") == value("received_in_period") + value("carried_over")


@pytest.mark.slow
def test_the_year_to_date_begins_where_the_last_year_ended(province: Counted):
    seen = province.observations
    january, february = (seen.get("carried_over", month, "H23") for month in ("2025-01", "2025-02"))
    assert january.value == seen.get("carried_over", TO_DATE, "H23").value
    assert january.value == seen.get("pending", "2024-12", "H23").value
    assert february.value == seen.get("pending", "2025-01", "H23").value
    months = [seen.get("processed", month, "H23").value for month in ("2025-01", "2025-02")]
    assert sum(months) == 127_110  # type: ignore[arg-type]


@pytest.mark.slow
def test_units_add_up_to_the_province_in_every_window(province: Counted):
    table = province.observations.table()
    counts = table[table["denominator"].isna() & (table["status"] == "measured")]
    wide = counts.pivot_table(
        index=["window", "kpi"], columns="unit", values="numerator", aggfunc="sum"
    ).fillna(0)
    gap = wide["H23"] - wide.drop(columns="H23").sum(axis=1)
    judged = ["processed_on_time", "processed_late", "pending_overdue"]  # some units cannot say
    assert (gap.drop(index=judged, level="kpi") == 0).all()


@pytest.mark.slow
def test_rows_set_aside_are_those_made_faulty_on_purpose(snapshot: Snapshot):
    for row in snapshot.intake:
        assert row.read == row.used + row.quarantined
        assert sum(row.reasons.values()) == row.quarantined
    reasons: Counter[str] = Counter()
    for row in snapshot.intake:
        reasons.update({f"{row.table}: {reason}": n for reason, n in row.reasons.items()})
    assert dict(reasons) == dict.fromkeys(FAULTS, len(snapshot.months))
    assert sum(row.quarantined for row in snapshot.intake) == 84


@pytest.mark.parametrize("number", TELLING)
def test_no_code_but_the_demonstration_knows_a_published_number(number: str):
    digits = [re.escape(digit) for digit in number]
    written = re.compile(r"(?<![\d.])" + r"[\s_.,'’ ]?".join(digits) + r"(?!\d)")
    package = REPOSITORY / "src" / "briefings"
    files = [
        *package.rglob("*.py"),
        *(REPOSITORY / "templates").rglob("*.*"),
        *(REPOSITORY / "notebooks").glob("*.ipynb"),
    ]
    knowing = [
        file.relative_to(REPOSITORY).as_posix()
        for file in files
        if Path("demo") not in file.relative_to(REPOSITORY).parents
        and package / "demo" not in file.parents
        and file.suffix in {".py", ".j2", ".yaml", ".typ", ".css", ".ipynb", ".html"}
        and written.search(file.read_text(encoding="utf-8"))
    ]
    assert knowing == []
