"""A source with a row for each event of a case, mapped by a profile alone."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefings.errors import SettingsError
from briefings.intake.conditions import parse_condition
from briefings.intake.events import CaseMoments
from briefings.intake.profiles import load_profile
from briefings.intake.readers.read import CHUNK_ROWS
from briefings.intake.set_aside_rows import rows_set_aside, template_headings
from briefings.intake.source import EXTREMES, Source, Take
from briefings.intake.spool import USUAL_ROOM, Spool
from briefings.intake.take_in import take_in
from briefings.intake.written_dates import DateReading
from briefings.project import load_project
from tests import tiny
from tests.intake.inspected import Inspected, inspect
from tests.intake.test_every_row import correction, text

PROFILE = """
format: day-first
tables:
  dossiers:
    columns:
      dossier_code: Case
      unit: Office
      received_at: {earliest: Time, same: Case}
      finished_at: {latest: Time, same: Case, only_if: {Step: Closed}}
    rows:
      - {leave_out: another event, older_by: Time, same: Case}
      - {leave_out: another event, doubled: keep_first, same: Case}
"""
EVENTS = """\
Case,Office,Step,Time
1,D2,Closed,05/02/2025 10:00
2,D1,Submitted,04/02/2025 08:00
1,D1,Submitted,03/02/2025 09:00
1,D1,Checked,11/01/2025 09:00
2,D1,Checked,04/02/2025 08:00
3,D1,Closed,01/02/2025 08:00
3,D1,Submitted,yesterday
"""


def look(folder: Path, csv: str) -> Inspected:
    profile = load_profile(tiny.write(folder / "profile.yaml", PROFILE))
    return inspect([tiny.write(folder / "raw.csv", csv)], profile)


@pytest.mark.slow
def test_a_case_has_the_first_and_the_last_moment_of_its_events(tmp_path: Path) -> None:
    found = look(tmp_path, EVENTS)
    used = found.used["dossiers"].set_index("dossier_code")
    assert used["received_at"].to_dict() == {
        "1": datetime(2025, 1, 11, 9),
        "2": datetime(2025, 2, 4, 8),
    }
    assert used["finished_at"]["1"] == datetime(2025, 2, 5, 10)
    assert pd.isna(used["finished_at"]["2"])
    assert used["unit"].to_dict() == {"1": "D2", "2": "D1"}  # that of the last event


def test_every_event_is_accounted_for_and_an_unreadable_one_spoils_its_case(
    tmp_path: Path,
) -> None:
    found = look(tmp_path, EVENTS)
    assert (found.read, found.rows_used) == (7, 2)
    assert found.quarantined == {"another event": 4, "unreadable date": 1}
    assert found.ignored_columns == ()


def test_events_without_a_case_are_of_no_case(tmp_path: Path) -> None:
    found = look(tmp_path, "Case,Office,Step,Time\n,D1,Closed,05/02/2025\n,D1,x,06/02/2025\n")
    assert found.rows_used == 0
    assert found.quarantined == {"empty cell": 2}


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ("{earliest: Time}", "same: expected a text"),
        ("{heading: Time, same: Case}", "`same` belongs to `earliest` and `latest`"),
        ("{earliest: Time, latest: Time, same: Case}", "cannot stand together"),
        ("{latest: Time, same: Case, if_empty: x}", "`if_empty` cannot stand beside `latest`"),
        ("{latest: Time, same: Case, part: x}", "`part` cannot stand beside `latest`"),
    ],
)
def test_what_can_not_be_meant_is_refused(tmp_path: Path, form: str, words: str) -> None:
    text = f"tables: {{dossiers: {{columns: {{due_at: {form}}}}}}}"
    with pytest.raises(SettingsError, match=words):
        load_profile(tiny.write(tmp_path / "p.yaml", text))
    text = "tables: {dossiers: {columns: {unit: {earliest: Time, same: Case}}}}"
    with pytest.raises(SettingsError, match="`earliest` is for days and moments"):
        load_profile(tiny.write(tmp_path / "p.yaml", text))


def test_an_event_of_which_nobody_knows_whether_it_counts_spoils_its_case(tmp_path: Path) -> None:
    profile = PROFILE.replace("only_if: {Step: Closed}", "only_if: {Office: {more_than: 5}}")
    rows = ["1,7,Closed,05/02/2025", "1,8 x,Closed,06/02/2025", "2,7,Closed,05/02/2025"]
    csv = "\n".join(["Case,Office,Step,Time", *rows])
    found = inspect(
        [tiny.write(tmp_path / "raw.csv", csv)],
        load_profile(
            tiny.write(
                tmp_path / "p.yaml", profile.replace("older_by: Time", "doubled: keep_first", 1)
            )
        ),
    )
    assert found.quarantined == {"another event": 1, "unreadable date": 1}
    assert list(found.used["dossiers"]["dossier_code"]) == ["2"]


def test_a_case_in_two_files_is_one_case_in_each(tmp_path: Path) -> None:
    """As rows of two files are never each other's older state: the case counts for nothing."""
    profile = load_profile(tiny.write(tmp_path / "profile.yaml", PROFILE))
    heads, closed, _, submitted, *_ = EVENTS.splitlines()
    files = [
        tiny.write(tmp_path / f"{number}.csv", f"{heads}\n{line}\n")
        for number, line in enumerate((closed, submitted))
    ]
    assert inspect(files, profile).quarantined == {"key used again with other content": 2}


