"""Exports that repeat what was still open: the later row counts, in the months that know it."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefings.errors import InputError
from briefings.gathering.gather import gather_facts
from briefings.intake.snapshot import open_snapshot
from briefings.intake.take_in import take_in
from briefings.periods import Month
from briefings.project import Project, load_project
from briefings.statistics.tables import fetch, open_tables, superseded_rows
from tests import tiny

pytestmark = pytest.mark.slow

# A5 was open at the end of January; February's export has it again, finished.
A4_AGAIN, A5 = tiny.DOSSIERS_JANUARY.splitlines(keepends=True)[4:6]
A5_LATER = A5.replace(",,Đang xử lý", ",05/02/2025 09:00,Đã trả kết quả")
REPEATED = tiny.DOSSIERS_FEBRUARY + A5_LATER + A4_AGAIN


@pytest.fixture
def project(tmp_path: Path) -> Project:
    dossiers = {tiny.JANUARY: tiny.DOSSIERS_JANUARY, tiny.FEBRUARY: REPEATED}
    file = tiny.write_project(tmp_path, only=["dossiers"], dossiers=dossiers).file
    text = file.read_text(encoding="utf-8")
    tiny.write(file, text.replace("[intake]", '[intake]\nrepeated = "latest"'))
    return load_project(file)


def dossiers(project: Project, month: Month) -> list[tuple[str, bool]]:
    """Code and whether it is finished, of all that counts up to a month."""
    table = open_tables(take_in(project).as_of(month))["dossiers"]
    rows = fetch(table.order_by("dossier_code"))
    return list(zip(rows["dossier_code"], rows["finished_at"].notna(), strict=True))


def test_the_later_row_counts_once(project: Project) -> None:
    assert dossiers(project, Month(2025, 2)) == [
        ("A1", True), ("A2", True), ("A3", True), ("A4", True), ("A5", True),
        ("B1", True), ("B2", True), ("B3", False),
    ]  # fmt: skip


def test_a_month_knows_nothing_of_what_was_delivered_after_it(project: Project) -> None:
    assert dossiers(project, Month(2025, 1))[-1] == ("A5", False)
    assert superseded_rows(take_in(project).as_of(Month(2025, 1))) == {"dossiers": 0}


def test_pages_say_how_many_rows_were_replaced(project: Project) -> None:
    take_in(project)
    (rows,) = gather_facts(tiny.FEBRUARY, "T1", project).intake.tables
    assert (rows.read, rows.used, rows.quarantined, rows.superseded) == (10, 10, 0, 2)


def test_of_three_deliveries_each_replaces_the_one_before(project: Project) -> None:
    march = tiny.DOSSIER_HEADINGS + "\n" + A5_LATER.replace("05/02/2025", "04/03/2025")
    tiny.deliver(project.file.parent, "dossiers", {"2025-03": march})
    table = open_tables(take_in(project))["dossiers"]
    (day,) = fetch(table.filter(table.dossier_code == "A5"))["finished_at"]
    assert str(day) == "2025-03-04 09:00:00"
    assert dossiers(project, Month(2025, 2))[4] == ("A5", True)


def test_a_row_in_quarantine_replaces_nothing(project: Project) -> None:
    text = REPEATED.replace("05/02/2025 09:00", "05/02/2024 09:00")
    tiny.deliver(project.file.parent, "dossiers", {tiny.FEBRUARY: text})
    assert dossiers(project, Month(2025, 2))[4] == ("A5", False)


def test_where_the_project_does_not_say_so_it_is_refused(tmp_path: Path) -> None:
    dossiers = {tiny.JANUARY: tiny.DOSSIERS_JANUARY, tiny.FEBRUARY: REPEATED}
    project = tiny.write_project(tmp_path, only=["dossiers"], dossiers=dossiers)
    with pytest.raises(InputError, match="more than one delivery: A4; A5") as caught:
        take_in(project)
    assert 'repeated = "latest"' in caught.value.advice


def test_what_was_noted_is_verified_when_opened_and_mended_by_an_intake(project: Project) -> None:
    folder = take_in(project).superseded
    assert folder is not None
    (folder / "dossiers.parquet").unlink()
    with pytest.raises(InputError, match="which rows were replaced"):
        open_snapshot(project)
    assert dossiers(project, Month(2025, 2))[4] == ("A5", True)
    open_snapshot(project)
