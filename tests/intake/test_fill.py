"""A delivery appears under the name of its content, or not at all."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from briefings.code.watch import Watch
from briefings.errors import ReportError
from briefings.intake.deliveries import Delivery, find_deliveries
from briefings.intake.fill import fill
from briefings.project import Project
from tests import tiny
from tests.intake.conftest import MakeProject


def places(project: Project) -> list[tuple[Delivery, Path]]:
    return [(each, project.snapshots / each.name / "key") for each in find_deliveries(project)]


def test_what_was_touched_after_it_got_its_name_is_not_kept(make_project: MakeProject) -> None:
    project = make_project()
    found, watch = places(project), Watch()
    (raw,) = found[0][0].files.values()
    watch.note(raw)
    tiny.write(raw, f"{tiny.DOSSIER_HEADINGS}\n")
    with pytest.raises(ReportError, match=f"{raw.name} was written to while it was taken in"):
        fill(project, found, 1, watch)
    assert not list(project.snapshots.rglob("*.parquet"))


def test_what_another_run_has_filled_since_is_left_where_it_is(make_project: MakeProject) -> None:
    project = make_project()
    missing = places(project)
    fill(project, missing, 1, Watch())
    files = {file: file.stat().st_ino for file in project.snapshots.rglob("*.*")}
    fill(project, missing, 1, Watch())
    assert {file: file.stat().st_ino for file in project.snapshots.rglob("*.*")} == files


def test_what_a_killed_intake_left_goes(make_project: MakeProject) -> None:
    project = make_project()
    missing = places(project)
    delivery = missing[0][1].parent
    tiny.write(delivery / ".x7_k2.partial" / "dossiers.parquet", "half")
    fill(project, missing, 1, Watch())
    assert [folder.name for folder in delivery.iterdir()] == [missing[0][1].name]


def test_a_month_of_a_file_for_all_months_is_in_a_part_of_the_snapshot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows lie by day, in groups that know their first and last: a reader passes over the rest."""
    monkeypatch.setattr("briefings.intake.taking.ROWS_PER_GROUP", 2)
    months = [tiny.DOSSIERS_FEBRUARY, *tiny.DOSSIERS_JANUARY.splitlines(keepends=True)[1:]]
    project = tiny.write_project(tmp_path, only=["dossiers"], dossiers="".join(months))
    fill(project, places(project), 1, Watch())
    (file,) = project.snapshots.rglob("dossiers.parquet")
    content = pq.ParquetFile(file)
    days = content.read(["received_at"])["received_at"].to_pylist()
    assert days == sorted(days)
    place = content.schema.names.index("received_at")
    groups = [content.metadata.row_group(n).column(place).statistics
              for n in range(content.num_row_groups)]  # fmt: skip
    touched = [each.min for each in groups if each.max.month >= 2]
    assert (len(groups), len(touched)) == (4, 2)
