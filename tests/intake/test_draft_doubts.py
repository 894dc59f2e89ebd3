"""What is not certain is a question: nobody's guess becomes a figure by itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from briefings.errors import InputError
from briefings.intake.draft_marks import quoted
from briefings.intake.draft_text import written
from briefings.intake.drafting import draft
from briefings.intake.profile_yaml import load_yaml
from briefings.intake.profiles import load_profile
from briefings.intake.source import Source
from tests import tiny
from tests.intake.drafted import answered
from tests.intake.inspected import inspect


def text_of(folder: Path, csv: str) -> str:
    return written(draft(tiny.write(folder / "raw.csv", csv))).profile


def taken(folder: Path, csv: str) -> dict[str, Source]:
    """The columns that a draft is certain of: what is left when a person takes the others out."""
    return dict(answered(folder, text_of(folder, csv)).columns)


def asked_of(folder: Path, csv: str, column: str) -> str:
    """What a draft asks of a column."""
    content: Any = load_yaml(tiny.write(folder / "draft.yaml", text_of(folder, csv)))
    ((_, table),) = content["tables"].items()
    return str(table["columns"][column].get("question", ""))


def cases(head: str, *rows: str) -> str:
    """Cases with a code and a unit before the columns that matter."""
    lines = [f"{number},Sở A,{row}" for number, row in enumerate(rows, 1)]
    return "\n".join([f"Mã hồ sơ,Đơn vị,{head}", *lines]) + "\n"


def counts(head: str, *rows: str) -> str:
    """Counts of half a year before the columns that matter."""
    lines = [f"A{number},2025-01-01,2025-06-30,{row}" for number, row in enumerate(rows)]
    return "\n".join([f"Agency,Period start,Period end,{head}", *lines]) + "\n"


@pytest.mark.slow
@pytest.mark.parametrize(
    "heading",
    [
        "Estimated Completion Date", "Ngày trả kết quả dự kiến", "Target Date Closed",
        "Planned End Date", "Ngày tiếp nhận bổ sung", "Resolution Due Date",
    ],
)  # fmt: skip
def test_the_day_that_is_planned_is_no_day_on_which_something_was_done(
    tmp_path: Path, heading: str
) -> None:
    days = taken(tmp_path, cases(f"Ngày tiếp nhận,{heading}", "2025-01-02,2025-02-13"))
    assert set(days) <= {"dossier_code", "unit", "received_at"}
    assert days["received_at"].headings == ("Ngày tiếp nhận",)


@pytest.mark.parametrize(
    "heading",
    [
        "Not on time", "Not completed on time", "Requests completed late", "Số không đúng hạn",
        "Total Requests received online", "Average days to acknowledge",
        "Tổng số tiếp nhận kỳ trước", "Đã giải quyết quá hạn",
    ],
)  # fmt: skip
def test_the_opposite_or_a_part_of_a_count_is_not_the_count(tmp_path: Path, heading: str) -> None:
    assert set(taken(tmp_path, counts(heading, "9", "7"))) == {"unit", "period_from", "period_to"}


def test_what_is_missing_says_something_too(tmp_path: Path) -> None:
    text = text_of(tmp_path, cases("Ngày tiếp nhận,Ngày hẹn trả", "2025-01-02,2025-01-03"))
    assert (
        "# ATTENTION: No heading is finished_at: as the profile stands, no case is finish" in text
    )
    assert "no case is on time or late" not in text


def test_a_heading_that_is_only_like_it_is_left_to_a_person(tmp_path: Path) -> None:
    csv = cases("Ngày tiếp nhận,Ngày tiếp nhận hồ sơ giấy", "2025-01-02,2025-01-03")
    csv = csv.replace("Ngày tiếp nhận,", "x,")
    assert asked_of(tmp_path, csv, "received_at") == "its heading is only like it"
    assert "# ATTENTION: Not certain: received_at." in text_of(tmp_path, csv)


@pytest.mark.parametrize(
    ("head", "column", "rows"),
    [
        ("Ngày nộp,Ngày tiếp nhận", "received_at", ("2025-01-02,2025-01-03",)),
        ("Ngày tiếp nhận,Ngày trả kết quả,Ngày có kết quả", "finished_at",
         ("2025-01-02,2025-01-09,2025-01-08",)),
        ("Ngày tiếp nhận,Cơ quan giải quyết", "unit", ("2025-01-02,B1", "2025-01-02,B2")),
        ("Ngày tiếp nhận,Case Number", "dossier_code", ("2025-01-02,C1", "2025-01-02,C1")),
    ],
)  # fmt: skip
def test_of_two_headings_that_fit_as_well_a_person_chooses(
    tmp_path: Path, head: str, column: str, rows: tuple[str, ...]
) -> None:
    assert "would fit as well" in asked_of(tmp_path, cases(head, *rows), column)


def test_a_code_beside_its_name_is_no_question(tmp_path: Path) -> None:
    units = ("A,Sở A", "B,Sở B", "A,Sở A", "B,", "A,SỞ A", "B,Sở B")
    rows = "".join(f"{n},{unit},2025-01-02,2025-01-02 00:00:00\n" for n, unit in enumerate(units))
    csv = f"Mã hồ sơ,Mã đơn vị,Đơn vị,Created Date,Date Created\n{rows}"
    found = taken(tmp_path, csv)
    assert found["unit"].headings == ("Mã đơn vị",)
    assert found["received_at"].headings == ("Created Date",)


@pytest.mark.parametrize(
    ("csv", "column"),
    [
        (counts("Requests received,Total received", "20,33", "27,40", "34,47"), "received"),
        (cases("Case Number,Ngày tiếp nhận", "C1,2025-01-02", "C2,2025-01-02"), "dossier_code"),
        (cases("Cơ quan giải quyết,Ngày tiếp nhận", "Phòng X,2025-01-02", "Phòng X,2025-01-03"),
         "unit"),
    ],
)  # fmt: skip
def test_what_pairs_by_chance_is_not_the_same(tmp_path: Path, csv: str, column: str) -> None:
    assert "would fit as well" in asked_of(tmp_path, csv, column)


def test_how_many_dossiers_is_no_number_of_one(tmp_path: Path) -> None:
    csv = "Đơn vị,Ngày tiếp nhận,Số hồ sơ\nSở A,2025-01-02,15\nSở A,2025-01-03,19\n"
    assert "dossier_code" not in taken(tmp_path, csv)
    with_codes = csv.replace(",15", ",H-15").replace(",19", ",H-19")
    assert taken(tmp_path, with_codes)["dossier_code"].headings == ("Số hồ sơ",)


def test_bare_numbers_in_a_text_file_are_days_only_if_a_person_says_so(tmp_path: Path) -> None:
    assert "received_at" not in taken(tmp_path, cases("Ngày tiếp nhận", "45678", "45679"))


@pytest.mark.slow
def test_a_date_that_fits_another_order_of_its_numbers_is_left_to_a_person(tmp_path: Path) -> None:
    for cells in (("25/01/24", "24/01/25"), ("25/01/13", "25/01/28"), ("30/06/19", "30/06/25")):
        csv = cases("Ngày tiếp nhận", *cells)
        asked = asked_of(tmp_path, csv, "received_at")
        assert "year-first would fit as well, with other days" in asked


@pytest.mark.parametrize(
    ("cells", "form"),
    [
        (("13/01/25", "28/01/25"), ("day-first",)),
        (("08:30:00 13/01/2025", "10:00:00 02/01/2025"), ("%H:%M:%S %d/%m/%Y",)),
        (("13/01/2025 - 08:30", "02/01/2025 - 10:00"), ("%d/%m/%Y - %H:%M",)),
        (("01-03-2025", "13-03-2025"), ("day-first",)),  # -2025 is no offset of a zone
    ],
)
def test_dates_that_one_order_makes_of_one_time_are_certain(
    tmp_path: Path, cells: tuple[str, ...], form: tuple[str, ...]
) -> None:
    assert taken(tmp_path, cases("Ngày tiếp nhận", *cells))["received_at"].dates.formats == form


def test_a_clock_before_a_date_does_not_tell_its_order(tmp_path: Path) -> None:
    csv = cases("Ngày tiếp nhận", "08:30 03/04/2025", "08:30 03/05/2025")
    assert "%m/%d/%Y would fit as well" in asked_of(tmp_path, csv, "received_at")


@pytest.mark.parametrize(
    "other", ["Version,13.01.25", "Location code,14.02.11", "Ngày sinh,25/12/1980"]
)
def test_only_dates_tell_the_order_of_dates(tmp_path: Path, other: str) -> None:
    heading, cell = other.split(",")
    text = text_of(tmp_path, cases(f"Ngày tiếp nhận,{heading}", f"03/04/2025,{cell}"))
    assert 'format: ["day-first or month-first?"]' in text


@pytest.mark.slow
def test_one_odd_cell_does_not_tell_the_order_of_a_column(tmp_path: Path) -> None:
    days = [f"{month:02}/{day:02}/2025" for month in range(1, 13) for day in range(1, 13)]
    for other in ("", ",updated date"):
        rows = [f"{day},01/31/2025" if other else day for day in (*days, "13/02/2025")]
        text = text_of(tmp_path, cases(f"Ngày tiếp nhận{other}", *rows))
        assert 'format: ["day-first or month-first?"]' in text


@pytest.mark.slow
@pytest.mark.parametrize("early", ["2025-{:02}-03", "20250{}03", "2025/{:02}/03", "{}-Mar-25"])
def test_days_that_a_spreadsheet_swapped_are_seen_in_a_text_file_too(
    tmp_path: Path, early: str
) -> None:
    days = (*map(early.format, range(1, 6)), *(f"{day}/03/2025" for day in (13, 18, 25, 28, 31)))
    csv = cases("Ngày tiếp nhận", *days)
    assert "did a spreadsheet swap them?" in asked_of(tmp_path, csv, "received_at")
    profile = answered(tmp_path, text_of(tmp_path, csv), keeping=["received_at"])
    with pytest.raises(InputError, match="a spreadsheet took day for month"):
        inspect([tmp_path / "raw.csv"], {"dossiers": profile})


@pytest.mark.slow
@pytest.mark.parametrize(
    ("written", "ends"),
    [("01/2025;03/2025", "2025-03-31"), ("Q1 2025;Q2 2025", "2025-06-30"),
     ("H1 2025;H1 2025", "2025-06-30")],
)  # fmt: skip
def test_a_period_ends_with_its_last_day(tmp_path: Path, written: str, ends: str) -> None:
    csv = f"Đơn vị;Từ ngày;Đến ngày;Tiếp nhận\nA;{written};5\n"
    (tmp_path / "two").mkdir()
    for folder, text in ((tmp_path / "two", csv), (tmp_path, one_period(csv))):
        file = tiny.write(folder / "draft.yaml", text_of(folder, text))
        rows = inspect([folder / "raw.csv"], load_profile(file)).used["unit_counts"]
        if folder != tmp_path or written.split(";")[0] == written.split(";")[1]:
            assert str(rows["period_to"].iloc[0].date()) == ends


def one_period(csv: str) -> str:
    """The same file with one column for the whole period."""
    return "\n".join(
        ";".join(cell for place, cell in enumerate(line.split(";")) if place != 2)
        for line in csv.splitlines()
    )


def test_months_are_no_days_of_a_case(tmp_path: Path) -> None:
    assert "received_at" not in taken(tmp_path, cases("Ngày tiếp nhận", "01/2025", "02/2025"))


def test_of_an_average_thousands_are_not_sure(tmp_path: Path) -> None:
    assert "days_mean" not in taken(tmp_path, counts("Average days", "12.345", "18.125"))
    assert "days_mean" in taken(tmp_path, counts("Average days", "12.3", "18.1"))


def test_a_share_is_no_count_even_where_its_heading_does_not_say_so(tmp_path: Path) -> None:
    found = taken(tmp_path, counts("Processed,On time", "90,0.95", "9,0.8"))
    assert ("processed" in found, "processed_on_time" in found) == (True, False)


def test_rows_of_totals_are_left_out_and_pointed_at(tmp_path: Path) -> None:
    csv = (
        counts("Received", "12", "8").replace("A0", "Sở A") + "Tổng cộng,2025-01-01,2025-06-30,20\n"
    )
    text = text_of(tmp_path, csv)
    assert "# ATTENTION: Rows that look like totals are left out" in text
    profile = load_profile(tiny.write(tmp_path / "draft.yaml", text))
    found = inspect([tmp_path / "raw.csv"], profile)
    assert (found.quarantined, found.used["unit_counts"]["received"].sum()) == ({"total": 1}, 20)


def test_a_row_that_may_be_a_total_is_a_question(tmp_path: Path) -> None:
    csv = counts("Received", "12", "8") + "II. Cấp huyện,2025-01-01,2025-06-30,20\n"
    assert asked_of(tmp_path, csv, "unit") == "some rows may sum up others: II. Cấp huyện"


@pytest.mark.parametrize("early", ["Trước hạn", "Sớm hạn", "Completed early"])
def test_on_time_beside_early_is_not_all_that_was_on_time(tmp_path: Path, early: str) -> None:
    found = taken(tmp_path, counts(f"Processed,{early},Đúng hạn", "90,60,25"))
    assert "processed_on_time" not in found


def test_numbers_of_states_are_not_taken_for_those_of_the_portal(tmp_path: Path) -> None:
    found = taken(tmp_path, cases("Ngày tiếp nhận,Trạng thái", "2025-01-02,1", "2025-01-03,2"))
    assert "status" not in found


def test_a_marker_that_is_a_label_stays_one(tmp_path: Path) -> None:
    csv = "Mã TTHC,Tên TTHC,Mức độ DVC\nT1,a,None\nT2,b,full\nT3,-,full\n"
    text = written(draft(tiny.write(tmp_path / "raw.csv", csv), "procedures")).profile
    assert 'empty: ["-"]' in text


EVENTS = "case,activity,timestamp,department,status\n"


@pytest.mark.slow
@pytest.mark.parametrize(("rows", "kept"), [(1, "keep_last"), (-1, "keep_first")])
def test_of_events_of_one_day_the_last_is_the_last_as_the_file_has_them(
    tmp_path: Path, rows: int, kept: str
) -> None:
    events = ["C1,Register,2025-01-13,Parks,Open", "C1,Check,2025-01-14,Parks,Open",
              "C1,Close,2025-01-14,Parks,Withdrawn"]  # fmt: skip
    text = text_of(tmp_path, EVENTS + "\n".join(events[::rows]) + "\n")
    assert f"doubled: {kept}" in text
    profile = answered(tmp_path, text, keeping=["status"])
    (status,) = inspect([tmp_path / "raw.csv"], {"dossiers": profile}).used["dossiers"]["status"]
    assert status == 7


def test_where_all_events_are_of_one_day_a_person_says_which_is_the_last(tmp_path: Path) -> None:
    text = text_of(tmp_path, f"{EVENTS}C1,Open,2025-01-13,P,Open\nC1,Close,2025-01-13,P,Closed\n")
    assert 'doubled: "keep_first or keep_last?"' in text
    assert "QUESTION: of several rows with the last moment, which is the last?" in text


def test_the_day_of_an_event_is_no_day_of_its_case(tmp_path: Path) -> None:
    csv = (
        "ID,Case ID,Activity,complete timestamp,start timestamp,Start Date,Department\n"
        "0,C1,Register,2025-02-02 10:00,2025-01-30 08:00,2025-01-30,Parks\n"
        "1,C1,Close,2025-02-05 10:00,2025-02-04 08:00,2025-02-04,Parks\n"
    )
    columns = taken(tmp_path, csv)
    assert columns["dossier_code"].headings == ("Case ID",)  # and not the number of each event
    assert (columns["received_at"].take, columns["received_at"].headings) == (
        "earliest", ("start timestamp",),
    )  # fmt: skip


def test_what_differs_within_a_case_is_a_question(tmp_path: Path) -> None:
    csv = f"{EVENTS}C1,Open,2025-01-13,One stop,Open\nC1,Close,2025-01-14,Room A,Open\n"
    assert "rows of one case differ in it" in asked_of(tmp_path, csv, "unit")
    assert asked_of(tmp_path, csv, "status") == ""
    assert asked_of(tmp_path, csv, "finished_at") == "which steps end a case?"


def test_what_only_some_rows_of_a_case_say_is_a_question(tmp_path: Path) -> None:
    head = "case,activity,timestamp,department,channel\n"
    csv = f"{head}C1,Open,2025-01-13,P,online\nC1,Close,2025-01-14,P,\n"
    assert "rows of one case differ in it" in asked_of(tmp_path, csv, "channel")


def test_steps_without_a_time_are_pointed_at(tmp_path: Path) -> None:
    csv = "Case ID,Activity,Opened,Department\nC1,Register,a,P\nC1,Close,b,P\n"
    assert "a case has several rows, with a step each" in text_of(tmp_path, csv)


def test_a_first_row_of_data_is_no_second_row_of_headings(tmp_path: Path) -> None:
    csv = "Mã hồ sơ;Đơn vị;Ghi chú;Ghi chú\nH01;Sở A;xin cấp lại;bệnh tim\nH02;Sở A;x;y\n"
    with pytest.raises(InputError, match="headings occur twice: Ghi chú"):
        text_of(tmp_path, csv)


@pytest.mark.parametrize(
    "rows",
    [
        ("John Smith,12 Elm Street,asthma", "Ann Bell,7 Oak Road,none", "Bo Day,9 Elm Lane,flu"),
        ("Kín,20250131,HIV", "Kín,20250201,x", "Kín,20250203,x"),
        ("Kín,31-Jan-25,HIV", "Kín,01-Feb-25,x", "Kín,03-Feb-25,x"),
    ],
)
def test_a_first_row_like_the_next_ones_is_no_row_of_headings(
    tmp_path: Path, rows: tuple[str, ...]
) -> None:
    text = text_of(tmp_path, "\n".join(rows) + "\n")
    assert "header_rows: []" in text
    assert not any(cell in text for cell in rows[0].split(","))


def test_a_draft_with_odd_headings_can_be_loaded(tmp_path: Path) -> None:
    odd = 'password: x,Secret: yes/no,"https://u:pw@host/x",\u202egnp.exe'
    csv = f"Case ID,Agency,Opened,{odd}\n1,P,2025-01-13,a,b,c,d\n"
    text = text_of(tmp_path, csv)
    load_profile(tiny.write(tmp_path / "draft.yaml", text))
    assert "# (reads like a password)" in text
    assert "pw@host" not in text
    assert "\u202e" not in text
    assert quoted("a\u202eb") == '"a\\U0000202Eb"'


def test_persons_in_place_of_offices_are_a_question(tmp_path: Path) -> None:
    csv = "Mã hồ sơ,Đơn vị xử lý,Ngày tiếp nhận\n1,Nguyễn Văn Kín,2025-01-02\n"
    assert asked_of(tmp_path, csv, "unit") == "it looks like names of persons: are they offices?"


def test_a_name_of_a_file_may_be_a_person(tmp_path: Path) -> None:
    file = tiny.write(tmp_path / "Nguyễn Văn Kín 0912345678.csv", "Case ID,Agency\n1,P\n")
    assert "Kín" not in written(draft(file)).profile


@pytest.mark.slow
def test_of_very_many_headings_only_some_are_listed(tmp_path: Path) -> None:
    heads = ",".join(f"x{number}" for number in range(300))
    text = text_of(tmp_path, f"Case ID,Agency,{heads}\n1,P{300 * ','}\n")
    assert text.count("(nothing)") == 200
    assert "#   and 100 more" in text
