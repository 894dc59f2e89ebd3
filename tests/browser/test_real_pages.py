"""The pages people open: index, province and unit, in both languages, on a phone and a desk."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.slow

PAGES = (
    "index.html",
    "index.en.html",
    "2025-02/H23/briefing.vi.html",
    "2025-02/H23/briefing.en.html",
    "2025-02/X-STNMT/briefing.vi.html",
    "2025-02/X-STNMT/briefing.en.html",
)
PHONE = {"width": 360, "height": 740}
every_page = pytest.mark.parametrize("name", PAGES)


def open_page(page, office, name):
    page.goto((office.folder / "reports" / name).as_uri())


@every_page
def test_axe_finds_no_violation(page, axe, office, first_run, name):
    open_page(page, office, name)
    assert axe(page) == []


@every_page
def test_the_page_fits_a_phone(page, office, first_run, name):
    page.set_viewport_size(PHONE)
    open_page(page, office, name)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@every_page
def test_one_heading_one_language_and_nothing_loaded_from_elsewhere(page, office, first_run, name):
    requested: list[str] = []
    page.on("request", lambda request: requested.append(request.url))
    open_page(page, office, name)
    assert page.locator("h1").count() == 1
    expected = "en" if ".en." in name else "vi"
    assert page.locator("html").get_attribute("lang") == expected
    assert page.locator("script").count() == 0
    assert [url for url in requested if not url.startswith(("file:", "data:"))] == []


def test_every_link_of_the_index_opens_a_file(page, office, first_run):
    open_page(page, office, "index.html")
    links = page.locator("a[href]").evaluate_all("links => links.map(a => a.getAttribute('href'))")
    files = [link for link in links if not link.startswith("#")]
    assert len(files) > 4
    assert [link for link in files if not (office.folder / "reports" / link).exists()] == []
