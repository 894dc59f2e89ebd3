"""What a row set aside is found by: itself, and never another row that looks like it."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import pytest
import yaml

from briefings.errors import InputError
from briefings.intake.correcting import LOOK_ALIKE, NOT_TAKEN_IN, Fitted
from briefings.intake.mapping import Mapper
from briefings.intake.profiles import load_profile, mapping_of
from briefings.intake.readers.numbers import SerialNumber
from briefings.intake.set_aside_rows import rows_set_aside, template_headings
from briefings.intake.snapshot import TableIntake, open_snapshot
from briefings.intake.take_in import take_in
from briefings.project import Project, load_project
from tests import tiny
from tests.intake.conftest import MakeProject

COLUMNS = "    unit: {heading: Đơn vị, fill_down: true}\n    received_at: Nhận\n"
OWN_CODE = f"tables:\n  dossiers:\n   columns:\n    dossier_code: Mã\n{COLUMNS}"
BY_PLACE = OWN_CODE.replace("Mã", "{join: [(file), (row)], with: '-'}")
Deliver = Callable[..., Project]


@pytest.fixture
def deliver(make_project: MakeProject) -> Deliver:
    """A project of one profile, with the files of its months."""

    def made(profile: str, **months: str) -> Project:
        project = make_project(dossiers={f"2025-{key[1:]}": text for key, text in months.items()})
        tiny.write(project.profile, profile)
        text = project.file.read_text(encoding="utf-8")
        if "corrections" not in text:
            text = text.replace("[intake]", '[intake]\ncorrections = "corrections"')
            project.file.write_text(text, encoding="utf-8")
        return load_project(project.file)

    return made


def correct(project: Project, row: int, column: str, value: str) -> TableIntake:
    """Say what a cell of a row in the quarantine should be, and take the delivery in again."""
    take_in(project)
    (found,) = (each for each in rows_set_aside(open_snapshot(project)) if each.row == str(row))
    line = {
        "delivery": found.delivery, "table": "dossiers", "key": found.key, "column": column,
        "found": found.cells[column], "value": value, "reason": "mistyped",
        "corrected_on": "2025-03-05", "office": "One",
    }  # fmt: skip
    assert project.corrections is not None
    project.corrections.mkdir(exist_ok=True)
    with (project.corrections / f"{row}.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, template_headings())
        writer.writeheader()
        writer.writerow(line)
    return take_in(project).intake[0]


def used(project: Project) -> list[list[str]]:
    """Code, unit and day of the rows that are used."""
    (file,) = take_in(project).files("dossiers")
    rows = pd.read_parquet(file)[["dossier_code", "unit", "received_at"]]
    return rows.assign(received_at=rows["received_at"].dt.strftime("%m-%d")).values.tolist()


@pytest.mark.slow
def test_two_rows_alike_below_two_units_are_two_rows(deliver: Deliver) -> None:
    rows = "Mã,Đơn vị,Nhận\nA1,D1,2025-01-03\n,,2025-01-04\nA3,D2,2025-01-05\n,,2025-01-04\n"
    project = deliver(OWN_CODE, m01=rows)
    assert correct(project, 5, "Mã", "A4").unfit_corrections == ()
    assert used(project) == [
        ["A1", "D1", "01-03"], ["A4", "D2", "01-04"], ["A3", "D2", "01-05"]
    ]  # fmt: skip


@pytest.mark.slow
def test_the_number_of_a_row_names_none(deliver: Deliver) -> None:
    head, wrong = "Đơn vị,Nhận\n", "D2,hôm kia\n"
    project = deliver(BY_PLACE, m01=f"{head}D1,2025-01-03\n{wrong}")
    correct(project, 3, "Nhận", "2025-01-20")
    assert used(project)[1][1:] == ["D2", "01-20"]
    tiny.deliver(
        project.file.parent,
        "dossiers",
        {"2025-01": f"{head}D1,2025-01-03\nD1,hôm qua\n{wrong}"},
    )
    assert used(project)[1][1:] == ["D2", "01-20"]
    assert [row.cells["Nhận"] for row in rows_set_aside(open_snapshot(project))] == ["hôm qua"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "rule", ["", "   rows: [{leave_out: older, doubled: keep_last, same: Mã}]\n"]
)
def test_of_rows_that_are_one_and_the_same_all_are_corrected(deliver: Deliver, rule: str) -> None:
    rows = "Mã,Đơn vị,Nhận\nA1,D9,2025-01-03\nA1,D9,2025-01-03\n"
    project = deliver(f"{OWN_CODE}{rule}", m01=rows)
    row = correct(project, 3, "Đơn vị", "D1")
    assert (row.used, row.corrected, used(project)) == (1, 2, [["A1", "D1", "01-03"]])


@pytest.mark.slow
def test_the_order_of_the_columns_does_not_matter(deliver: Deliver) -> None:
    project = deliver(OWN_CODE, m01="Mã,Đơn vị,Nhận\n,D1,2025-01-03\n")
    correct(project, 2, "Mã", "A1")
    tiny.deliver(
        project.file.parent, "dossiers", {"2025-01": "Nhận,Mới,Đơn vị,Mã\n2025-01-03,x,D1,\n"}
    )
    assert used(project) == [["A1", "D1", "01-03"]]


@pytest.mark.slow
def test_only_cells_that_were_delivered_can_be_corrected(deliver: Deliver) -> None:
    profile = OWN_CODE.replace("   columns", "   layout: {ragged: set_aside}\n   columns")
    project = deliver(profile, m01="Mã,Đơn vị,Nhận\nA1,D1,2025-01-03\nA2,D1\n")
    take_in(project)
    (row,) = rows_set_aside(open_snapshot(project))
    assert "(misfit)" in row.cells
    column = template_headings().index("column")
    assert [line[column] for line in row.template()] == ["Mã", "Đơn vị", "Nhận"]
    (unfit,) = correct(project, 3, "(misfit)", "").unfit_corrections
    assert NOT_TAKEN_IN in unfit


@pytest.mark.slow
def test_rows_of_two_deliveries_are_not_taken_for_each_other_by_their_numbers(
    deliver: Deliver,
) -> None:
    rows = "Đơn vị,Nhận\nD1,2025-0{}-03\n"
    months = {"m01": rows.format(1), "m02": rows.format(2)}
    number_alone = BY_PLACE.replace("{join: [(file), (row)], with: '-'}", "(row)")
    for profile in (BY_PLACE, number_alone):
        project = deliver(profile, **months)
        text = project.file.read_text(encoding="utf-8")
        if "repeated" not in text:
            project.file.write_text(
                text.replace("[intake]", '[intake]\nrepeated = "latest"'), encoding="utf-8"
            )
        with pytest.raises(InputError, match="stands in more than one delivery") as caught:
            take_in(load_project(project.file))
        assert "Take a number of the case" in caught.value.advice
    project = deliver(BY_PLACE, **months)
    raw = project.file.parent / "raw"
    for month in tiny.MONTHS:
        (raw / month / "dossiers.csv").rename(raw / f"dossiers-{month}.csv")
    text = project.file.read_text(encoding="utf-8")
    named = text.replace("{month}/dossiers.csv", "dossiers-{month}.csv")
    project.file.write_text(named, encoding="utf-8")
    assert [row.used for row in take_in(load_project(project.file)).intake] == [1, 1]


@pytest.mark.parametrize(
    ("cell", "value", "right"),
    [
        (12.125, "22.125", 22.125),
        (7, "9", 9),
        (7, "0123", "0123"),
        (7, "1.250,5", "1.250,5"),
        (True, "1", "1"),
        ("87,5", "12.5", "12.5"),
        (7, None, None),
    ],
)
def test_a_plain_number_in_place_of_a_number_is_a_number(
    cell: object, value: str | None, right: object
) -> None:
    raw = pd.DataFrame({"Số": pd.Series([cell], [2], dtype=object)})
    put = Fitted({2: {"Số": value}}, ("Số",)).put(raw)
    assert put["Số"].tolist() == [right]
    assert type(put["Số"][2]) is type(right)


def test_a_corrected_number_counts_days_as_its_workbook_does() -> None:
    cell = SerialNumber(100, pd.Timestamp(1904, 1, 1).date())
    raw = pd.DataFrame({"Ngày": pd.Series([cell], [2], dtype=object)})
    (put,) = Fitted({2: {"Ngày": "41000"}}, ("Ngày",)).put(raw)["Ngày"]
    assert (put, put.days_late) == (41000, cell.days_late)


@pytest.mark.slow
def test_the_name_of_a_row_gives_no_person_away(deliver: Deliver) -> None:
    """Whoever has the other cells could try all numbers until the name comes out."""
    rows = "Mã,Đơn vị,Nhận\n{},D1,2025-01-03\nA2,D1,2025-01-03\n"
    names = []
    for number in ("0912345678", "0987654321"):
        take_in(project := deliver(OWN_CODE, m01=rows.format(number)))
        names += [row.key for row in rows_set_aside(open_snapshot(project))]
    assert names[0] == names[1]
    assert names[0].startswith("#")


@pytest.mark.slow
def test_rows_that_differ_in_a_person_only_are_not_corrected_together(deliver: Deliver) -> None:
    rows = "Mã,Đơn vị,Nhận\n0912345678,D1,2025-01-03\n0987654321,D1,2025-01-03\n"
    row = correct(deliver(OWN_CODE, m01=rows), 3, "Mã", "A2")
    assert (row.used, row.corrected) == (0, 0)
    assert LOOK_ALIKE in row.unfit_corrections[0]


def test_what_is_filled_down_is_the_same_whatever_the_chunks() -> None:
    """The day and the length that is added to it were filled down from each other."""
    profile = {
        "tables": {
            "dossiers": {
                "columns": {
                    "dossier_code": "Mã", "unit": "Đơn vị", "received_at": "Nhận",
                    "due_at": {
                        "heading": "Từ", "fill_down": True,
                        "plus": {"days": {"heading": "Thêm", "fill_down": True}},
                    },
                }
            }
        }
    }  # fmt: skip
    raw = pd.DataFrame(
        {"Mã": list("ABC"), "Đơn vị": "D1", "Nhận": "2025-01-03",
         "Từ": ["2025-01-05", None, None], "Thêm": ["7", None, "9"]},
        index=[2, 3, 4], dtype="str",
    )  # fmt: skip
    with TemporaryDirectory() as folder:
        file = tiny.write(Path(folder, "p.yaml"), yaml.safe_dump(profile))
        contract, table = mapping_of(load_profile(file), "dossiers")
    whole = Mapper(Path("x.csv"), contract, table).filled_down(raw)
    by_row = Mapper(Path("x.csv"), contract, table)
    assert [by_row.filled_down(raw.loc[[row]])[row] for row in raw.index] == whole.to_list()
    assert whole[3] == "due_at=2025-01-05\ndue_at length=7\n"


def test_a_day_as_it_is_shown_in_place_of_a_day_is_a_day() -> None:
    raw = pd.DataFrame({"Ngày": pd.to_datetime(["1950-01-01"])}, index=[2])
    put = Fitted({2: {"Ngày": "2025-01-31 00:00:00"}}, ("Ngày",)).put(raw)
    assert put["Ngày"].to_list() == [pd.Timestamp(2025, 1, 31)]
    for text in ("31/01/2025", "20250131"):  # as the source writes; a code
        put = Fitted({2: {"Ngày": text}}, ("Ngày",)).put(raw)
        assert put["Ngày"].to_list() == [text]


@pytest.mark.slow
def test_a_correction_does_not_vouch_for_the_dates_of_a_file(deliver: Deliver) -> None:
    profile = OWN_CODE.replace("Nhận", "{heading: Nhận, format: [day-first, iso]}")
    late = [f"L{day},D1,{day}/03/2025" for day in (13, 18, 25, 28, 31)]
    early = [(f"E{month}", f"03/{month:02}/2025", f"2025-{month:02}-03") for month in range(1, 6)]
    files = [
        "\n".join(["Mã,Đơn vị,Nhận", *late, *(f"{row[0]},D1,{row[way]}" for row in early)])
        for way in (1, 2)
    ]
    wrong = "\nX,D1,hôm qua\n"
    project = deliver(profile, m01=files[0] + wrong)
    assert correct(project, 12, "Nhận", "05/03/2025").used == 11
    tiny.deliver(project.file.parent, "dossiers", {"2025-01": files[1] + wrong})
    with pytest.raises(InputError, match="a spreadsheet took day for month"):
        take_in(project)
