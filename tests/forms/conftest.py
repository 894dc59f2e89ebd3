"""The form of the hand-made province (tests/form_province.py), as facts and as a workbook."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook, load_workbook

from briefings.facts.form_book import FormBook, to_bytes
from briefings.forms.workbook import workbook
from briefings.gathering.counted import open_month
from briefings.gathering.form_book import form_book
from briefings.intake.take_in import take_in
from briefings.periods import Month
from tests import form_province


@pytest.fixture(scope="session")
def book(tmp_path_factory: pytest.TempPathFactory) -> FormBook:
    project = form_province.write_project(tmp_path_factory.mktemp("form-province"))
    take_in(project)
    return form_book(open_month(project, Month(2025, 2)))


@pytest.fixture(scope="session")
def facts(book: FormBook) -> bytes:
    return to_bytes(book)


def read_back(facts: bytes, language: str = "vi") -> Workbook:
    return load_workbook(io.BytesIO(workbook(facts, language)))