def test_a_corrected_event_moves_the_moment_of_its_case(tmp_path: Path) -> None:
    project = tiny.write_project(tmp_path, only=("dossiers",), dossiers={"2025-01": EVENTS})
    tiny.write(tmp_path / "profile.yaml", PROFILE)
    settings = project.file.read_text(encoding="utf-8")
    tiny.write(project.file, settings.replace("[intake]", '[intake]\ncorrections = "corrections"'))
    project = load_project(project.file)
    (spoiled,) = [
        row for row in rows_set_aside(take_in(project)) if row.cells["Time"] == "yesterday"
    ]
    headings = template_headings()
    mended = correction(spoiled.key, "Time", "31/01/2025 08:00")
    mended[headings.index("found")] = "yesterday"
    tiny.write(tmp_path / "corrections" / "x.csv", text([headings, mended]))
    (taken,) = take_in(project).folders.values()
    cases = pd.read_parquet(taken / "dossiers.parquet").set_index("dossier_code")
    assert cases.loc["3", "received_at"] == datetime(2025, 1, 31, 8)


CELLS = st.sampled_from(["1", "2", None])
TIMES = st.sampled_from(["01/02/2025", "02/02/2025", "02/02/2025 00:00", "?", None])
ROWS = st.lists(st.tuples(CELLS, CELLS, TIMES, st.booleans()), min_size=1, max_size=12)


@pytest.mark.slow
@settings(max_examples=25)
@given(ROWS, st.sampled_from(EXTREMES))
def test_moments_are_those_that_a_person_finds_by_looking(
    rows: list[tuple[str | None, str | None, str | None, bool]], extreme: Take
) -> None:
    def day_of(case: str | None, part: str | None) -> str | None:
        """The day, `?` where one can not be read, None where there is none."""
        times = [row[2] for row in rows if row[:2] == (case, part) and row[3] and row[2]]
        if None in (case, part) or not times:
            return None
        choose = min if extreme == "earliest" else max
        return "?" if "?" in times else choose(time[:2] for time in times)

    raw = pd.DataFrame(rows, columns=["Case", "Part", "Time", "counts"])
    source = Source(
        ("Time",),
        extreme,
        same=("Case", "Part"),
        only_if=parse_condition("", {"counts": True}),
        dates=DateReading(("day-first",)),
    )
    with Spool(USUAL_ROOM) as spool:
        moments = CaseMoments(spool, {"day": source})
        for start in range(0, len(raw), 5):
            moments.add(raw[start : start + 5])
        moments.settle()
        found = moments.of("day", raw.index)
    days = found["moment"].dt.strftime("%d").where(found["moment"].notna(), found["written"])
    assert [None if pd.isna(day) else day for day in days] == [day_of(*row[:2]) for row in rows]


@pytest.mark.slow
def test_moments_are_found_however_far_the_events_lie_apart(tmp_path: Path) -> None:
    """Further than what a reader gives at once."""
    others = "".join(f"o{n},D1,Checked,04/02/2025 08:00\n" for n in range(CHUNK_ROWS + 10))
    first, last = "1,D1,Submitted,03/02/2025 09:00\n", "1,D1,Closed,05/02/2025 10:00\n"
    found = look(tmp_path, f"Case,Office,Step,Time\n{first}{others}{last}")
    case = found.used["dossiers"].set_index("dossier_code").loc["1"]
    assert (case["received_at"], case["finished_at"]) == (
        datetime(2025, 2, 3, 9),
        datetime(2025, 2, 5, 10),
    )
    assert found.quarantined == {"another event": 1}
