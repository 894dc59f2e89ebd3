from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from briefings.errors import InputError, SettingsError
from briefings.intake.contracts import CONTRACTS
from briefings.intake.date_guesses import guess_dates
from briefings.intake.draft_text import quoted, written
from briefings.intake.drafting import draft
from briefings.intake.layout import Layout
from briefings.intake.profile_yaml import load_yaml
from briefings.intake.profiles import TableProfile, load_profile
from tests import tiny
from tests.intake.drafted import answered
from tests.intake.inspected import inspect


def drafted(folder: Path, csv: str, name: str = "raw.csv") -> tuple[str, dict[str, TableProfile]]:
    """The text of a draft, and what it says once loaded."""
    text = written(draft(tiny.write(folder / name, csv))).profile
    return text, load_profile(tiny.write(folder / "draft.yaml", text))


def text_of(folder: Path, csv: str) -> str:
    """The text of a draft, which need not load."""
    return written(draft(tiny.write(folder / "raw.csv", csv))).profile


@pytest.mark.slow
def test_vietnamese_headings_without_accents_are_matched_and_the_file_can_be_taken_in(
    tmp_path: Path,
) -> None:
    csv = (
        "MA HO SO;Don vi;ngay_tiep_nhan;Ngày hẹn trả;Trạng thái;Người nộp;Ghi chú\n"
        "A1;D1;03/02/2025 08:00;10/02/2025;Đang xử lý;Trần Văn Kín;x\n"
        "A2;D2;25/02/2025 08:00;;Đã trả kết quả;Lê Thị Kín;\n"
    )
    text, profile = drafted(tmp_path, csv)
    columns = profile["dossiers"].columns
    assert {name: source.headings for name, source in columns.items()} == {
        "dossier_code": ("MA HO SO",),
        "unit": ("Don vi",),
        "received_at": ("ngay_tiep_nhan",),
        "due_at": ("Ngày hẹn trả",),
        "status": ("Trạng thái",),
    }
    assert columns["received_at"].dates.formats == ("day-first",)
    assert columns["status"].codes == {"Đang xử lý": "4", "Đã trả kết quả": "10"}
    assert "Look personal, and are never to be mapped:\n    #   Người nộp" in text
    assert "Kín" not in text
    found = inspect([tmp_path / "raw.csv"], profile)
    assert (found.read, found.quarantined) == (
        2,
        {"done, but without a finish date": 1},  # there is no such column: for a person to see
    )


def test_every_line_that_maps_says_that_it_is_a_guess(tmp_path: Path) -> None:
    text, _ = drafted(tmp_path, "Case ID,Agency,Open Date,Amount\n1,D,2025-01-01,5\n")
    mapped = [line for line in text.splitlines() if "heading:" in line]
    assert len(mapped) == 3
    assert all("# guess" in line for line in mapped)


@pytest.mark.slow
def test_a_thousand_is_not_guessed_to_be_one(tmp_path: Path) -> None:
    """12,345 requests were drafted as 12.345: read so, no row would have been set aside."""
    head = "Unit;Period from;Period to;Requests received\n"
    row = "D;2025-01-01;2025-01-31;{}\n"
    text, profile = drafted(tmp_path, head + row.format("12,345") + row.format("999"))
    number = profile["unit_counts"].columns["received"].number
    assert number is not None
    assert (number.decimal, number.thousands) == (".", ",")
    assert "would fit as well, with other numbers" in text
    text, profile = drafted(tmp_path, head + row.format("12,345") + row.format("1,5"))
    number = profile["unit_counts"].columns["received"].number
    assert number is not None
    assert number.decimal == ","
    assert "would fit as well" not in text


def test_the_department_that_owns_a_case_is_no_person(tmp_path: Path) -> None:
    text, _ = drafted(tmp_path, "Case ID,OWNER_DEPARTMENT,OWNER\n1,Streets,x\n")
    assert "never to be mapped:\n    #   OWNER\n" in text
    assert "personal" not in text.partition("OWNER_DEPARTMENT")[0]


