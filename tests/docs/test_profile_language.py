"""The page on sources names everything that a profile can say, and its examples load."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from briefings.intake import (
    conditions,
    profiles,
    row_rules,
    shifts,
    source_parts,
    spread,
    written_dates,
)
from briefings.intake.profile_yaml import load_yaml
from briefings.intake.profiles import load_profile
from briefings.intake.written_numbers import NUMBER_KEYS
from tests import tiny

PAGE = (Path(__file__).parents[2] / "docs" / "adding-a-source.md").read_text(encoding="utf-8")
WORDS = sorted(
    {
        *profiles.PROFILE_KEYS,
        *profiles.TABLE_KEYS,
        *profiles.LAYOUT_KEYS,
        *source_parts.KEYS,
        *spread.KEYS,
        *shifts.LATER,
        *written_dates.WORDS,
        *conditions.TESTS,
        *row_rules.KEYS,
        *row_rules.SUM_KEYS,
        *row_rules.DOUBLED,
        *NUMBER_KEYS,
    }
    - {"is"}  # the long form of a plain value
)
BLOCKS = re.findall(r"^```yaml\n(.*?)^```", PAGE, re.M | re.S)
FORM = re.compile(r"^\| `(\{ .*? \})`", re.M)
DATES = ("plus", "start_of", "end_of", "file_name", "earliest")


@pytest.mark.parametrize("word", WORDS)
def test_every_word_of_the_language_is_explained(word: str) -> None:
    assert re.search(rf"(?<![a-z_]){re.escape(word)}(?![a-z_])", PAGE)


def test_the_examples_of_whole_profiles_load(tmp_path: Path) -> None:
    whole = [block for block in BLOCKS if "tables:" in block]
    assert len(whole) == 4
    for block in whole:
        for table in load_profile(tiny.write(tmp_path / "p.yaml", block)).values():
            assert table.columns


def section(title: str) -> str:
    return PAGE[PAGE.index(title) :].split("\n#", 2)[1]


@pytest.mark.parametrize("form", FORM.findall(section("\n### Columns")))
def test_every_form_of_a_column_loads(tmp_path: Path, form: str) -> None:
    refused_unless_known(tmp_path, form)


@pytest.mark.parametrize("form", FORM.findall(section("\n### Derived columns")))
def test_every_derived_form_loads(tmp_path: Path, form: str) -> None:
    refused_unless_known(tmp_path, form)


@pytest.mark.parametrize("rule", FORM.findall(section("\n### Rows that are left out")))
def test_every_rule_for_rows_loads(tmp_path: Path, rule: str) -> None:
    text = f"tables: {{dossiers: {{rows: [{rule}]}}}}"
    assert load_profile(tiny.write(tmp_path / "p.yaml", text))["dossiers"].rules


def refused_unless_known(folder: Path, form: str) -> None:
    column = "due_at" if any(word in form for word in DATES) else "procedure_code"
    column = "supplement_requests" if "sum:" in form else column
    text = f"tables: {{dossiers: {{columns: {{{column}: {form}}}}}}}"
    file = tiny.write(folder / "p.yaml", text)
    assert load_yaml(file)
    assert load_profile(file)["dossiers"].columns[column]
