"""Months named in other languages are read where a profile says which language it is."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from briefings.errors import SettingsError
from briefings.intake.inspection import Terms, inspect
from briefings.intake.month_names import in_english, parse_language
from briefings.intake.profiles import load_profile
from briefings.intake.written_dates import DateReading, read_moments
from tests import tiny


def read(cell: str, form: str, language: str) -> str:
    (moment,) = read_moments(
        pd.Series([cell], dtype="str"), DateReading((form,), language=language)
    )
    return str(moment.date()) if pd.notna(moment) else "unreadable"


@pytest.mark.parametrize(
    ("cell", "form", "language", "day"),
    [
        ("3 février 2025", "%d %B %Y", "fr", "2025-02-03"),
        ("3 FEVRIER 2025", "%d %B %Y", "fr", "2025-02-03"),
        ("3-févr.-25", "%d-%b-%y", "fr", "2025-02-03"),
        ("3-juil-25", "%d-%b-%y", "fr", "2025-07-03"),
        ("1 août 2025", "%d %b %Y", "fr", "2025-08-01"),
        ("3 de marzo de 2025", "%d de %B de %Y", "es", "2025-03-03"),
        ("03/mai/2025", "%d/%b/%Y", "pt", "2025-05-03"),
        ("3. März 2025", "%d. %B %Y", "de", "2025-03-03"),
        ("3 mrt 2025", "%d %b %Y", "nl", "2025-03-03"),
        ("3 марта 2025", "%d %B %Y", "ru", "2025-03-03"),
        ("Sty 2025", "%b %Y", "pl", "2025-01-01"),
        ("03.Mär.2025", "%d.%b.%Y", "de", "2025-03-03"),
        ("03.Mai.2025", "%d.%b.%Y", "de", "2025-05-03"),
        ("3. Febr. 2025", "%d. %b. %Y", "de", "2025-02-03"),
        ("3 marras 2025", "%d %b %Y", "fi", "2025-11-03"),
        ("3 May 2025", "%d %b %Y", "bas", "2025-11-03"),
    ],
)
def test_a_day_is_read_by_the_names_of_its_language(
    cell: str, form: str, language: str, day: str
) -> None:
    assert read(cell, form, language) == day


@pytest.mark.parametrize(
    ("cell", "language"),
    [("3 jui 2025", "fr"), ("3 fe 2025", "fr"), ("3 marzo 2025", "fr"), ("3 février 2025", "")],
)
def test_what_is_no_month_of_it_or_may_be_two_is_unreadable(cell: str, language: str) -> None:
    assert read(cell, "%d %b %Y", language) == "unreadable"


@given(st.sampled_from(["fr", "es", "de", "pt", "nl", "ru", "pl", "it", "tr", "id"]), st.data())
def test_every_whole_name_is_the_month_that_babel_says(language: str, data: st.DataObject) -> None:
    number = data.draw(st.integers(1, 12))
    name = Locale.parse(language).months["format"]["wide"][number]
    written = data.draw(st.sampled_from([name, name.upper(), name.title()]))
    cells = pd.Series([f"7 {written} 2025", None], dtype="str")
    moments = read_moments(cells, DateReading(("%d %B %Y",), language=language))
    assert (moments[0].month, moments[0].day) == (number, 7)
    assert pd.isna(moments[1])


def test_a_beginning_that_is_another_month_in_english_is_no_month() -> None:
    """`mar` begins the Finnish November only, and who writes it may well mean March."""
    assert [read("3 Mar 2025", form, "fi") for form in ("%d %b %Y", "%d %B %Y")] == [
        "unreadable",
        "unreadable",
    ]


def test_other_words_stay() -> None:
    cells = pd.Series(["mars 7, jour", "", None], dtype="str")
    assert in_english(cells, "fr", "%B %d").tolist()[:2] == ["March 7, jour", ""]


def test_a_profile_names_the_language_once_or_for_a_column(tmp_path: Path) -> None:
    text = """
language: fr
format: "%d %b %Y"
tables:
  dossiers:
    columns:
      dossier_code: Dossier
      received_at: Reçu
      finished_at: { heading: Clos, language: de }
    constants: { unit: D1 }
"""
    rows = "Dossier,Reçu,Clos\nA1,3 févr. 2025,4 März 2025\nA2,3 févr. 2025,4 avril 2025\n"
    profile = load_profile(tiny.write(tmp_path / "profile.yaml", text))
    found = inspect([tiny.write(tmp_path / "raw.csv", rows)], Terms(profile))
    assert (found.rows_used, found.quarantined) == (1, {"unreadable date": 1})


@pytest.mark.parametrize("language", ["zz", "french", "../fr", 7])
def test_what_is_no_language_is_refused(tmp_path: Path, language: object) -> None:
    text = f"language: {language}\ntables: {{dossiers: {{columns: {{dossier_code: A}}}}}}\n"
    with pytest.raises(SettingsError, match="language"):
        load_profile(tiny.write(tmp_path / "profile.yaml", text))


@pytest.mark.parametrize("language", ["vi", "ja", "ko", "th", "hi"])
def test_a_language_whose_months_are_no_words_is_refused(language: str) -> None:
    with pytest.raises(SettingsError, match=f"p: the months of '{language}' cannot be read"):
        parse_language("p", language)
    assert parse_language("p", "fi") == "fi"
