"""The fonts of a page are cut once and never believed blindly."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from briefings.press.exporters import font_faces
from briefings.press.exporters.fonts import cut_faces

pytestmark = pytest.mark.slow


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where they are kept, nothing at first."""
    monkeypatch.setattr(font_faces, "FILE", tmp_path / "fonts.json")
    font_faces.font_faces.cache_clear()
    yield tmp_path / "fonts.json"
    font_faces.font_faces.cache_clear()


def again() -> str:
    font_faces.font_faces.cache_clear()
    return font_faces.font_faces()


def test_what_is_kept_is_what_was_cut(kept: Path) -> None:
    cut = cut_faces()
    assert font_faces.font_faces() == cut
    assert kept.is_file()
    assert again() == cut


def test_what_was_altered_is_cut_again(kept: Path) -> None:
    cut = font_faces.font_faces()
    kept.write_text(kept.read_text(encoding="utf-8").replace("woff2", "woff3"), encoding="utf-8")
    assert again() == cut


def test_another_way_of_cutting_is_another_result(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    font_faces.font_faces()
    monkeypatch.setattr(font_faces, "version", lambda package: "0")
    before = kept.read_bytes()
    again()
    assert kept.read_bytes() != before
