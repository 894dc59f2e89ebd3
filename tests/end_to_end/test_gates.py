"""A month that does not pass: held back, then looked at as a draft, then published knowingly."""

from __future__ import annotations

import shutil

import pytest

pytestmark = pytest.mark.slow

ASKED = ("report", "--month", "2025-02", "--unit", "X-TTR", "--language", "vi")
SPOILT = 24


@pytest.fixture(scope="module")
def spoilt(office, first_run, tmp_path_factory):
    """A copy in which some dossiers of February were filed in a way that nobody knows."""
    folder = tmp_path_factory.mktemp("spoilt") / "office"
    shutil.copytree(office.folder, folder)
    raw = folder / "data/raw/2025-02/ho_so.csv"
    heading, *rows = raw.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    rows[:SPOILT] = [row.replace(",Trực", ",Không") for row in rows[:SPOILT]]
    raw.write_text("".join([heading, *rows]), encoding="utf-8")
    return type(office)(folder)


@pytest.fixture(scope="module")
def published(spoilt):
    files = (spoilt.folder / "reports").rglob("*")
    return {file: file.read_bytes() for file in files if file.is_file()}


@pytest.fixture(scope="module")
def held_back(spoilt, published):
    return spoilt.run(*ASKED)


@pytest.fixture(scope="module")
def figures(held_back):
    """What an acceptance must state, from the line that the screen offers."""
    (line,) = (line for line in held_back.screen.splitlines() if line.endswith(",,,,"))
    return line.strip().removesuffix(",,,,")


@pytest.fixture(scope="module")
def draft(spoilt, held_back):
    return spoilt.run(*ASKED, "--draft")


@pytest.fixture(scope="module")
def accepted(spoilt, draft, figures):
    file = spoilt.folder / "data/reference/accepted_gates.csv"
    with file.open("a", encoding="utf-8") as stream:
        stream.write(f"{figures},Nguồn sẽ gửi lại,Will come again,2025-03-05,Văn phòng\n")
    return spoilt.run(*ASKED)


def test_nothing_official_is_made_and_what_there_was_stays(published, held_back):
    assert held_back.code == 6
    assert "quarantined: Dossiers, 2025-02" in held_back.screen
    assert "Traceback" not in held_back.screen
    assert {file: file.read_bytes() for file in published} == published


def test_a_draft_lies_apart_and_says_what_it_is(spoilt, published, draft):
    assert draft.code == 0, draft.screen
    folder = spoilt.folder / "reports/drafts/2025-02/X-TTR"
    page = (folder / "draft-briefing.vi.html").read_text(encoding="utf-8")
    assert '<div class="notice draft">BẢN NHÁP: không dùng để công bố.' in page
    assert "<title>Bản nháp: " in page
    figures = (folder / "draft-figures.csv").read_text(encoding="utf-8").splitlines()
    assert all(line.endswith(",draft synthetic") for line in figures[1:])
    assert (folder / "draft-briefing.vi.pdf").exists()
    assert {file: file.read_bytes() for file in published} == published


def test_what_is_accepted_is_published_and_says_so(spoilt, accepted):
    assert accepted.code == 0, accepted.screen
    page = spoilt.page("X-TTR", "vi")
    assert "Công bố khi đã biết một điều kiện chưa đạt." in page
    assert "Văn phòng chấp nhận ngày 05/03/2025: Nguồn sẽ gửi lại" in page
    assert 'class="notice draft"' not in page
    assert "drafts/" not in (spoilt.folder / "reports/index.html").read_text(encoding="utf-8")