def test_a_file_that_does_not_tell_day_from_month_is_a_question_and_no_profile(
    tmp_path: Path,
) -> None:
    """A chosen order would read all rows, half of them on wrong days that look right."""
    rows = "1,D,05/06/2025\n2,D,01/02/2025\n"
    text = text_of(tmp_path, f"Case ID,Agency,Open Date\n{rows}")
    assert "# ATTENTION: Day or month first? The dates do not tell (Open Date)." in text
    assert 'format: ["day-first or month-first?"] } # QUESTION' in text
    profile = tmp_path / "draft.yaml"
    with pytest.raises(SettingsError, match="'day-first or month-first"):
        load_profile(tiny.write(profile, text))
    told = text.replace("day-first or month-first?", "month-first")
    columns = load_profile(tiny.write(profile, told))["dossiers"].columns
    assert columns["received_at"].dates.formats == ("month-first",)


@pytest.mark.parametrize(
    ("told_by", "formats"), [("31/01/2014", ("day-first",)), ("01/31/2014", ("month-first",))]
)
def test_a_column_that_does_not_tell_takes_the_order_of_one_that_does(
    tmp_path: Path, told_by: str, formats: tuple[str, ...]
) -> None:
    csv = f"Case ID,Agency,Closed Date,Open Date\n1,D,01/02/2014,\n2,D,{told_by},02/06/2014\n"
    text, profile = drafted(tmp_path, csv)
    assert profile["dossiers"].columns["received_at"].dates.formats == formats
    assert '# guess: by its heading; day or month first as in "Closed Date"' in text


def test_columns_that_tell_different_orders_tell_nothing_of_a_third(tmp_path: Path) -> None:
    head = "Case ID,Agency,Open Date,Due Date,Closed Date\n"
    text = text_of(tmp_path, f"{head}1,D,31/01/2014,01/31/2014,02/06/2014\n")
    assert 'heading: "Open Date", format: ["day-first"]' in text
    assert 'heading: "Due Date", format: ["month-first"]' in text
    assert 'heading: "Closed Date", format: ["day-first or month-first?"]' in text


def test_a_column_written_in_both_orders_is_a_question(tmp_path: Path) -> None:
    rows = "1,D,31/01/2014\n2,D,01/31/2014\n3,D,30/01/2014\n"
    text = text_of(tmp_path, f"Case ID,Agency,Open Date\n{rows}")
    assert 'format: ["day-first or month-first?"]' in text


@pytest.mark.parametrize(
    ("heading", "cells", "is_a_date"),
    [
        ("Open Date", ["45678", "45679"], True),
        ("Ngày nhận", ["45678", "45679"], True),
        ("Opened", ["45678", "45679"], True),  # no word of a date, but all are plausible days
        ("Opened", ["45678", "120"], False),
        ("Received", ["45678", "45679"], False),  # so a table of counts heads its columns
        ("Received", ["45678", "31/12/2024"], True),  # other cells are dates
        ("Open Date", ["120", "90"], False),
    ],
)
def test_bare_numbers_are_days_only_where_that_is_plausible(
    heading: str, cells: list[str], is_a_date: bool
) -> None:
    guess = guess_dates(pd.Series(cells, dtype="str"), heading)
    assert (guess is not None and "excel" in guess.formats) == is_a_date


def test_counts_are_drafted_as_counts(tmp_path: Path) -> None:
    """They were drafted as dossiers received in 1900."""
    _, profile = drafted(tmp_path, "Office,Received,Processed,% on time\nA,120,100,90\nB,30,30,7\n")
    columns = profile["unit_counts"].columns
    assert {name: source.headings for name, source in columns.items()} == {
        "unit": ("Office",),
        "received": ("Received",),
        "processed": ("Processed",),
    }


