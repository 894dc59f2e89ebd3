"""From raw exports to the index, as the office runs it: three units, two languages, two forms."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from tests.figures_of_page import figures_of_page

pytestmark = pytest.mark.slow

CANARY = re.compile(r"người nộp giả lập|\b00000\d{5}\b", re.IGNORECASE)
LANGUAGES = ("vi", "en")
MOST_BYTES = {".html": 195_000, ".pdf": 200_000}
SYNTHETIC = {"vi": "Dữ liệu giả lập", "en": "Synthetic data"}


def test_it_says_what_it_made(first_run):
    assert first_run.code == 0, first_run.screen
    assert "6 briefings: 6 executed, 0 rendered, 0 unchanged" in first_run.screen
    assert "index.html" in first_run.screen


def test_every_unit_has_every_file_and_nothing_half_written(office, first_run):
    assert first_run.code == 0, first_run.screen
    for unit in office.units:
        names = sorted(path.name for path in (office.folder / "reports/2025-02" / unit).iterdir())
        assert names == [
            "briefing.en.build.json",
            "briefing.en.html",
            "briefing.en.pdf",
            "briefing.vi.build.json",
            "briefing.vi.html",
            "briefing.vi.pdf",
            "figures.csv",
        ]


def test_no_page_is_heavier_than_a_phone_should_load(office, first_run):
    for path in (office.folder / "reports/2025-02").glob("*/briefing.*"):
        assert path.stat().st_size <= MOST_BYTES.get(path.suffix, path.stat().st_size), path


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_says_that_its_data_are_synthetic(office, first_run, language):
    for unit in office.units:
        page = office.page(unit, language)
        assert f'<html lang="{language}">' in page
        assert page.count("<h1>") == 1
        assert SYNTHETIC[language] in page
        pages = PdfReader(office.file(unit, f"briefing.{language}.pdf")).pages
        assert all(SYNTHETIC[language] in sheet.extract_text() for sheet in pages)


def readable(path: Path) -> str:
    if path.suffix == ".pdf":
        return "\n".join(page.extract_text() for page in PdfReader(path).pages)
    if path.suffix == ".parquet":
        return pd.read_parquet(path).to_csv()
    if path.suffix == ".xlsx":
        return "".join(sheet.to_csv() for sheet in pd.read_excel(path, sheet_name=None).values())
    return path.read_text(encoding="utf-8")


def test_no_applicant_reaches_a_page_a_table_or_the_snapshot(office, first_run):
    raw = (office.folder / "data/raw/2025-02/ho_so.csv").read_text(encoding="utf-8-sig")
    assert CANARY.search(raw)  # it is there to be found
    kept = [*office.folder.glob("reports/**/*.*"), *office.folder.glob("data/snapshots/**/*.*")]
    assert len(kept) > 20
    found = [path for path in kept if path.is_file() and CANARY.search(readable(path))]
    assert found == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_prints_exactly_the_figures_of_its_table(office, figures_of, language):
    for unit in office.units:
        printed = {f.figure: f.value for f in figures_of_page(office.page(unit, language))}
        kept = {name: row["value"] for name, row in figures_of(unit).items()}
        assert printed == {name: float(value) if value else None for name, value in kept.items()}


def test_the_province_is_the_sum_of_all_its_units(figures_of):
    province = figures_of("H23")
    levels = ("level:department", "level:district", "level:commune")
    for column in (3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13):
        parts = [float(province[f"II.06a({column})@2025-02/{level}"]["value"]) for level in levels]
        assert sum(parts) == float(province[f"II.06a({column})@2025-02/H23"]["value"])


def test_a_unit_without_dossiers_has_zeros_and_no_rates(figures_of):
    inspectorate = figures_of("X-TTR")
    assert float(inspectorate["received_in_period@2025-02/X-TTR"]["value"]) == 0
    assert inspectorate["on_time@2025-02/X-TTR"]["status"] == "no_data"
    assert inspectorate["on_time@2025-02/X-TTR"]["value"] == ""


def test_the_index_lists_month_units_and_headline_figures(office, first_run):
    index = (office.folder / "reports/index.html").read_text(encoding="utf-8")
    assert "Tháng 2 năm 2025" in index
    for unit in office.units:
        assert f'href="2025-02/{unit}/briefing.vi.html"' in index
    assert "không có dữ liệu" in index  # the inspectorate's rates
    assert (office.folder / "reports/index.en.html").exists()


def test_the_form_of_all_units_lies_in_the_folder_of_the_month(office, figures_of):
    """Also those that the run did not ask for; its subtotals are those of the province's page."""
    province = figures_of("H23")
    for name, subtotal, total in (
        ("form-II.06a.xlsx", "Cộng mục", "Tổng cộng"),
        ("form-II.06a.en.xlsx", "Subtotal", "Total"),
    ):
        sheets = load_workbook(office.folder / "reports/2025-02" / name)
        assert len(sheets.worksheets) == 4
        for sheet, period in zip(sheets, ("2025-02", "2025-01..2025-02") * 2, strict=True):
            lines = {row[1]: row[2:] for row in sheet.iter_rows(min_row=11, values_only=True)}
            for label, unit in (
                (f"{subtotal} I", "level:department"),
                (f"{subtotal} II", "level:district"),
                (f"{subtotal} III", "level:commune"),
                (total, "H23"),
            ):
                printed = [province[f"II.06a({n})@{period}/{unit}"]["value"] for n in range(3, 14)]
                assert list(lines[label]) == [int(value) for value in printed]
            assert SYNTHETIC["en" if ".en." in name else "vi"] in str(sheet["A6"].value)
        assert sheets.worksheets[0].max_row > 207 + 12 + 17


