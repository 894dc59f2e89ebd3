"""An office full of hostile texts: every page prints them as they are and does nothing else."""

from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import lxml.html
import openpyxl
import pypdf
import pytest
from playwright.sync_api import Page

from briefings.escaping import clean
from tests import hostile
from tests.conftest import Office, Run

pytestmark = pytest.mark.slow

MONTH = "2025-02"
TEXTS = (*hostile.MARKUP, *hostile.FORMULAS, *hostile.INVISIBLE)
# Pages on which all of them stand; elsewhere only names of units do.
FULL = tuple(f"{unit}/briefing.{language}" for unit in ("T1", "D1") for language in ("vi", "en"))
PAGES = (*(f"{MONTH}/{name}.html" for name in FULL), "index.html", "index.en.html")
ALIVE = ("script", "img", "iframe", "object", "embed", "link", "base", "form", "input")
COMMANDS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200b-\u200f]")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    folder = tmp_path_factory.mktemp("hostile")
    hostile.office(folder)
    return Office(folder)


@pytest.fixture(scope="module", autouse=True)
def run(office: Office) -> Run:
    """One unit's briefing, the province's and the index, in both languages and formats."""
    done = office.run("report", "--month", MONTH, "--unit", "T1,D1")
    assert done.code == 0, done.screen
    return done


def squeezed(text: str) -> str:
    """Up to layout, and without what no page may hold."""
    return "".join(clean(text).split())


def reports(office: Office, pattern: str) -> Iterator[Path]:
    found = sorted((office.folder / "reports").rglob(pattern))
    assert found
    return iter(found)


def test_no_row_is_lost(office: Office) -> None:
    for file in (office.folder / "snapshots").rglob("quarantine.csv"):
        assert len(file.read_text(encoding="utf-8").splitlines()) == 1, file


def test_a_parser_finds_text_and_nothing_that_acts(office: Office) -> None:
    for file in reports(office, "*.html"):
        tree = lxml.html.fromstring(file.read_bytes())
        elements = [each for each in tree.iter() if isinstance(each.tag, str)]
        assert [each.tag for each in elements if each.tag in ALIVE] == []
        assert [name for each in elements for name in each.attrib if name.startswith("on")] == []
        addresses = [each.get("href", "") for each in tree.iter("a")]
        assert [text for text in addresses if ":" in text] == []


@pytest.mark.parametrize("name", FULL)
def test_every_text_stands_on_the_page_letter_by_letter(office: Office, name: str) -> None:
    tree = lxml.html.fromstring((office.folder / f"reports/{MONTH}/{name}.html").read_bytes())
    text = squeezed(tree.text_content())
    assert [each for each in (*TEXTS, hostile.HELD["signs"]) if squeezed(each) not in text] == []


@pytest.mark.parametrize("name", FULL)
def test_every_text_stands_in_the_pdf_letter_by_letter(office: Office, name: str) -> None:
    pages = pypdf.PdfReader(office.folder / f"reports/{MONTH}/{name}.pdf").pages
    text = squeezed("".join(page.extract_text() for page in pages))
    assert [each for each in TEXTS if squeezed(each) not in text] == []
    assert "[U+6F22][U+5B57]" in text  # what no font of ours has is spelled out


@pytest.mark.parametrize("name", PAGES)
def test_in_a_browser_nothing_runs_and_nothing_is_asked_for(
    office: Office, page: Page, name: str
) -> None:
    dialogs, requests = [], []
    page.on("dialog", lambda dialog: dialogs.append(dialog.message) or dialog.dismiss())  # type: ignore[func-returns-value]
    page.on("request", lambda request: requests.append(request.url))
    address = (office.folder / "reports" / name).as_uri()
    page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    title = page.title()
    page.locator("body").click(position={"x": 5, "y": 5})
    assert dialogs == []
    assert [url for url in requests if url != address and not url.startswith("data:")] == []
    assert page.title() == title != "ran"
    assert page.locator("h1").count() == 1


def test_a_spreadsheet_finds_no_formula_in_a_csv(office: Office) -> None:
    for file in reports(office, "*.csv"):
        with file.open(encoding="utf-8", newline="") as stream:
            cells = [cell for row in csv.reader(stream) for cell in row]
        assert [cell for cell in cells if re.match(r"[=+@]|-\D", cell)] == []


def test_the_form_holds_texts_and_numbers_only(office: Office) -> None:
    for file in reports(office, "*.xlsx"):
        book = openpyxl.load_workbook(file)
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
        assert {cell.data_type for cell in cells} == {"s", "n"}
        texts = squeezed("".join(str(cell.value) for cell in cells))
        coded = hostile.MARKUP[-1]
        shown = [*hostile.MARKUP[:-1], hostile.FORMULAS[0], coded.replace("_x", "_x005F_x")]
        assert [each for each in shown if squeezed(each) not in texts] == []
        with zipfile.ZipFile(file) as archive:
            parts = [archive.read(name).decode() for name in archive.namelist()]
        assert [part for part in parts if re.search(r"<f[ >]|externalLink|ddeLink", part)] == []


def test_the_screen_shows_names_and_obeys_none(office: Office, run: Run) -> None:
    units = office.run("units", "--month", MONTH)
    assert units.code == 0
    assert "[red]" in "".join(units.screen.split())
    for screen in (run.screen, units.screen):
        assert COMMANDS.findall(screen) == []
