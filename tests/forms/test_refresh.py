"""The form is written when something it shows has changed, and only then."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from briefings.errors import ReportError
from briefings.facts.form_book import FormBook, to_bytes
from briefings.forms import forget_form, form_files, is_current, is_vouched_for, refresh_form

pytestmark = pytest.mark.slow

BOTH = ("vi", "en")
VIETNAMESE, ENGLISH = "form-II.06a.xlsx", "form-II.06a.en.xlsx"


@pytest.fixture
def folder(tmp_path: Path, facts: bytes) -> Path:
    """The folder of a month with its form, written long ago."""
    assert refresh_form(tmp_path, BOTH, facts)
    for file in tmp_path.iterdir():
        os.utime(file, (1, 1))
    return tmp_path


def written(folder: Path) -> set[str]:
    """The files of the form that are not of long ago."""
    return {file.name for file in folder.glob("*.xlsx") if file.stat().st_mtime != 1}


def test_there_is_a_file_for_each_language_of_the_project(folder: Path):
    assert sorted(file.name for file in folder.glob("*.xlsx")) == [ENGLISH, VIETNAMESE]


@pytest.mark.parametrize(
    ("languages", "names"),
    [
        (("vi", "en"), [VIETNAMESE, ENGLISH]),
        (("en", "vi"), [ENGLISH, VIETNAMESE]),
        (("vi",), [VIETNAMESE]),
        (("en",), [VIETNAMESE]),
    ],
)
def test_vietnamese_has_the_plain_name_or_else_the_only_language(tmp_path: Path, languages, names):
    assert [file.name for file in form_files(tmp_path, languages).values()] == names


def test_what_has_not_changed_is_not_written(folder: Path, facts: bytes):
    assert is_current(folder, BOTH, facts)
    assert not refresh_form(folder, BOTH, facts)
    assert written(folder) == set()


@pytest.mark.parametrize("name", [VIETNAMESE, ENGLISH])
@pytest.mark.parametrize("harm", ["damage", "delete"])
def test_a_file_that_was_damaged_or_deleted_is_written_again(
    folder: Path, facts: bytes, name: str, harm: str
):
    sound = (folder / name).read_bytes()
    if harm == "damage":
        (folder / name).write_bytes(sound[:-1] + b"\x01")
    else:
        (folder / name).unlink()
    assert not is_current(folder, BOTH, facts)
    assert refresh_form(folder, BOTH, facts)
    assert (folder / name).read_bytes() == sound
    assert is_current(folder, BOTH, facts)


def test_other_facts_are_written(folder: Path, book: FormBook):
    other = to_bytes(replace(book, about=replace(book.about, project={"vi": "B", "en": "B"})))
    assert refresh_form(folder, BOTH, other)
    assert written(folder) == {VIETNAMESE, ENGLISH}


def test_a_damaged_note_is_no_proof(folder: Path, facts: bytes):
    (folder / ".form-II.06a.json").write_bytes(b"{")
    assert not is_current(folder, BOTH, facts)
    assert refresh_form(folder, BOTH, facts)


def test_what_does_not_add_up_leaves_the_files_as_they_were(folder: Path, facts: bytes):
    before = {file: file.read_bytes() for file in folder.iterdir()}
    with pytest.raises(ReportError, match="total"):
        refresh_form(folder, BOTH, facts.replace(b'"13":2}', b'"13":1}', 1))
    assert {file: file.read_bytes() for file in folder.iterdir()} == before


def test_files_that_are_vouched_for_no_longer_are_written_by_the_next_run(
    folder: Path, facts: bytes
):
    assert is_vouched_for(folder)
    forget_form(folder)
    forget_form(folder)
    assert not is_vouched_for(folder)
    assert refresh_form(folder, BOTH, facts)
    assert is_vouched_for(folder)


def test_with_nothing_to_write_no_spreadsheet_library_is_loaded(folder: Path, facts: bytes):
    (folder / "facts.json").write_bytes(facts)
    script = f"""
import sys
from pathlib import Path
from briefings.forms import refresh_form
folder = Path({str(folder)!r})
assert not refresh_form(folder, {BOTH!r}, (folder / "facts.json").read_bytes())
print(*sys.modules)
"""
    loaded = subprocess.check_output([sys.executable, "-c", script], text=True).split()
    assert not {"openpyxl", "pandas", "ibis", "pydantic", "jinja2"} & set(loaded)
