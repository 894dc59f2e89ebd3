"""Persons in mapped columns: masked in texts, refused in codes, kept in no fault and no message."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.errors import BriefingsError, InputError
from briefings.escaping import UNSEEN
from briefings.intake.contracts import CONTRACTS
from briefings.intake.detectors import MARK, is_personal_code
from briefings.intake.profiles import TableProfile, load_profile
from briefings.intake.screening import Screen, code_faults
from briefings.intake.snapshot import Snapshot
from briefings.intake.source import Source
from briefings.intake.take_in import take_in
from tests import canaries, tiny
from tests.intake.conftest import MakeProject
from tests.intake.inspected import Inspected, inspect

PERSONS = ("Trần Thị Bíchkz", "0987650321", "030185077713", "canary.kz@thu.example.vn")
HEADINGS = tiny.DOSSIER_HEADINGS
DECISIONS = "Số quyết định,Ngày ban hành,Cơ quan trình,Trích yếu\n"
GOOD = "A9,P1,D1,02/01/2025 08:00,Trực tuyến,09/01/2025 17:00,08/01/2025 09:00,Đã trả kết quả,x"
SLIPPED = [
    ",".join([*GOOD.split(",")[:place], person, *GOOD.split(",")[place + 1 :]])
    for place in range(8)
    for person in PERSONS
]


def delivered(make_project: MakeProject, table: str, content: str, **more: tiny.Raw) -> Snapshot:
    return take_in(make_project(table, *more, **{table: content}, **more))


def quarantine(snapshot: Snapshot) -> pd.DataFrame:
    file = snapshot.folders["all"] / "quarantine.csv"
    return pd.read_csv(file, dtype="str", keep_default_na=False)


def titles(make_project: MakeProject, *given: str) -> list[str]:
    rows = (f'{n}/QĐ,06/01/2025,D1,"{title}"\n' for n, title in enumerate(given))
    snapshot = take_in(make_project("decisions", "dossiers", decisions=DECISIONS + "".join(rows)))
    (file,) = snapshot.files("decisions")
    return list(pd.read_parquet(file)["title"])


def test_every_cell_that_slipped_into_another_column_is_set_aside_and_masked(
    make_project: MakeProject, tmp_path: Path
) -> None:
    content = "\n".join([HEADINGS, GOOD.replace("A9", "A0"), *SLIPPED]) + "\n"
    (row,) = (snapshot := delivered(make_project, "dossiers", content)).intake
    assert (row.read, row.used, row.quarantined) == (33, 1, 32)
    assert row.reasons["looks like personal data"] == 8
    assert set(quarantine(snapshot)["value"]) == {MARK}
    assert canaries.traces(tmp_path / "snapshots") == []


@pytest.mark.slow
def test_a_title_is_kept_without_the_persons_in_it(make_project: MakeProject) -> None:
    given = ["Công bố 3 thủ tục", *(f"Trả {person} kết quả" for person in PERSONS)]
    assert titles(make_project, *given) == [given[0], *[f"Trả {MARK} kết quả"] * 4]


def test_a_column_of_persons_is_no_title(make_project: MakeProject, tmp_path: Path) -> None:
    names = ("Trần Thị Bíchkz", "Lê Văn Bíchkz", "Vũ Thị Bíchkz", "Đỗ Văn Bíchkz", "Ngô Bíchkz")
    with pytest.raises(InputError, match="'Trích yếu', mapped to title of decisions") as caught:
        titles(make_project, *names)
    assert canaries.found_in(str(caught.value)) == []
    assert not list((tmp_path / "snapshots").rglob("*.parquet"))


def test_a_heading_of_persons_is_no_title(make_project: MakeProject, tmp_path: Path) -> None:
    profile = tiny.PROFILE.replace("title: Trích yếu", "title: Người nộp hồ sơ")
    content = DECISIONS.replace("Trích yếu", "Người nộp hồ sơ") + "1/QĐ,06/01/2025,D1,x\n"
    project = make_project("decisions", "dossiers", decisions=content)
    tiny.write(tmp_path / "profile.yaml", profile)
    with pytest.raises(InputError, match="looks like one of persons"):
        take_in(project)


def test_a_column_of_persons_is_no_key(make_project: MakeProject) -> None:
    rows = [GOOD.replace("A9", f"03018507771{n}") for n in range(6)]
    with pytest.raises(InputError, match="'Mã hồ sơ', mapped to dossier_code"):
        delivered(make_project, "dossiers", "\n".join([HEADINGS, *rows]) + "\n")


def test_running_numbers_of_nine_and_twelve_digits_are_keys(make_project: MakeProject) -> None:
    rows = [GOOD.replace("A9", code) for code in ("101004143000", "101004130437", "141234567")]
    (row,) = delivered(make_project, "dossiers", "\n".join([HEADINGS, *rows]) + "\n").intake
    assert row.quarantined == 0


def test_a_code_with_an_invisible_character_is_set_aside_and_the_sign_is_named(
    make_project: MakeProject,
) -> None:
    signs = ("A\u200b9", "\u202eA9", "A\u31649", "A\ufe0f9", "A\u034f9", "A\U000e00419", "A\t9")
    rows = [GOOD, *(GOOD.replace("A9", code) for code in signs)]
    snapshot = delivered(make_project, "dossiers", "\n".join([HEADINGS, *rows]) + "\n")
    found = quarantine(snapshot)
    named = ["A<200B>9", "<202E>A9", "A<3164>9", "A<FE0F>9", "A<034F>9", "A<E0041>9"]
    assert list(found["value"]) == named
    assert set(found["reason"]) == {"invisible character"}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        ("=cmd|'/C calc'!A0", "'=cmd|'/C calc'!A0"),
        ("\t=1+1", "'=1+1"),
        ("-1", "-1"),
        ("x\x1b[2Jy", "x<001B>[2Jy"),
        ("x" * 10_000, "x" * 200 + "…"),
    ],
)
def test_a_value_in_the_quarantine_commands_nothing(
    make_project: MakeProject, cell: str, kept: str
) -> None:
    row = GOOD.replace("D1", f'"{cell}"')
    snapshot = delivered(
        make_project, "dossiers", f"{HEADINGS}\n{GOOD}\n{row.replace('A9', 'A8')}\n"
    )
    assert list(quarantine(snapshot)["value"]) == [kept]


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("31/02/2025", "31/02/2025"),
        ("2025-02-31T08:00:00Z", "2025-02-31T08:00:00Z"),
        ("hôm qua", "hôm qua"),
        ("04/18/2019 09:55:45 PM", "04/18/2019 09:55:45 PM"),
        ("Wed Jan 19 11:42:16 EST 2022", "Wed Jan 19 11:42:16 EST 2022"),
        ("8 giờ ngày 3 tháng 2 năm 2025", "8 giờ ngày 3 tháng 2 năm 2025"),
        ("số 5 ngõ 12 phố nhỏ", MARK),
        ("John Smith", MARK),
        ("0912345678", MARK),
    ],
)
def test_of_a_cell_that_should_be_a_date_only_what_resembles_one_is_shown(
    cell: str, shown: str
) -> None:
    profile = TableProfile({"received_at": Source(("Ngày",))}, {})
    assert Screen(CONTRACTS["dossiers"], profile).cell("Ngày", cell) == shown


@pytest.mark.slow
def test_no_message_about_a_file_repeats_a_person(
    make_project: MakeProject, tmp_path: Path
) -> None:
    persons = ",".join(PERSONS)
    unit = GOOD.replace("D1", "D9")
    files = {
        "no headings": f"{persons},1,2,3,4,5\n{GOOD}\n",
        "headings twice": f"{HEADINGS},{PERSONS[0]},{PERSONS[0]}\n",
        "too many cells": f"{HEADINGS}\n{GOOD},{persons}\n",
        "a quote left open": f'{HEADINGS}\n{GOOD}\n"{persons}\n',
        "delivered twice": "",
    }
    for fault, content in files.items():
        both = dict.fromkeys(tiny.MONTHS, f"{HEADINGS}\n{GOOD}\n{unit.replace('x', persons)}\n")
        with pytest.raises(BriefingsError) as caught:
            take_in(make_project(dossiers=content or dict.fromkeys(both, f"{HEADINGS}\n{GOOD}\n")))
        assert canaries.found_in(str(caught.value)) == [], fault
    assert canaries.traces(tmp_path / "snapshots") == []


def test_headings_that_are_persons_are_listed_without_them(
    make_project: MakeProject, tmp_path: Path
) -> None:
    content = "".join(
        f"{line},{','.join(PERSONS) if number == 0 else 'a,b,c,d'}\n"
        for number, line in enumerate(tiny.DOSSIERS_JANUARY.splitlines())
    )
    (row,) = delivered(make_project, "dossiers", content).intake
    assert row.ignored_columns == (*[MARK] * 4,)
    assert row.dropped_personal_columns == ("Người nộp",)
    manifest = next((tmp_path / "snapshots").rglob("manifest.json")).read_text(encoding="utf-8")
    assert canaries.found_in(json.dumps(json.loads(manifest), ensure_ascii=False)) == []


@pytest.mark.slow
@given(
    st.lists(
        st.text(max_size=20)
        | st.sampled_from(["H23.15-250214-0001", "x 0912345678", "-0987654321", "(84)912345678"])
        | st.sampled_from([*PERSONS, "HS/030085001234", "Needle Pickup", "nguyễn văn an"]),
        min_size=1,
    )
)
def test_what_arrow_passes_over_holds_no_person(codes: list[str]) -> None:
    contract = CONTRACTS["portal_dossiers"]
    sound = [code.encode("utf-8", "replace").decode() for code in codes]
    table = contract.empty().reindex(range(len(sound)))
    table["dossier_code"] = pd.Series(sound, dtype="str")
    faults = code_faults(table, contract)
    for reason, holds in (
        ("looks like personal data", is_personal_code),
        ("invisible character", re.compile(f"[{UNSEEN}]").search),
    ):
        found = set(faults.loc[faults["reason"] == reason, "row"])
        assert found == {row for row, code in enumerate(sound) if holds(code)}


def test_an_inspection_without_a_project_shows_no_person_either(
    make_project: MakeProject, tmp_path: Path
) -> None:
    project = make_project()
    named = [f"{row},{','.join(PERSONS)}" for row in SLIPPED]
    heads = f"{HEADINGS},{','.join(PERSONS)}"
    good = f"{GOOD},a,b,c,d".replace("A9", "A0")
    file = tiny.write(tmp_path / "x.csv", "\n".join([heads, good, *named]) + "\n")
    found = inspect([file], load_profile(project.profile), "dossiers", {"D1", "D2"})
    assert (found.read, found.rows_used) == (33, 1)
    assert "Người nộp" in found.dropped_personal_columns
    shown = (found.quarantine.to_csv(), *found.ignored_columns, *found.dropped_personal_columns)
    assert canaries.found_in("\n".join(shown)) == []
    assert canaries.found_in(found.used["dossiers"].to_csv()) == []


OFFICES = (
    "tables: {unit_counts: {columns: {unit: Nơi, period_from: Kỳ, period_to: Kỳ, received: Số}}}"
)


def inspected_offices(folder: Path, *offices: str, units: str = "") -> Inspected:
    """Counts of offices that no project lists, or that the profile does."""
    rows = "".join(f"{name},2025-01-01,{number}\n" for number, name in enumerate(offices))
    file = tiny.write(folder / "x.csv", "Nơi,Kỳ,Số\n" + rows)
    return inspect([file], load_profile(tiny.write(folder / "p.yaml", f"{units}{OFFICES}")))


def test_persons_are_no_offices(tmp_path: Path) -> None:
    persons = ("Trần Thị Bíchkz", "Lê Văn Bíchkz", "Vũ Thị Bíchkz", "Đỗ Văn Bíchkz", "Ngô Bíchkz")
    with pytest.raises(InputError, match="'Nơi', mapped to unit of unit_counts") as caught:
        inspected_offices(tmp_path, *persons)
    assert "list them under `units`" in caught.value.advice
    assert canaries.found_in(str(caught.value)) == []
    listed = f"units: [{', '.join(persons)}]\n"  # wards bear such names
    assert inspected_offices(tmp_path, *persons, units=listed).rows_used == 5


def test_an_office_that_nobody_lists_is_a_code_like_any_other(tmp_path: Path) -> None:
    found = inspected_offices(tmp_path, "Sở Y tế", "Sở\u200b Y tế", "a.b@example.com", "Parks")
    assert found.quarantined == {"invisible character": 1, "looks like personal data": 1}


def test_a_ward_may_be_called_after_somebody(tmp_path: Path) -> None:
    found = inspected_offices(tmp_path, "Nguyễn Trãi", *(f"Phường {n}" for n in range(5)))
    assert found.quarantined == {}
