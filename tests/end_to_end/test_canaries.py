"""Personal data stop at the door: made-up persons in every column reach nothing that is kept.

The persons stand in all files of a small demonstration (CSV, XLSX, Parquet): as cells of every
column, mapped or not, of the right kind or not, as headings, inside sentences. Codes that are
data by contract are no exception: a code that is a person is quarantined, its value masked.
"""

from __future__ import annotations

import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from briefings.commands.prepare import prepare
from briefings.commands.request import parse_request
from briefings.exploration import explore
from briefings.press.build import build
from briefings.project import load_project
from tests import canaries
from tests.conftest import Office, Run, copy_of_project

pytestmark = pytest.mark.slow

MONTH = "2025-02"
# So many rows are in quarantine that nothing could be published.
NO_GATES = """
[gates]
quarantined_share = 1
unknown_unit_share = 1
future_share = 1
missing_unit_months = 120
"""
LEAKY = """
from pathlib import Path
seen = [f.read_text(encoding="utf-8") for f in Path().rglob("*") if f.is_file() and f.suffix]
print(seen)
raise ValueError(str(seen))
""".strip()


@pytest.fixture(scope="module")
def infested(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """A small demonstration with persons everywhere."""
    office = copy_of_project(tmp_path_factory.mktemp("infested"), smaller_by=200)
    for month in (office.folder / "data" / "raw").iterdir():
        if month.name < "2024-11":
            shutil.rmtree(month)
    assert canaries.plant(office.folder / "data" / "raw") > 300
    with (office.folder / "briefings.toml").open("a", encoding="utf-8") as settings:
        settings.write(NO_GATES)
    return office


@pytest.fixture(scope="module")
def runs(infested: Office) -> list[Run]:
    """The intake, the plan and the report, and runs that end with an error about the data."""
    units = "H23,X-STNMT"
    done = [
        infested.run("intake"),
        infested.run("plan", "--month", MONTH, "--unit", units),
        infested.run("report", "--month", MONTH, "--unit", units),
        infested.run("report", "--month", MONTH, "--unit", "accountability", "--language", "vi"),
        infested.run("quarantine", "--month", MONTH),
        infested.run("quarantine", "--out", "rows.xlsx"),
        infested.run("quarantine", "--out", "rows.csv"),
        infested.run("gates", "--month", MONTH),
    ]
    again = infested.folder / "data" / "raw" / MONTH / "ho_so.csv"
    text = again.read_text(encoding="utf-8-sig")
    again.write_text(text.replace("Trực tuyến", "Trực tiếp"), encoding="utf-8-sig")
    done += [infested.run("intake"), infested.run("changes")]
    assert {run.code for run in done} == {0}, [run.screen for run in done if run.code]
    return done


def left_of(office: Office, name: str) -> list[str]:
    return canaries.traces(office.folder / name)


def test_the_search_finds_what_is_there(infested: Office, tmp_path: Path) -> None:
    raw = infested.folder / "data" / "raw"
    found = canaries.traces(raw)
    for file in (f for f in raw.rglob("*") if f.suffix in (".csv", ".xlsx", ".parquet")):
        for canary in ("bíchkz", "7650321", "185077713", "canary.kz", canaries.TOKEN):
            about = [each for each in found if each.startswith(str(file.relative_to(raw)))]
            assert about, file
            assert canary == "7650321" or any(canary in each for each in about), (file, canary)
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("a", "Trần Thị Bíchkz")
    assert canaries.traces(tmp_path)


def test_nothing_of_them_is_in_the_snapshots(infested: Office, runs: list[Run]) -> None:
    assert list((infested.folder / "data" / "snapshots").rglob("*.parquet"))
    assert left_of(infested, "data/snapshots") == []


def test_nothing_of_them_is_in_reports_figures_forms_and_records(
    infested: Office, runs: list[Run]
) -> None:
    reports = infested.folder / "reports"
    kinds = {file.suffix for file in reports.rglob("*")}
    assert {".html", ".pdf", ".csv", ".xlsx", ".json"} <= kinds
    assert left_of(infested, "reports") == []


def test_nothing_of_them_is_in_facts_caches_and_whatever_else_is_written(
    infested: Office, runs: list[Run], tmp_path: Path
) -> None:
    copy = tmp_path / "all"
    shutil.copytree(infested.folder, copy, ignore=shutil.ignore_patterns("raw"))
    assert list((copy / "data" / "cache").rglob("*.json"))
    assert {"rows.xlsx", "rows.csv"} <= {file.name for file in copy.iterdir()}
    assert canaries.traces(copy) == []


def test_nothing_of_them_is_on_the_screen(runs: list[Run]) -> None:
    assert [canaries.found_in(run.screen) for run in runs] == [[]] * len(runs)


def test_every_row_is_accounted_for_and_the_columns_of_persons_are_named(
    infested: Office, runs: list[Run]
) -> None:
    for file in (infested.folder / "data" / "snapshots").rglob("manifest.json"):
        for row in pd.read_json(file, typ="series", dtype=False)["intake"]:
            assert row["read"] == row["used"] + row["quarantined"]
            assert "Ghi chú" in row["dropped_personal_columns"]
            if row["table"] == "dossiers":
                assert {"Người nộp", "Số điện thoại"} <= set(row["dropped_personal_columns"])
                assert row["reasons"]["looks like personal data"] == 8  # two codes, four persons


def test_texts_are_kept_without_the_persons_in_them(infested: Office, runs: list[Run]) -> None:
    files = list((infested.folder / "data" / "snapshots").rglob("decisions.parquet"))
    assert files
    for file in files:
        titles = pd.read_parquet(file)["title"]
        assert (titles == canaries.IN_TEXT.format("[…]")).sum() == 2
        assert (titles == "[…]").sum() == 2


def test_a_notebook_that_fails_shows_nothing_of_them(
    infested: Office, runs: list[Run], tmp_path: Path
) -> None:
    project = load_project(infested.folder / "briefings.toml")
    (job,) = prepare(parse_request(project, MONTH, "H23", "vi", "html"), 1).jobs
    cells = [
        new_code_cell('month = ""\nunit = ""\nlanguage = ""', metadata={"tags": ["parameters"]}),
        new_code_cell(LEAKY),
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    leaky = new_notebook(cells=cells, metadata={"kernelspec": kernel})
    nbformat.write(leaky, tmp_path / "leaky.ipynb")
    broken = replace(job, notebook=tmp_path / "leaky.ipynb", folder=tmp_path / "reports")
    (outcome,) = build([broken], workers=1, cache=tmp_path / "cache")
    assert outcome.error is not None
    evidence = (tmp_path / "reports" / "briefing.vi.failed.ipynb").read_text(encoding="utf-8")
    assert len(evidence) > 10_000  # the facts are in it
    assert canaries.found_in(str(outcome.error)) == []
    assert canaries.traces(tmp_path) == []


def test_statisticians_see_nothing_of_them(infested: Office, runs: list[Run]) -> None:
    project = load_project(infested.folder / "briefings.toml")
    seen = explore(MONTH, "H23", "vi", project)
    tables = [seen.received(), seen.overdue(), seen.unsynchronised()]
    assert [canaries.found_in(table.to_csv()) for table in tables] == [[], [], []]