def test_a_part_of_a_count_is_not_drafted_as_the_count(tmp_path: Path) -> None:
    book = Workbook()
    for row in (
        ["Agency", "Requests received", None, "Pending"],
        [None, "Personal", "Other", None],
        ["A", 5, 7, 3],
    ):
        book.worksheets[0].append(row)
    book.worksheets[0].merge_cells("B1:C1")
    book.save(tmp_path / "raw.xlsx")
    found = draft(
        tmp_path / "raw.xlsx", "unit_counts", Layout(header_rows=(1, 2)), seek_headings=False
    )
    assert [match.column for match in found.matches] == ["unit", "pending"]


def test_of_a_file_without_headings_no_cell_is_shown(tmp_path: Path) -> None:
    """Its first row that could be read was drafted as headings, persons and all."""
    csv = "7;02/01/2015;CPF;CPF;Kín\n8;03/01/2015;CPF;x;Kín\n9;13/01/2015;y;x;Kín\n"
    text, profile = drafted(tmp_path, csv)
    assert profile["dossiers"].layout.header_rows == ()
    assert "#   (column 2)   (dates)" in text
    assert not any(cell in text for cell in ("2015", "CPF", "Kín"))


def test_on_time_beside_before_time_is_not_all_that_was_on_time(tmp_path: Path) -> None:
    csv = "Đơn vị,Tiếp nhận,Đã giải quyết,Trước hạn,Đúng hạn\nA,9,8,5,3\nB,7,7,2,5\n"
    _, profile = drafted(tmp_path, csv)
    assert "processed_on_time" not in profile["unit_counts"].columns
    _, profile = drafted(tmp_path, csv.replace("Trước hạn", "Khác"))
    assert profile["unit_counts"].columns["processed_on_time"].headings == ("Đúng hạn",)


@pytest.mark.parametrize("others", [("98,765", "2,100"), ("90,000", "12,000")])
def test_thousands_beside_lakhs_are_thousands(tmp_path: Path, others: tuple[str, str]) -> None:
    """1,20,000 is read by no way; it must not make 98,765 ninety-eight and a bit, or 90,000 90."""
    csv = "Office;Quarter;Pending\nA;Q1 2024;1,20,000\nB;Q1 2024;{}\nC;Q1 2024;{}\n"
    _, profile = drafted(tmp_path, csv.format(*others))
    number = profile["unit_counts"].columns["pending"].number
    assert number is not None
    assert (number.decimal, number.thousands) == (".", ",")


@pytest.mark.parametrize("states", [("DC", "DC"), ("MD", "VA"), ("here", "here")])
def test_the_state_where_something_happened_is_no_status(
    tmp_path: Path, states: tuple[str, str]
) -> None:
    head = "Case ID,Agency,Open Date,STATE\n"
    text = text_of(tmp_path, "{}1,D,2025-01-01,{}\n2,D,2025-01-02,{}\n".format(head, *states))
    assert "status" not in text
    assert "#   STATE   (" in text


def test_the_same_state_in_all_rows_is_a_status_where_it_is_known_as_one(tmp_path: Path) -> None:
    rows = "1,D,2025-01-01,Closed\n2,D,2025-01-02,Closed\n"
    _, profile = drafted(tmp_path, f"Case ID,Agency,Open Date,State\n{rows}")
    assert profile["dossiers"].columns["status"].codes == {"Closed": "9"}


def test_where_no_heading_is_known_the_draft_says_so_and_shows_no_cell(tmp_path: Path) -> None:
    csv = "Vorgang;Amt;Eingang;Wer\n1/24;Bauamt;2024-03-03;Trần Văn Kín\n2/24;Bauamt;2024-04-04;x\n"
    text, _ = drafted(tmp_path, csv)
    assert "# ATTENTION: No heading of the file was recognised" in text
    assert "  dossiers:\n    columns: {}\n" in text
    assert "#   Amt   (few different texts)\n    #   Eingang   (dates)" in text
    assert not any(cell in text for cell in ("Bauamt", "1/24", "2024-03", "Kín"))


def test_where_no_heading_is_known_numbers_by_period_are_taken_for_counts(tmp_path: Path) -> None:
    csv = "geo,time,indicator,value\nEE01,2024-Q1,RECEIVED,1200\nEE01,2024-Q1,DECIDED,1100\n"
    text, profile = drafted(tmp_path, csv)
    assert "  unit_counts:\n    columns: {}" in text
    assert "#   time   (periods)" in text
    assert profile["unit_counts"].layout.header_rows == (1,)  # RECEIVED is no heading


