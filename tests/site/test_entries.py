"""What the index says of each briefing, read from its record and its failure."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from briefings.organisation import Organisation, Unit
from briefings.press.failure import Failure, write_failure
from briefings.press.record import Output, Record, write_record
from briefings.site.entries import Entry, Fault, entries_by_level

UNITS = Organisation(
    (
        Unit("T1", "Tỉnh", "Province", "province", "", "official"),
        Unit("D1", "Sở Một", "Department One", "department", "T1", "official"),
    )
)


def make(folder: Path, language: str, figures: str) -> None:
    """A page and the record of how it was made."""
    folder.mkdir(parents=True, exist_ok=True)
    sha256 = hashlib.sha256(figures.encode()).hexdigest()
    (folder / "figures.csv").write_text(figures, encoding="utf-8")
    (folder / f"briefing.{language}.html").write_text("page", encoding="utf-8")
    record = Record(
        report=f"2025-02/D1/{language}",
        language=language,
        label="synthetic",
        parameters={},
        execution_key="",
        dependencies={},
        outputs={f"briefing.{language}.html": Output("", 4, "", sha256)},
        built_at="2025-03-01T08:00:00+00:00",
        seconds=1.0,
        versions={},
    )
    write_record(record, folder, f"briefing.{language}")


def fail(
    folder: Path, language: str, evidence: bytes = b"", message: str = "cell 4 failed"
) -> None:
    failure = Failure(message, "", "2025-03-01T08:00:00+00:00")
    write_failure(failure, evidence, folder, f"briefing.{language}")


def entry(month: Path, *languages: str) -> Entry:
    ((_, (found,)),) = entries_by_level(month, UNITS, languages or ("en", "vi"))
    return found


def test_a_page_made_with_the_figures_of_now_is_current(tmp_path: Path) -> None:
    make(tmp_path / "2025-02" / "D1", "en", "figure\n")
    found = entry(tmp_path / "2025-02")
    assert found.name == "Department One"
    assert found.label == "synthetic"
    assert [link.is_current for _, links in found.links for link in links] == [True]
    assert found.failures == ()


def test_a_page_of_an_earlier_run_is_known_to_show_other_figures(tmp_path: Path) -> None:
    """A run in one language leaves the other language's page as it was."""
    make(tmp_path / "2025-02" / "D1", "vi", "old\n")
    make(tmp_path / "2025-02" / "D1", "en", "new\n")
    current = {name: links[0].is_current for name, links in entry(tmp_path / "2025-02").links}
    assert current == {"English": True, "Tiếng Việt": False}


def test_a_page_without_a_record_is_not_vouched_for(tmp_path: Path) -> None:
    make(tmp_path / "2025-02" / "D1", "en", "figure\n")
    (tmp_path / "2025-02" / "D1" / "briefing.en.build.json").unlink()
    ((_, (link,)),) = entry(tmp_path / "2025-02").links
    assert not link.is_current


@pytest.mark.parametrize("content", ["", "{", "[]", "null", '{"outputs": {}}', '{"outputs": 1}'])
def test_a_damaged_record_never_keeps_a_page_from_the_index(tmp_path: Path, content: str) -> None:
    make(tmp_path / "2025-02" / "D1", "en", "figure\n")
    (tmp_path / "2025-02" / "D1" / "briefing.en.build.json").write_text(content, encoding="utf-8")
    assert [name for name, _ in entry(tmp_path / "2025-02").links] == ["English"]


def test_a_failure_stands_beside_the_good_files_with_its_evidence(tmp_path: Path) -> None:
    make(tmp_path / "2025-02" / "D1", "en", "figure\n")
    fail(tmp_path / "2025-02" / "D1", "en", b"{}")
    fail(tmp_path / "2025-02" / "D1", "vi")
    found = entry(tmp_path / "2025-02")
    assert found.failures == (
        Fault(
            "cell 4 failed",
            (("English", "2025-02/D1/briefing.en.failed.ipynb"), ("Tiếng Việt", "")),
        ),
    )
    assert found.links


def test_a_briefing_that_was_never_made_is_listed_for_its_failure(tmp_path: Path) -> None:
    fail(tmp_path / "2025-02" / "D1", "en")
    found = entry(tmp_path / "2025-02")
    assert found.links == ()
    assert len(found.failures) == 1


def test_languages_that_failed_for_different_reasons_stand_apart(tmp_path: Path) -> None:
    fail(tmp_path / "2025-02" / "D1", "en")
    fail(tmp_path / "2025-02" / "D1", "vi", message="cell 9 failed")
    found = entry(tmp_path / "2025-02")
    assert [fault.message for fault in found.failures] == ["cell 4 failed", "cell 9 failed"]
