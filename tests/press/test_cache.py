"""Results are kept under their key, believed only while they are whole, and removed when unused."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefings.press.cache import find_results, keep_results, prune
from briefings.press.record import Record, write_record

RESULTS = b'{"cells": []}'


def record(key: str) -> Record:
    return Record("a/vi", "vi", "", {}, key, {}, {}, "2025-03-01T08:00:00+00:00", 1.0, {})


def test_what_was_kept_is_found_under_its_key_only(tmp_path: Path) -> None:
    keep_results(tmp_path, "key", RESULTS)
    assert find_results(tmp_path, "key") == RESULTS
    assert find_results(tmp_path, "other") is None


def test_results_under_the_name_of_another_report_are_not_believed(tmp_path: Path) -> None:
    keep_results(tmp_path, "key", RESULTS)
    (tmp_path / "key").rename(tmp_path / "other")
    assert find_results(tmp_path, "other") is None


@pytest.mark.parametrize("content", [b"", b"\n", b"no hash\nno results", b"\xff\xfe"])
def test_a_file_that_holds_something_else_is_not_believed(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "key").write_bytes(content)
    assert find_results(tmp_path, "key") is None


def test_what_no_record_refers_to_is_removed(tmp_path: Path) -> None:
    for key in ("used", "unused"):
        keep_results(tmp_path / "cache", key, RESULTS)
    (tmp_path / "cache" / "of somebody else").mkdir()
    write_record(record("used"), tmp_path / "reports" / "2025-02" / "a", "briefing.vi")
    prune(tmp_path / "cache", tmp_path / "reports")
    assert find_results(tmp_path / "cache", "used") == RESULTS
    assert find_results(tmp_path / "cache", "unused") is None
    assert (tmp_path / "cache" / "of somebody else").is_dir()


def test_where_nothing_was_kept_nothing_is_removed(tmp_path: Path) -> None:
    prune(tmp_path / "cache", tmp_path / "reports")
    assert not (tmp_path / "cache").exists()