def test_a_log_of_events_is_drafted_by_case(tmp_path: Path) -> None:
    csv = (
        "case:concept:name,concept:name,time:timestamp,org:group,org:resource\n"
        "C1,Register,2024-01-02 08:00:00,A,Kín\n"
        "C1,Decide,2024-01-09 08:00:00,A,Kín\n"
        "C2,Register,2024-01-05 08:00:00,A,Kín\n"
    )
    text = text_of(tmp_path, csv)
    assert "received_at: { earliest:" in text
    assert "never to be mapped:\n    #   org:resource" in text
    # A case is not finished by its last event alone.
    ends = text.replace('["…"] }, question: "which steps end a case?"', "[Decide] }")
    found = inspect([tmp_path / "raw.csv"], load_profile(tiny.write(tmp_path / "draft.yaml", ends)))
    assert found.quarantined == {"another event of the case": 1}
    used = found.used["dossiers"].set_index("dossier_code")
    assert list(used["received_at"].dt.date.astype("str")) == ["2024-01-02", "2024-01-05"]
    assert list(used["finished_at"].notna()) == [True, False]


def test_a_row_per_case_is_no_log(tmp_path: Path) -> None:
    csv = "case id,activity,timestamp\n1,Register,2024-01-02\n2,Register,2024-01-03\n"
    assert "earliest" not in text_of(tmp_path, csv)


def test_what_a_person_states_of_the_layout_is_in_the_draft_without_a_mark(tmp_path: Path) -> None:
    file = tmp_path / "raw.csv"
    file.write_bytes("x,y\nMã hồ sơ,Đơn vị\nA1,D1\n".encode("utf-16-le"))
    with pytest.raises(InputError, match="zero byte"):
        draft(file)
    given = Layout(encoding="utf-16-le", header_rows=(2,))
    text = written(draft(file, "", given, seek_headings=False)).profile
    assert "layout:\n  encoding: utf-16-le\n  header_rows: 2\n" in text
    columns = load_profile(tiny.write(tmp_path / "draft.yaml", text))["dossiers"].columns
    assert columns["dossier_code"].headings == ("Mã hồ sơ",)


def test_dates_written_in_two_ways_get_both_formats(tmp_path: Path) -> None:
    rows = "1,D,25/06/2025\n2,D,2025-06-26\n3,D,khi nào\n"
    text, profile = drafted(tmp_path, f"Case ID,Agency,Open Date\n{rows}")
    assert profile["dossiers"].columns["received_at"].dates.formats == ("iso", "day-first")
    assert "1 of the cells looked at are not read so" in text


def test_times_that_count_from_1970_ask_for_the_zone_of_the_office(tmp_path: Path) -> None:
    text = text_of(tmp_path, "Case ID,Agency,Open Date\n1,D,1740772800\n")
    assert 'zone: "which zone has the office?" # QUESTION' in text
    with pytest.raises(SettingsError, match="no time zone 'which zone has the office"):
        load_profile(tiny.write(tmp_path / "draft.yaml", text))
    told = text.replace("which zone has the office?", "Asia/Ho_Chi_Minh")
    columns = load_profile(tiny.write(tmp_path / "draft.yaml", told))["dossiers"].columns
    assert columns["received_at"].dates.formats == ("epoch seconds",)


def test_markers_of_emptiness_are_no_labels(tmp_path: Path) -> None:
    csv = "Case ID,Agency,Open Date,Status\n1,D,2025-01-01,Open\n2,D,2025-01-01,N/A\n"
    _, profile = drafted(tmp_path, csv)
    assert profile["dossiers"].layout.empty == ("N/A",)
    assert profile["dossiers"].columns["status"].codes == {"Open": "4"}


