from __future__ import annotations

from pathlib import Path

import pytest

from briefings.errors import InputError
from briefings.intake.deliveries import find_deliveries
from briefings.project import load_project
from tests import tiny
from tests.intake.conftest import MakeProject


def replace_path(folder: Path, old: str, new: str) -> Path:
    file = folder / "briefings.toml"
    return tiny.write(file, file.read_text(encoding="utf-8").replace(old, new))


def test_each_month_is_a_delivery_and_files_for_all_months_are_another(
    make_project: MakeProject, tmp_path: Path
) -> None:
    everything, january, february = find_deliveries(
        make_project("procedures", "dossiers", "payments")
    )
    assert everything.name == "all"
    assert everything.files == {"procedures": tmp_path / "raw" / "procedures.csv"}
    assert (january.name, february.name) == ("2025-01", "2025-02")
    assert february.files == {
        "dossiers": tmp_path / "raw" / "2025-02" / "dossiers.csv",
        "payments": tmp_path / "raw" / "2025-02" / "payments.csv",
    }


def test_a_month_that_lacks_a_table_is_refused_and_both_are_named(
    make_project: MakeProject, tmp_path: Path
) -> None:
    project = make_project("dossiers", "payments")
    (tmp_path / "raw" / "2025-02" / "payments.csv").unlink()
    with pytest.raises(InputError, match="Files are missing for 2025-02: payments") as caught:
        find_deliveries(project)
    assert "deliver an empty one with its headings" in caught.value.advice


def test_a_month_missing_between_two_others_is_refused(make_project: MakeProject) -> None:
    """It would count as zero, in its own briefing and in the year to date."""
    project = make_project(
        dossiers={"2025-01": tiny.DOSSIERS_JANUARY, "2025-03": tiny.DOSSIERS_FEBRUARY}
    )
    with pytest.raises(InputError, match="2025-02"):
        find_deliveries(project)


def test_without_any_file_the_expected_place_is_named(
    make_project: MakeProject, tmp_path: Path
) -> None:
    project = make_project(dossiers={})
    with pytest.raises(InputError, match="No data") as caught:
        find_deliveries(project)
    assert str(tmp_path / "raw" / "{month}" / "dossiers.csv") in caught.value.message
    assert "make data" in caught.value.advice


def test_stray_files_and_folders_are_ignored(make_project: MakeProject, tmp_path: Path) -> None:
    project = make_project()
    for stray in (
        "2025-13/dossiers.csv",
        "2025-2/dossiers.csv",
        "2025-03-old/dossiers.csv",
        "backup/2025-03/dossiers.csv",
        "2025-03/dossiers.csv.bak",
        "2025-03/Copy of dossiers.csv",
        "readme.txt",
    ):
        tiny.write(tmp_path / "raw" / stray, "stray")
    assert [delivery.name for delivery in find_deliveries(project)] == ["2025-01", "2025-02"]


def test_the_month_may_stand_in_the_file_name(make_project: MakeProject, tmp_path: Path) -> None:
    make_project()
    tiny.write(tmp_path / "raw" / "dossiers_2025-03.csv", tiny.DOSSIERS_JANUARY)
    project = tiny.load_project(
        replace_path(tmp_path, "{month}/dossiers.csv", "dossiers_{month}.csv")
    )
    (delivery,) = find_deliveries(project)
    assert delivery.name == "2025-03"
    assert delivery.files["dossiers"].name == "dossiers_2025-03.csv"


def test_the_month_may_stand_in_the_folder_and_in_the_file_name(
    make_project: MakeProject, tmp_path: Path
) -> None:
    make_project()
    tiny.write(tmp_path / "raw" / "2025-03" / "dossiers_2025-03.csv", tiny.DOSSIERS_JANUARY)
    tiny.write(tmp_path / "raw" / "2025-04" / "dossiers_2025-03.csv", "of another month")
    project = tiny.load_project(
        replace_path(tmp_path, "{month}/dossiers.csv", "{month}/dossiers_{month}.csv")
    )
    assert [delivery.name for delivery in find_deliveries(project)] == ["2025-03"]


def test_a_table_for_all_months_needs_no_monthly_one(
    make_project: MakeProject, tmp_path: Path
) -> None:
    (delivery,) = find_deliveries(make_project(dossiers=tiny.DOSSIERS_JANUARY))
    assert delivery.name == "all"
    assert delivery.files == {"dossiers": tmp_path / "raw" / "dossiers.csv"}


@pytest.mark.parametrize("folder", ["raw[1]", "raw*", "raw?", "[!a]", "$(id)", "kỳ báo cáo"])
def test_signs_of_a_pattern_in_a_path_are_letters(
    make_project: MakeProject, tmp_path: Path, folder: str
) -> None:
    make_project()
    (tmp_path / "raw").rename(tmp_path / folder)
    tiny.write(tmp_path / "rawX" / "2025-03" / "dossiers.csv", "")
    project = load_project(replace_path(tmp_path, '"raw/', f'"{folder}/'))
    assert [each.name for each in find_deliveries(project)] == ["2025-01", "2025-02"]
