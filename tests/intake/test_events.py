"""A source with a row for each event of a case, mapped by a profile alone."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pandas as pd
import pytest

from briefings.errors import SettingsError
from briefings.intake.profiles import load_profile
from briefings.intake.readers.read import CHUNK_ROWS
from tests import tiny
from tests.intake.inspected import Inspected, inspect

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
    assert set(found.quarantined) == {"another event", "empty cell"}


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ("{earliest: Time}", "same: expected a text"),
        ("{heading: Time, same: Case}", "`same` belongs to `earliest` and `latest`"),
        ("{earliest: Time, latest: Time, same: Case}", "cannot stand together"),
    ],
)
def test_what_can_not_be_meant_is_refused(tmp_path: Path, form: str, words: str) -> None:
    text = f"tables: {{dossiers: {{columns: {{due_at: {form}}}}}}}"
    with pytest.raises(SettingsError, match=words):
        load_profile(tiny.write(tmp_path / "p.yaml", text))
    text = "tables: {dossiers: {columns: {unit: {earliest: Time, same: Case}}}}"
    with pytest.raises(SettingsError, match="`earliest` is for days and moments"):
        load_profile(tiny.write(tmp_path / "p.yaml", text))


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
