"""The facts of units as files, as the press lays them beside a notebook."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from benchmarks.office import MONTH, Office


def laid_inputs(office: Office, units: Sequence[str], folder: Path) -> None:
    """One folder per unit below `folder`."""
    from briefings.facts.files import to_files
    from briefings.gathering.counted import open_month
    from briefings.gathering.gather import gather
    from briefings.periods import Month
    from briefings.project import load_project

    counted = open_month(load_project(office.folder / "briefings.toml"), Month.parse(MONTH))
    for facts in gather(counted, [counted.organisation.unit(unit) for unit in units]):
        place = folder / facts.unit.code
        place.mkdir()
        for name, content in to_files(facts).items():
            (place / name).write_bytes(content)
