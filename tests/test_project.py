from __future__ import annotations

import re
from pathlib import Path

import pytest

from briefings.errors import SettingsError
from briefings.periods import Regime
from briefings.project import ENVIRONMENT_VARIABLE, current_project, load_project
from tests import tiny

TABLES = 'dossiers = "raw/{month}/ho_so.csv"\n'
SETTINGS = tiny.PROJECT + TABLES


def refused(folder: Path, settings: str) -> str:
    file = tiny.write(folder / "briefings.toml", settings)
    with pytest.raises(SettingsError) as caught:
        load_project(file)
    assert str(file) in caught.value.message
    return str(caught.value)


def test_a_project_is_read_with_every_setting(tmp_path: Path) -> None:
    project = load_project(tiny.write(tmp_path / "briefings.toml", SETTINGS))
    assert project.key == "tiny"
    assert project.name == {"vi": "Tỉnh Thử", "en": "Test Province"}
    assert project.languages == ("vi", "en")
    assert project.regime == Regime("calendar_month", "month")
    assert project.default_levels == ("province", "department")
    assert project.notes["en"] == "Test data."
    assert not project.is_synthetic


def test_relative_paths_start_at_the_project_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tiny.write(
        tmp_path / "here" / "project.toml", SETTINGS.replace('"reports"', '"../elsewhere/reports"')
    )
    monkeypatch.chdir(tmp_path)
    project = load_project(Path("here/project.toml"))
    assert project.file == file
    assert project.units == tmp_path / "here" / "units.csv"
    assert project.tables == {"dossiers": tmp_path / "here" / "raw" / "{month}" / "ho_so.csv"}
    assert project.reports == tmp_path / "elsewhere" / "reports"


def test_an_absolute_path_stays_as_it_is(tmp_path: Path) -> None:
    settings = SETTINGS.replace('"snapshots"', '"/var/briefings"')
    project = load_project(tiny.write(tmp_path / "briefings.toml", settings))
    assert project.snapshots == Path("/var/briefings")


def test_optional_reference_files_may_be_left_out(tmp_path: Path) -> None:
    settings = SETTINGS.replace('calendar = "calendar.csv"', "")
    project = load_project(tiny.write(tmp_path / "briefings.toml", settings))
    assert (project.calendar, project.targets, project.published) == (None, None, None)
    assert (project.lunar_new_year, project.baselines) == (None, None)


@pytest.mark.parametrize(("line", "series"), [("", "as_now"), ('series = "as_now"\n', "as_now"),
                                              ('series = "as_then"\n', "as_then")])  # fmt: skip
def test_earlier_figures_are_read_as_now_unless_asked_otherwise(
    tmp_path: Path, line: str, series: str
) -> None:
    settings = SETTINGS.replace("default_levels", f"{line}default_levels")
    project = load_project(tiny.write(tmp_path / "briefings.toml", settings))
    assert project.series == series
    assert project.lineage is None


def test_the_lineage_of_units_is_a_reference_file(tmp_path: Path) -> None:
    settings = SETTINGS.replace("[intake]", 'lineage = "lineage.csv"\n\n[intake]')
    project = load_project(tiny.write(tmp_path / "briefings.toml", settings))
    assert project.lineage == tmp_path / "lineage.csv"


def test_another_reading_of_series_is_refused(tmp_path: Path) -> None:
    settings = SETTINGS.replace("default_levels", 'series = "now"\ndefault_levels')
    assert "series = ['now'] is not among as_now, as_then" in refused(tmp_path, settings)


def test_synthetic_data_are_marked(tmp_path: Path) -> None:
    settings = SETTINGS + '[project.synthetic]\nvi = "Giả lập"\nen = "Synthetic"\n'
    project = load_project(tiny.write(tmp_path / "briefings.toml", settings))
    assert project.is_synthetic
    assert project.synthetic["vi"] == "Giả lập"


def test_a_file_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="No such file") as caught:
        load_project(tmp_path / "nowhere.toml")
    assert "nowhere.toml" in caught.value.message
    assert "PROJECT=" in caught.value.advice


@pytest.mark.parametrize("settings", ["[project", "key = ", 'a = "1"\na = "2"'])
def test_bad_toml_is_refused(tmp_path: Path, settings: str) -> None:
    assert "not valid TOML" in refused(tmp_path, settings)


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    file = tiny.write(tmp_path / "briefings.toml", b"name = '\xff'")
    with pytest.raises(SettingsError, match="not valid TOML"):
        load_project(file)


def test_the_period_of_the_reports_is_a_month_unless_the_project_says_otherwise(
    tmp_path: Path,
) -> None:
    longer = SETTINGS.replace('"calendar_month"', '"legal_month"\nperiod = "quarter"')
    project = load_project(tiny.write(tmp_path / "briefings.toml", longer))
    assert project.regime == Regime("legal_month", "quarter")


