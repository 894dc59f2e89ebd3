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
    stated_layout,
    written_dates,
)
from briefings.intake.contracts import CONTRACTS
from briefings.intake.mapping import Mapper
from briefings.intake.profile_yaml import load_yaml
from briefings.intake.profiles import load_profile
from briefings.intake.written_numbers import NUMBER_KEYS
from tests import tiny
from tests.whole import read_raw

PAGE = (Path(__file__).parents[2] / "docs" / "adding-a-source.md").read_text(encoding="utf-8")
WORDS = sorted(
    {
        *profiles.PROFILE_KEYS,
        *profiles.TABLE_KEYS,
        *stated_layout.LAYOUT_KEYS,
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
RECIPE = re.compile(r"^\| (1 \w+) \| in which it (\w+) \| `(.*?)` \| `(.*?)` \|$", re.M)
YEAR_FROM_2023 = {
    ("1 July", "begins"): ("2023-07-01", "2024-06-30"),
    ("1 July", "ends"): ("2022-07-01", "2023-06-30"),
    ("1 October", "begins"): ("2023-10-01", "2024-09-30"),
    ("1 October", "ends"): ("2022-10-01", "2023-09-30"),
    ("1 April", "begins"): ("2023-04-01", "2024-03-31"),
    ("1 April", "ends"): ("2022-04-01", "2023-03-31"),
}
DATES = ("plus", "start_of", "end_of", "file_name", "earliest")


@pytest.mark.parametrize("word", WORDS)
def test_every_word_of_the_language_is_explained(word: str) -> None:
    assert re.search(rf"(?<![a-z_]){re.escape(word)}(?![a-z_])", PAGE)


def test_the_examples_of_whole_profiles_load(tmp_path: Path) -> None:
    whole = [block for block in BLOCKS if "tables:" in block]
    assert len(whole) == 5
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


def test_every_recipe_of_a_financial_year_gives_its_first_and_last_day(tmp_path: Path) -> None:
    (example,) = re.findall(r"^```yaml\n(.*?)^```", section("\n### Financial years"), re.M | re.S)
    csv = "Agency,Year,Requests\nA,2023,5\nB,FY2023,6\nC,2023-24,7\n"
    found = {}
    for begins, named, first, last in RECIPE.findall(section("\n### Financial years")):
        own = example.replace("plus: { months: 6 }", first).replace("end_of: { months: 18 }", last)
        profile = load_profile(tiny.write(tmp_path / "p.yaml", own))["unit_counts"]
        raw = read_raw(tiny.write(tmp_path / "raw.csv", csv), profile.layout)
        table, _ = Mapper(tmp_path / "raw.csv", CONTRACTS["unit_counts"], profile).map(raw)
        days = table[["period_from", "period_to"]].map("{:%Y-%m-%d}".format)
        (found[begins, named],) = set(days.itertuples(index=False, name=None))
    assert found == YEAR_FROM_2023


def refused_unless_known(folder: Path, form: str) -> None:
    column = "due_at" if any(word in form for word in DATES) else "procedure_code"
    column = "supplement_requests" if "sum:" in form else column
    text = f"tables: {{dossiers: {{columns: {{{column}: {form}}}}}}}"
    file = tiny.write(folder / "p.yaml", text)
    assert load_yaml(file)
    assert load_profile(file)["dossiers"].columns[column]
