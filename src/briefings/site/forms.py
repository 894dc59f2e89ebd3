"""The line of the index that leads to the form of a month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from briefings.forms import FORM_STEM, form_files, is_vouched_for
from briefings.language import words
from briefings.press.failure import read_failure
from briefings.site.entries import Link

KIND = "XLSX"


@dataclass(frozen=True)
class MonthForm:
    """The files of the form, and why the last run could make none, else empty."""

    links: tuple[Link, ...]
    fault: str


def month_form(folder: Path, languages: Sequence[str]) -> MonthForm:
    """The form in the folder of a month; the page's language first."""
    current, failure = is_vouched_for(folder), read_failure(folder, FORM_STEM)
    links = tuple(
        Link(f"{words(language)['index']['language']} ({KIND})", _address(file), current)
        for language, file in form_files(folder, languages).items()
        if file.exists()
    )
    return MonthForm(links, failure.message if failure else "")


def _address(file: Path) -> str:
    return "/".join(file.parts[-2:])
