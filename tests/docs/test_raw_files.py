"""What the documents say of raw files is what the readers do."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

from briefings.intake.layout import ENCODINGS, Layout
from briefings.intake.readers import limits
from briefings.intake.readers.kinds import ENDINGS
from briefings.intake.readers.limits import Limit

DOCS = Path(__file__).parents[2] / "docs"
SOURCES = (DOCS / "adding-a-source.md").read_text(encoding="utf-8")
OPERATIONS = (DOCS / "operations.md").read_text(encoding="utf-8")


def section(page: str, title: str) -> str:
    found = re.search(rf"^##+ {re.escape(title)}\n(.*?)(?=^##+ |\Z)", page, re.M | re.S)
    assert found, title
    return found[1]


def first_cells(text: str) -> list[str]:
    rows = [line.split(" | ")[0] for line in text.splitlines() if line.startswith("| `")]
    return [name for row in rows for name in re.findall(r"`([^`]+)`", row)]


def test_every_ending_that_is_read_is_listed() -> None:
    assert first_cells(section(SOURCES, "Which files are read")) == list(ENDINGS)


def test_every_setting_of_a_layout_is_explained() -> None:
    text = section(SOURCES, "Where the table lies")
    assert first_cells(text) == [field.name for field in fields(Layout)]
    assert all(f"`{encoding}`" in text for encoding in ENCODINGS)


def test_every_limit_is_listed_with_its_value() -> None:
    text = section(OPERATIONS, "Limits of raw files")
    rows = re.findall(r"^\| `(BRIEFINGS_MAX_\w+)` \| ([0-9,]+) \|", text, re.M)
    known = [each for each in vars(limits).values() if isinstance(each, Limit)]
    assert dict(rows) == {limit.variable: f"{limit.usual:,}" for limit in known}
