"""What the data of a month are at this moment, as one input that all its briefings share."""

from __future__ import annotations

import json

from briefings.files import file_digest
from briefings.intake.snapshot import Snapshot
from briefings.periods import Month
from briefings.project import REPOSITORY, Project

STATE = "data.json"
MEASURES = REPOSITORY / "data" / "reference" / "kpis.csv"


def data_state(project: Project, snapshot: Snapshot, month: Month) -> dict[str, bytes]:
    """Digests of every row up to the month and of every reference file.

    A notebook opens these itself, so that any change of them makes all briefings of the month
    again.
    """
    files = {
        "project": project.file,
        "measures": MEASURES,
        "units": project.units,
        "calendar": project.calendar,
        "targets": project.targets,
        "published": project.published,
    }
    state = {name: file_digest(file) for name, file in files.items() if file}
    state["rows"] = snapshot.as_of(month).identity
    return {STATE: json.dumps(state, sort_keys=True).encode()}
