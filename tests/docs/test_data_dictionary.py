"""The data dictionary says what the contracts and the reference schemas say."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from briefings.gathering.gates.acceptances import AcceptanceRow
from briefings.intake.contract import DTYPES, Column, Contract
from briefings.intake.contracts import CONTRACTS
from briefings.intake.corrections import CorrectionRow
from briefings.intake.snapshot import TableIntake
from briefings.intake.synonyms import HeadingRow, LabelRow
from briefings.lineage.reading import LineageRow
from briefings.reference import CalendarRow, UnitRow
from briefings.report.figures import Figure
from briefings.statistics.accountability.replies import ReplyRow
from briefings.statistics.kpis import KpiRow
from briefings.statistics.lunar_year import TetRow
from briefings.statistics.published import PublishedRow
from briefings.statistics.rebasings import RebasingRow
from briefings.statistics.service_index import IndexRow
from briefings.statistics.targets import TargetRow

PAGE = (Path(__file__).parents[2] / "docs" / "data-dictionary.md").read_text(encoding="utf-8")
LEAST_CODES_TO_LIST = 20
REFERENCE = {
    "units.csv": UnitRow,
    "unit_lineage.csv": LineageRow,
    "calendar.csv": CalendarRow,
    "kpis.csv": KpiRow,
    "index_766.csv": IndexRow,
    "targets.csv": TargetRow,
    "published.csv": PublishedRow,
    "lunar_new_year.csv": TetRow,
    "baselines.csv": RebasingRow,
    "replies.csv": ReplyRow,
    "accepted_gates.csv": AcceptanceRow,
    "headings.csv": HeadingRow,
    "labels.csv": LabelRow,
}

every_contract = pytest.mark.parametrize("contract", CONTRACTS.values(), ids=lambda c: c.name)


def section(title: str) -> str:
    """The text under a third-level heading, up to the next heading."""
    found = re.search(rf"^### `{re.escape(title)}`\n(.*?)(?=^#{{2,3}} |\Z)", PAGE, re.M | re.S)
    assert found, f"docs/data-dictionary.md has no section ### `{title}`"
    return found[1]


def rows(text: str) -> dict[str, list[str]]:
    """The cells of each table row that opens with a name in backticks, by that name."""
    cells = (line.strip("|").split("|") for line in text.splitlines() if line.startswith("| `"))
    return {row[0].strip().strip("`"): [cell.strip() for cell in row] for row in cells}


def allowed(column: Column) -> str:
    if isinstance(column.values, range):
        few = len(column.values) <= LEAST_CODES_TO_LIST
        return f"{column.values.start} to {column.values[-1]}" if few else "0 or more"
    listed = [f"`{value}`" for value in column.values or ()]
    return ", ".join([*listed, *(["a unit code"] if column.refers_to_unit else [])])


@every_contract
def test_every_column_stands_in_its_table(contract: Contract) -> None:
    described = rows(section(contract.name))
    assert list(described) == list(contract.column_names)


@every_contract
def test_kind_need_and_allowed_values_are_those_of_the_code(contract: Contract) -> None:
    described = rows(section(contract.name))
    for column in contract.columns:
        need = "yes" if column.required else "no"
        assert described[column.name][1:4] == [column.kind, need, allowed(column)], column.name


@every_contract
def test_key_and_rules_are_named(contract: Contract) -> None:
    text = section(contract.name)
    assert f"Key: {', '.join(f'`{name}`' for name in contract.key)}." in text
    for reason, _ in contract.rules:
        assert f'"{reason}"' in text


def test_every_kind_is_explained() -> None:
    for kind in DTYPES:
        assert f"| `{kind}` |" in PAGE


@pytest.mark.parametrize("file", REFERENCE)
def test_every_column_of_a_reference_file_is_described(file: str) -> None:
    assert list(rows(section(file))) == [field.name for field in fields(REFERENCE[file])]


def test_every_column_of_a_corrections_file_is_described() -> None:
    found = re.search(r"^## Corrections\n(.*?)(?=^## )", PAGE, re.M | re.S)
    assert found
    assert list(rows(found[1])) == [field.name for field in fields(CorrectionRow)]


def test_every_column_of_the_figures_is_described() -> None:
    figure = Figure(kpi="", period="", unit="", value=None, text="")
    assert list(rows(section("figures.csv"))) == [*figure.record(), "data"]


def test_every_entry_of_the_manifest_is_described() -> None:
    names = {field.name for field in fields(TableIntake)}
    assert set(rows(section("manifest.json"))) == names
