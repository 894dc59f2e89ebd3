from __future__ import annotations

import pandas as pd
import pytest

from briefings import organisation
from briefings.intake.contract import DTYPES, Contract, not_before
from briefings.intake.contracts import CONTRACTS, LEVELS

every_contract = pytest.mark.parametrize("contract", CONTRACTS.values(), ids=CONTRACTS.keys())


def moments(*texts: str | None) -> pd.Series[pd.Timestamp]:
    return pd.to_datetime(pd.Series(texts, dtype="str"))


def test_the_tables_are_those_the_documentation_names() -> None:
    assert list(CONTRACTS) == [
        "decisions",
        "procedure_changes",
        "procedures",
        "publications",
        "dossiers",
        "portal_dossiers",
        "payments",
        "feedback",
        "unit_counts",
    ]


@every_contract
def test_a_key_is_made_of_required_columns(contract: Contract) -> None:
    required = {column.name for column in contract.columns if column.required}
    assert set(contract.key) <= required


@every_contract
def test_column_names_are_unique(contract: Contract) -> None:
    assert len(set(contract.column_names)) == len(contract.columns)


@every_contract
def test_an_empty_table_has_the_columns_and_types_and_obeys_the_contract(
    contract: Contract,
) -> None:
    empty = contract.empty()
    assert len(empty) == 0
    assert tuple(empty.columns) == contract.column_names
    for column in contract.columns:
        assert empty[column.name].dtype == pd.Series(dtype=DTYPES[column.kind]).dtype
    contract.schema.validate(empty)


@every_contract
def test_no_column_names_a_person(contract: Contract) -> None:
    personal = ("applicant", "payer", "phone", "email", "address", "identity", "birth")
    assert not [name for name in contract.column_names if any(word in name for word in personal)]


def test_levels_of_procedures_are_levels_of_units() -> None:
    assert set(LEVELS) <= set(organisation.LEVELS)


@pytest.mark.parametrize(
    ("finished", "received", "in_order"),
    [
        ("2025-01-01 23:59", "2025-01-02 00:00", False),  # the day before
        ("2025-01-02 07:00", "2025-01-02 08:00", True),  # same day, earlier hour
        ("2025-01-02 08:00", "2025-01-02 08:00", True),
        ("2025-01-03 00:00", "2025-01-02 08:00", True),
        (None, "2025-01-02 08:00", True),
        ("2025-01-02 08:00", None, True),
        (None, None, True),
    ],
)
def test_not_before_compares_whole_days_below_on_and_above(
    finished: str | None, received: str | None, in_order: bool
) -> None:
    table = pd.DataFrame({"finished": moments(finished), "received": moments(received)})
    assert list(not_before("finished", "received")(table)) == [in_order]