@pytest.mark.parametrize(
    "key",
    ["key", "name", "languages", "window", "default_levels", "units", "profile", "snapshots",
     "reports"],
)  # fmt: skip
def test_a_missing_setting_is_named(tmp_path: Path, key: str) -> None:
    lines = [line for line in SETTINGS.splitlines() if not line.startswith(f"{key} =")]
    assert f"'{key}' is missing" in refused(tmp_path, "\n".join(lines))


@pytest.mark.parametrize("section", ["project", "reference", "intake", "output", "tables"])
def test_a_missing_section_is_named(tmp_path: Path, section: str) -> None:
    sections = SETTINGS.split("\n\n")
    kept = [part for part in sections if not part.startswith(f"[{section}")]
    text = "\n\n".join(part for part in kept if not part.startswith("[project.notes]"))
    assert f"'{section}' is missing" in refused(tmp_path, text)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('["vi", "en"]', '["vi", "fr"]', "languages = ['vi', 'fr'] is not among vi, en"),
        ('["vi", "en"]', "[]", "languages = [] is not among vi, en"),
        ('"calendar_month"', '"fifteenth"', "['fifteenth'] is not among calendar_month, legal_m"),
        ('"calendar_month"', '"legal_month"\nperiod = "week"', "['week'] is not among month, quar"),
        ('["province", "department"]', '["ward"]', "default_levels = ['ward'] is not among prov"),
        ('["province", "department"]', "[]", "default_levels = [] is not among province"),
    ],
)
def test_an_unknown_language_window_or_level_is_refused_with_the_valid_ones(
    tmp_path: Path, old: str, new: str, words: str
) -> None:
    assert words in refused(tmp_path, SETTINGS.replace(old, new))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('["vi", "en"]', "5"),
        ('"units.csv"', "5"),
        ('"raw/{month}/ho_so.csv"', "5"),
        ('{ vi = "Tỉnh Thử", en = "Test Province" }', '"Tỉnh Thử"'),
    ],
)
def test_a_setting_of_the_wrong_type_is_refused(tmp_path: Path, old: str, new: str) -> None:
    refused(tmp_path, SETTINGS.replace(old, new))


def test_a_name_is_needed_in_every_language_of_the_project(tmp_path: Path) -> None:
    assert "en" in refused(tmp_path, SETTINGS.replace(', en = "Test Province"', ""))


def test_a_misspelt_setting_is_refused(tmp_path: Path) -> None:
    """`[project.syntetic]` would take the label "synthetic" off every page in silence."""
    assert "syntetic" in refused(tmp_path, SETTINGS + '[project.syntetic]\nvi = "Giả lập"\n')


def test_the_table_of_dossiers_is_needed(tmp_path: Path) -> None:
    assert "dossiers" in refused(tmp_path, tiny.PROJECT + 'payments = "payments.csv"\n')


def test_the_environment_variable_names_the_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = tiny.write(tmp_path / "named" / "any.toml", SETTINGS)
    tiny.write(tmp_path / "briefings.toml", SETTINGS)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(named))
    assert current_project().file == named


def test_else_the_nearest_project_file_upwards_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    upper = tiny.write(tmp_path / "briefings.toml", SETTINGS)
    deeper = tiny.write(tmp_path / "a" / "briefings.toml", SETTINGS)
    (tmp_path / "a" / "b").mkdir()
    (tmp_path / "c").mkdir()
    monkeypatch.delenv(ENVIRONMENT_VARIABLE, raising=False)
    for folder, expected in (("a/b", deeper), ("a", deeper), ("c", upper)):
        monkeypatch.chdir(tmp_path / folder)
        assert current_project().file == expected


def test_else_the_project_of_the_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(ENVIRONMENT_VARIABLE, raising=False)
    monkeypatch.chdir(tmp_path)
    assert current_project().key == "hai_duong"


@pytest.mark.parametrize(
    ("setting", "hostile"),
    [
        ('key = "tiny"', 'key = "../../elsewhere"'),
        ('key = "tiny"', 'key = "a/b"'),
        ('key = "tiny"', 'key = "\\u0000"'),
        ('key = "tiny"', "key = 3"),
        ('profile = "profile.yaml"', 'profile = "a\\u0000b"'),
        ('snapshots = "snapshots"', 'snapshots = "\\u0000"'),
        ('vi = "Tỉnh Thử"', "vi = 3"),
        ('languages = ["vi", "en"]', 'languages = ["../vi"]'),
    ],
)
def test_a_hostile_setting_is_refused(tmp_path: Path, setting: str, hostile: str) -> None:
    assert setting in SETTINGS
    file = tiny.write(tmp_path / "briefings.toml", SETTINGS.replace(setting, hostile))
    with pytest.raises(SettingsError, match=re.escape("briefings.toml")):
        load_project(file)


def test_a_project_file_that_leads_nowhere_is_refused(tmp_path: Path) -> None:
    loop = tmp_path / "loop.toml"
    loop.symlink_to(loop)
    deep = tiny.write(tmp_path / "deep.toml", f"a = {'[' * 100_000}")
    for file in (loop, deep, tmp_path, tmp_path / ("x" * 5000)):
        with pytest.raises(SettingsError):
            load_project(file)