def test_a_label_nobody_knows_is_left_to_a_person(tmp_path: Path) -> None:
    states = ("Open", "Zurückgestellt", "Zurückgestellt", "for John Smith")
    rows = "".join(f"{number},D,2025-01-01,{state}\n" for number, state in enumerate(states))
    text, _ = drafted(tmp_path, f"Case ID,Agency,Open Date,Status\n{rows}")
    assert '# "Zurückgestellt":   which code is it?' in text
    assert "Smith" not in text  # a label that stands once may be about somebody
    assert "# not shown, because they stand once or are many: 1" in text


def test_a_column_of_which_no_label_is_known_is_a_question(tmp_path: Path) -> None:
    rows = "1,D,2025-01-01,Q1\n2,D,2025-01-01,Q1\n3,D,2025-01-01,Q2\n"
    text = text_of(tmp_path, f"Case ID,Agency,Open Date,Status\n{rows}")
    asked = '        question: "no label of it is known: list them under codes"\n'
    filled = text.replace(asked, "").replace("codes: {}", "codes:")
    filled = filled.replace('# "Q1":   which code is it?', '"Q1": "4"')
    profile = load_profile(tiny.write(tmp_path / "draft.yaml", filled))
    assert profile["dossiers"].columns["status"].codes == {"Q1": "4"}


def test_titles_above_the_headings_are_stepped_over(tmp_path: Path) -> None:
    csv = "Sở Nội vụ,,\nBáo cáo tháng 2,,\nMã hồ sơ,Đơn vị,Ngày nhận\nA1,D1,13/02/2025\n"
    _, profile = drafted(tmp_path, csv)
    assert profile["dossiers"].layout.header_rows == (3,)
    assert list(inspect([tmp_path / "raw.csv"], profile).used["dossiers"]["dossier_code"]) == ["A1"]


def test_what_is_required_and_not_found_is_named(tmp_path: Path) -> None:
    text, _ = drafted(tmp_path, "Mã hồ sơ,Ngày nhận\nA1,13/02/2025\n")
    assert "# unit:   required; no heading of the file seems to mean it" in text


def test_a_workbook_of_counts_is_known_as_such(tmp_path: Path) -> None:
    book = Workbook()
    for row in (["OrgID", "Agency", "Period end", "Requests handled"], [140, "A", None, 67.5]):
        book.active.append(row)  # type: ignore[union-attr]
    book.save(tmp_path / "raw.xlsx")
    assert draft(tmp_path / "raw.xlsx").table == "unit_counts"


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        draft(tiny.write(tmp_path / "raw.csv", ""))


@given(st.text(max_size=40))
def test_a_quoted_text_is_read_back_whatever_it_holds(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    file = tmp_path_factory.getbasetemp() / "quoted.yaml"
    tiny.write(file, f"{quoted(text)}: {quoted(text)} # guess\n")
    assert load_yaml(file) == {text: text}


HEADINGS = st.sampled_from(
    ["Mã hồ sơ", "Đơn vị", "Ngày nhận", "Status", "a: {b", "# x", "'", '"', "- [", "{{ x }}", "&a"]
)
CELLS = st.text(st.characters(codec="utf-8", exclude_characters='",\r\n\x00'), max_size=10)


def headings_of_contracts() -> set[str]:
    return {name for contract in CONTRACTS.values() for name in contract.column_names}


@pytest.mark.slow
@given(st.lists(HEADINGS, min_size=2, max_size=6, unique=True), st.data())
def test_every_draft_loads_again(
    tmp_path_factory: pytest.TempPathFactory, headings: list[str], data: st.DataObject
) -> None:
    rows = data.draw(st.lists(st.lists(CELLS, min_size=len(headings), max_size=len(headings))))
    quoted_rows = [[f'"{cell}"' for cell in row] for row in rows]
    names = ['"' + heading.replace('"', '""') + '"' for heading in headings]
    csv = "\n".join(",".join(row) for row in [names, *quoted_rows]) + "\n"
    folder = tmp_path_factory.mktemp("any")
    answered(folder, text_of(folder, csv), keeping=headings_of_contracts())