def test_the_index_leads_to_the_form(office, first_run):
    for page in ("index.html", "index.en.html"):
        index = (office.folder / "reports" / page).read_text(encoding="utf-8")
        for name in ("form-II.06a.xlsx", "form-II.06a.en.xlsx"):
            assert f'href="2025-02/{name}"' in index


def test_a_second_run_makes_nothing_and_a_forced_one_gives_the_same_bytes(office, first_run):
    found = {path: path.read_bytes() for path in office.folder.glob("reports/2025-02/H23/*.*")}
    before = {path: content for path, content in found.items() if path.suffix != ".json"}
    assert len(before) == 5
    form = office.folder / "reports/2025-02/form-II.06a.xlsx"
    made, content = form.stat().st_mtime_ns, form.read_bytes()
    again = office.run("report", "--month", "2025-02", "--unit", "H23")
    assert "2 briefings: 0 executed, 0 rendered, 2 unchanged" in again.screen
    assert {path: path.read_bytes() for path in found} == found
    assert form.stat().st_mtime_ns == made
    forced = office.run("report", "--month", "2025-02", "--unit", "H23", "--force")
    assert "2 briefings: 2 executed, 0 rendered, 0 unchanged" in forced.screen
    assert {path: path.read_bytes() for path in before} == before
    assert form.stat().st_mtime_ns > made
    assert form.read_bytes() == content


def test_the_plan_says_what_is_missing_and_changes_nothing(office, first_run):
    files = set((office.folder / "reports").rglob("*"))
    planned = office.run("plan", "--month", "2025-02", "--unit", "X-TTR,288", "--language", "vi")
    assert planned.code == 0, planned.screen
    assert "2025-02/288/vi" in planned.screen
    assert "never made" in planned.screen
    assert "2 briefings: 1 to execute, 0 to render, 1 unchanged." in planned.screen
    assert "Form II.06a: unchanged." in planned.screen
    assert set((office.folder / "reports").rglob("*")) == files


def test_one_language_and_one_format_make_one_file(office, first_run):
    run = office.run(
        "report", "--month", "2024-12", "--unit", "288", "--language", "en", "--format", "html"
    )
    assert run.code == 0, run.screen
    names = sorted(path.name for path in (office.folder / "reports/2024-12/288").iterdir())
    assert names == ["briefing.en.build.json", "briefing.en.html", "figures.csv"]


def test_a_month_without_data_is_refused_before_anything_is_made(office, first_run):
    run = office.run("report", "--month", "2025-03", "--unit", "288")
    assert run.code == 2
    assert "2024-01 to 2025-02" in run.screen
    assert "Traceback" not in run.screen
    assert not (office.folder / "reports/2025-03").exists()
