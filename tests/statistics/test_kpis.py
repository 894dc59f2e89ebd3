"""The registry of measures against the components that exist."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefings.errors import SettingsError
from briefings.facts import comparison, facts
from briefings.facts.kpi import Kpi
from briefings.intake.contracts import CONTRACTS
from briefings.statistics.form import COMPONENTS as OF_THE_FORM
from briefings.statistics.index_components import count_index_components
from briefings.statistics.kpis import INDEX_MEASURES, REGISTRY, index_kpis, load_kpis
from tests.statistics.tables import CALENDAR, FEBRUARY, PROVINCE, components, tables_of

KPIS = list(index_kpis().values())
COMPONENTS = {
    *components([]).columns,
    *count_index_components(tables_of(), FEBRUARY, PROVINCE, CALENDAR).columns,
}

every_kpi = pytest.mark.parametrize("kpi", KPIS, ids=lambda kpi: kpi.id)


@every_kpi
def test_a_measure_is_made_of_components_that_exist(kpi: Kpi):
    parts = {*kpi.numerator, *kpi.denominator, *kpi.known, *kpi.known_of}
    assert parts <= COMPONENTS
    for part in (kpi.numerator, kpi.denominator, kpi.known, kpi.known_of):
        assert len(part) == len(set(part)), "a component named twice would count twice"


@every_kpi
def test_a_measure_is_written_in_both_languages(kpi: Kpi):
    for texts in (kpi.names, kpi.short_names, kpi.definitions, kpi.sources):
        assert set(texts) == {"vi", "en"}
        assert all(text.strip() for text in texts.values())


@every_kpi
def test_a_rate_divides_and_a_count_does_not(kpi: Kpi):
    assert (kpi.kind == "rate") == bool(kpi.denominator) == (kpi.unit_of_measure == "percent")
    assert bool(kpi.known) == bool(kpi.known_of)
    assert kpi.table in CONTRACTS


def test_whether_the_past_is_final_is_on_record_for_every_rate_of_the_scorecard():
    """So that no pace is said of a measure of which nobody thought that through."""
    past = {kpi.id: kpi.past for kpi in load_kpis().values()}
    for kpi in load_kpis().values():
        assert (kpi.past is not None) == (kpi.kind == "rate")
    assert {kpi for kpi, found in past.items() if found == "mendable"} == {
        "sync", "publication_coverage",
    }  # fmt: skip
    assert (past["index_on_time"], past["overdue_share"]) == ("can_worsen", "stock")


def test_names_and_ids_are_unique():
    for language in ("vi", "en"):
        for texts in ("names", "definitions"):
            found = [getattr(kpi, texts)[language] for kpi in KPIS]
            assert len(found) == len(set(found))
    assert len(KPIS) == len(load_kpis()) + len(load_kpis(INDEX_MEASURES))


def test_no_scorecard_shows_a_measure_of_the_index():
    assert not any(kpi.scorecard for kpi in load_kpis(INDEX_MEASURES).values())


def test_the_form_and_the_sections_name_measures_and_components_that_exist():
    known = {kpi.id for kpi in KPIS}
    assert {*comparison.COUNTS, *comparison.RATES, *facts.VOLUMES, *facts.RATES} <= known
    for names, kpi in OF_THE_FORM.values():
        assert kpi in known
        assert set(names) <= COMPONENTS


def registry(tmp_path: Path, old: str, new: str) -> Path:
    text = REGISTRY.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file = tmp_path / "kpis.csv"
    file.write_text(text.replace(old, new), encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("\noverdue_share,", "\non_time,", "row 16, id: 'on_time'"),
        ("\ncarried_over,count", "\ncarried_over,stock", "kind: 'stock'"),
        ("received_synced,", "received synced,", "numerator: 'received synced'"),
    ],
)
def test_a_faulty_registry_is_refused_by_its_cell(tmp_path, old, new, fault):
    with pytest.raises(SettingsError, match=fault):
        load_kpis(registry(tmp_path, old, new))
