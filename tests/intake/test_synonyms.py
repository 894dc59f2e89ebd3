from __future__ import annotations

import unicodedata

import pytest

from briefings.intake.contracts import CONTRACTS
from briefings.intake.synonyms import (
    ANY_TABLE,
    HEADINGS,
    LABELS,
    HeadingRow,
    LabelRow,
    heading_synonyms,
    label_synonyms,
    likeness,
    words_of,
)
from briefings.reference_file import read_reference


@pytest.mark.parametrize(
    "heading",
    ["Ngày tiếp nhận", "NGAY TIEP NHAN", "ngay_tiep_nhan", "  Ngày  tiếp-nhận: ", "NgayTiepNhan"],
)
def test_a_heading_is_known_however_it_is_written(heading: str) -> None:
    written = unicodedata.normalize("NFD", heading)
    assert words_of(written) == ("ngay", "tiep", "nhan")
    assert likeness(written, heading_synonyms()["dossiers", "received_at"]) == 1


def test_more_words_make_it_less_likely_and_many_more_impossible() -> None:
    known = (("due", "date"),)
    assert likeness("Due Date", known) == likeness("duedate", known) == 1
    assert 0 < likeness("Due Date Local", known) < 1
    assert likeness("Date due to the new rules of 2024", known) == 0
    assert likeness("", known) == likeness("date", known) == 0


def test_one_common_word_among_others_says_nothing() -> None:
    """`Location Type` is no type of procedure."""
    assert likeness("Location Type", (("type",),)) == 0


def test_every_synonym_belongs_to_a_column_of_a_contract() -> None:
    columns = {f"{table}.{name}" for table, of in CONTRACTS.items() for name in of.column_names}
    anywhere = {f"{ANY_TABLE}.{name}" for of in CONTRACTS.values() for name in of.column_names}
    rows = read_reference(HEADINGS, HeadingRow)
    assert {row.column for row in rows} <= columns | anywhere
    assert len({(row.column, words_of(row.heading)) for row in rows}) == len(rows)


def test_every_label_has_a_code_that_its_column_allows() -> None:
    coded = {
        column.name: column
        for contract in CONTRACTS.values()
        for column in contract.columns
        if column.values is not None or column.kind == "flag"
    }
    rows = read_reference(LABELS, LabelRow)
    for row in rows:
        values = coded[row.column].values or ("true", "false")
        allowed = map(str, values) if isinstance(values, range) else values
        assert row.code in set(allowed), row
    assert len({(row.column, words_of(row.label)) for row in rows}) == len(rows)
    assert label_synonyms("status")["dang", "xu", "ly"] == "4"


@pytest.mark.parametrize(
    ("column", "headings"),
    [
        ("dossier_code", ["case:concept:name", "Incident ID", "Case Number", "SR Number"]),
        ("dossier_code", ["Service Request Number", "Ticket", "Case"]),
        ("received_at", ["Open Time", "Opened", "Created", "Created Date", "ADDDATE"]),
        ("finished_at", ["RESOLUTIONDATE", "Closed", "Resolved"]),
        ("due_at", ["Due", "Expected", "Hẹn trả"]),
        ("unit", ["Dept", "Agency", "Ministry", "Body", "Institution", "Đơn vị"]),
    ],
)
def test_what_sources_of_cases_commonly_write_is_known(column: str, headings: list[str]) -> None:
    known = heading_synonyms()["dossiers", column]
    assert [heading for heading in headings if likeness(heading, known) < 1] == []
