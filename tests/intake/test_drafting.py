from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from briefings.errors import InputError
from briefings.intake.draft_text import as_yaml, quoted
from briefings.intake.drafting import draft
from briefings.intake.profile_yaml import load_yaml
from briefings.intake.profiles import TableProfile, load_profile
from tests import tiny
from tests.intake.inspected import inspect


def drafted(folder: Path, csv: str, name: str = "raw.csv") -> tuple[str, dict[str, TableProfile]]:
    """The text of a draft, and what it says once loaded."""
    text = as_yaml(draft(tiny.write(folder / name, csv)))
    return text, load_profile(tiny.write(folder / "draft.yaml", text))


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


def test_dates_that_fit_two_orders_are_said_to(tmp_path: Path) -> None:
    rows = "1,D,05/06/2025\n2,D,01/02/2025\n"
    text, profile = drafted(tmp_path, f"Case ID,Agency,Open Date\n{rows}")
    assert profile["dossiers"].columns["received_at"].dates.formats == ("day-first",)
    assert "month-first would fit as well, with other days" in text


def test_dates_written_in_two_ways_get_both_formats(tmp_path: Path) -> None:
    rows = "1,D,25/06/2025\n2,D,2025-06-26\n3,D,khi nào\n"
    text, profile = drafted(tmp_path, f"Case ID,Agency,Open Date\n{rows}")
    assert profile["dossiers"].columns["received_at"].dates.formats == ("iso", "day-first")
    assert "1 of the cells looked at are not read so" in text


def test_times_that_count_from_1970_ask_for_the_zone_of_the_office(tmp_path: Path) -> None:
    text, profile = drafted(tmp_path, "Case ID,Agency,Open Date\n1,D,1740772800\n")
    assert profile["dossiers"].columns["received_at"].dates.formats == ("epoch seconds",)
    assert "zone: UTC # guess" in text


def test_markers_of_emptiness_are_no_labels(tmp_path: Path) -> None:
    csv = "Case ID,Agency,Open Date,Status\n1,D,2025-01-01,Open\n2,D,2025-01-01,N/A\n"
    _, profile = drafted(tmp_path, csv)
    assert profile["dossiers"].layout.empty == ("N/A",)
    assert profile["dossiers"].columns["status"].codes == {"Open": "4"}


def test_a_label_nobody_knows_is_left_to_a_person(tmp_path: Path) -> None:
    csv = "Case ID,Agency,Open Date,Status\n1,D,2025-01-01,Open\n2,D,2025-01-01,Zurückgestellt\n"
    text, _ = drafted(tmp_path, csv)
    assert '# "Zurückgestellt":   which code is it?' in text


def test_a_column_of_which_no_label_is_known_is_not_mapped(tmp_path: Path) -> None:
    csv = "Case ID,Agency,Open Date,Status\n1,D,2025-01-01,Q1\n"
    text, profile = drafted(tmp_path, csv)
    assert "status" not in profile["dossiers"].columns
    assert '# heading: "Status"' in text


def test_titles_above_the_headings_are_stepped_over(tmp_path: Path) -> None:
    csv = "Sở Nội vụ,,\nBáo cáo tháng 2,,\nMã hồ sơ,Đơn vị,Ngày nhận\nA1,D1,03/02/2025\n"
    _, profile = drafted(tmp_path, csv)
    assert profile["dossiers"].layout.header_rows == (3,)
    assert list(inspect([tmp_path / "raw.csv"], profile).used["dossiers"]["dossier_code"]) == ["A1"]


def test_what_is_required_and_not_found_is_named(tmp_path: Path) -> None:
    text, _ = drafted(tmp_path, "Mã hồ sơ,Ngày nhận\nA1,03/02/2025\n")
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


@pytest.mark.slow
@given(st.lists(HEADINGS, min_size=2, max_size=6, unique=True), st.data())
def test_every_draft_loads_again(
    tmp_path_factory: pytest.TempPathFactory, headings: list[str], data: st.DataObject
) -> None:
    rows = data.draw(st.lists(st.lists(CELLS, min_size=len(headings), max_size=len(headings))))
    quoted_rows = [[f'"{cell}"' for cell in row] for row in rows]
    names = ['"' + heading.replace('"', '""') + '"' for heading in headings]
    csv = "\n".join(",".join(row) for row in [names, *quoted_rows]) + "\n"
    drafted(tmp_path_factory.mktemp("any"), csv)
