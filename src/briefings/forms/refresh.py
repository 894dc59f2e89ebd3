"""The form of a month, written when anything it shows has changed, and only then."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from briefings.code.state import code_state
from briefings.files import digest, file_digests, holds, write_file
from briefings.language import WORDS

FORM_STEM = "form-II.06a"
FORM_NOTE = f".{FORM_STEM}.json"
# The language in which the form is official, and which gives the file its plain name.
OFFICIAL = "vi"
CODE = ("briefings.forms.workbook",)


def form_files(folder: Path, languages: Sequence[str]) -> dict[str, Path]:
    """Language → the file of the form in the folder of a month."""
    plain = OFFICIAL if OFFICIAL in languages else languages[0]
    return {
        language: folder
        / (f"{FORM_STEM}.xlsx" if language == plain else f"{FORM_STEM}.{language}.xlsx")
        for language in languages
    }


def is_current(folder: Path, languages: Sequence[str], facts: bytes) -> bool:
    """Whether the files are as they would be written."""
    return holds(folder / FORM_NOTE, _note(folder, languages, facts))


def refresh_form(folder: Path, languages: Sequence[str], facts: bytes) -> bool:
    """Write the form in each language unless it is as it would be written; whether it was.

    ReportError where the facts do not add up.
    """
    if is_current(folder, languages, facts):
        return False
    # Imported here: with nothing to write there is no need to load a spreadsheet library.
    from briefings.forms.workbook import workbook

    made = {language: workbook(facts, language) for language in languages}
    for language, file in form_files(folder, languages).items():
        write_file(file, made[language])
    write_file(folder / FORM_NOTE, _note(folder, languages, facts))
    return True


def forget_form(folder: Path) -> None:
    """Vouch no longer for the files that are there: those of now could not be made."""
    (folder / FORM_NOTE).unlink(missing_ok=True)


def is_vouched_for(folder: Path) -> bool:
    """Whether the last run made the files, or found them as they should be."""
    return (folder / FORM_NOTE).is_file()


def _note(folder: Path, languages: Sequence[str], facts: bytes) -> bytes:
    files = form_files(folder, languages).values()
    found = file_digests(file for file in files if file.is_file())
    said = [(WORDS / language / "words.yaml").read_bytes() for language in languages]
    shown = digest(facts, *said, code_state(*CODE).encode())
    return json.dumps({"shown": shown, **{file.name: found.get(file) for file in files}}).encode()
